"""What people said last, stop or start, over DynamoDB: an item for each number and tenant."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from outbound.adapters.dynamodb.table import Table, refused, wire
from outbound.domain.ids import address_key
from outbound.domain.inbound import LastWord, heard
from outbound.domain.instant import parse_rfc3339, rfc3339, seconds
from outbound.domain.keywords import Kind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from outbound.domain.address import Address
    from outbound.domain.inbound import InboundText

KEPT = timedelta(days=30)
"""Longer than a text can lie in the queue and in its dead-letter queue together."""


@dataclass(frozen=True, slots=True)
class DynamoLastWords:
    """The last words, in the catalog."""

    table: Table
    secret: bytes

    def hear(self, tenant: str, kind: Kind, text: InboundText) -> LastWord:
        """Take a stop or a start in: a read, and a write where it changes anything."""
        key = self._key(tenant, text.sender)
        while True:
            item = self.table.get(key["pk"], key["sk"])
            before = _word_of(item) if item else None
            word = heard(before, kind, text)
            if word == before or self._put(key, word, before):
                return word

    def last(self, tenant: str, sender: Address) -> LastWord | None:
        """A read."""
        item = self.table.get(*self._key(tenant, sender).values())
        return _word_of(item) if item else None

    def _key(self, tenant: str, sender: Address) -> dict[str, str]:
        digest = address_key(self.secret, tenant, sender.value)
        return {"pk": f"{tenant}#said#{digest}", "sk": "last"}

    def _put(self, key: Mapping[str, str], word: LastWord, before: LastWord | None) -> bool:
        condition: Any = {"ConditionExpression": "attribute_not_exists(pk)"}
        if before is not None:
            condition = {
                "ConditionExpression": "id = :id AND said_at = :said_at",
                "ExpressionAttributeValues": wire(
                    {":id": before.id, ":said_at": rfc3339(before.said_at)}
                ),
            }
        try:
            self.table.client.put_item(
                TableName=self.table.name, Item=wire({**key, **_item(word)}), **condition
            )
        except ClientError as error:
            if refused(error):
                return False
            raise
        return True


def _item(word: LastWord) -> dict[str, Any]:
    return {
        "kind": word.kind,
        "id": word.id,
        "at": rfc3339(word.at),
        "said_at": rfc3339(word.said_at),
        "ttl": seconds(word.said_at + KEPT),
    }


def _word_of(item: Mapping[str, Any]) -> LastWord:
    return LastWord(
        Kind(item["kind"]),
        item["id"],
        parse_rfc3339(item["at"]),
        parse_rfc3339(item["said_at"]),
    )
