"""Which message a receipt belongs to where the provider gives no tags back, over DynamoDB.

These items can't begin with a tenant: a carrier's receipt doesn't know it. They hold nothing but
the tenant and the id of a message, under a provider's id or a keyed digest of the address.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from outbound.adapters.dynamodb.table import Table, plain, wire
from outbound.domain.ids import MessageRef, destination_key
from outbound.domain.instant import rfc3339, seconds

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from outbound.domain.address import Address

LOST_FOR = timedelta(days=4)


@dataclass(frozen=True, slots=True)
class DynamoCorrelation:
    """Links and lost messages, in the table of messages."""

    table: Table
    secret: bytes

    def link(self, provider: str, provider_id: str, ref: MessageRef, *, until: datetime) -> None:
        """Remember under which id a provider took a message."""
        key = _link_key(provider, provider_id)
        self.table.put({**key, "tenant": ref.tenant, "id": ref.id, "ttl": seconds(until)})

    def linked(self, provider: str, provider_id: str) -> MessageRef | None:
        """The message that a provider knows by this id."""
        key = _link_key(provider, provider_id)
        item = self.table.get(key["pk"], key["sk"])
        return MessageRef(item["tenant"], item["id"]) if item else None

    def lose(self, address: Address, claimed_at: datetime, ref: MessageRef) -> None:
        """Remember a message that may have left without our learning its id."""
        self.table.put(
            {
                "pk": self._lost_pk(address),
                "sk": f"{rfc3339(claimed_at)}#{ref.id}",
                "tenant": ref.tenant,
                "id": ref.id,
                "ttl": seconds(claimed_at + LOST_FOR),
            }
        )

    def lost(self, address: Address, *, since: datetime, until: datetime) -> Sequence[MessageRef]:
        """The messages to this address that may have left so, claimed within this time."""
        answer = self.table.client.query(
            TableName=self.table.name,
            KeyConditionExpression="pk = :pk AND sk BETWEEN :since AND :until",
            ExpressionAttributeValues=wire(
                {
                    ":pk": self._lost_pk(address),
                    ":since": rfc3339(since),
                    ":until": f"{rfc3339(until)}~",
                }
            ),
            ConsistentRead=True,
        )
        items = [plain(item) for item in answer["Items"]]
        refs = [MessageRef(item["tenant"], item["id"]) for item in items]
        return list(dict.fromkeys(refs))  # two attempts of one message are one message

    def _lost_pk(self, address: Address) -> str:
        return f"lost#{destination_key(self.secret, address.value)}"


def _link_key(provider: str, provider_id: str) -> dict[str, str]:
    return {"pk": f"receipt#{provider}#{provider_id}", "sk": "link"}
