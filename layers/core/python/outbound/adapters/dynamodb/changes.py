"""Changes for AWS's lists over DynamoDB: an item each, until it is done.

These items alone hold an address beside its key, for no longer than it takes. They are few, and
looked through each minute, whoever they are of; so their partitions don't begin with a tenant.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from outbound.adapters.dynamodb.table import Table, refused, wire
from outbound.domain.address import Address
from outbound.domain.ids import ALPHABET
from outbound.domain.instant import parse_rfc3339, rfc3339, seconds
from outbound.domain.mirror import Change, Erased

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

SHARDS = 4
NO_NAMES: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class DynamoChanges:
    """Changes in the table of the contacts."""

    table: Table

    def put(self, change: Change) -> None:
        """Write a change over an earlier one of the same address."""
        self.table.put(_item(change))

    def get(self, tenant: str, key: str) -> Change | None:
        """The change of an address."""
        place = _place(tenant, key)
        item = self.table.get(place["pk"], place["sk"])
        return _change_of(item) if item else None

    def remove(self, change: Change) -> None:
        """Remove exactly this change."""
        self._if_still(
            change, "delete_item", Key=wire(_place(change.tenant, change.key)), values={}
        )

    def put_off(self, before: Change, after: Change) -> None:
        """Change nothing but when, how often it was tried, and for which erasure."""
        values = {
            ":due_at": rfc3339(after.due_at),
            ":tries": after.tries,
            ":erased": _erased_item(after.erased),
            ":ttl": seconds(after.ends_at),
        }
        self._if_still(
            before,
            "update_item",
            Key=wire(_place(before.tenant, before.key)),
            UpdateExpression="SET due_at = :due_at, tries = :tries, erased = :erased, #ttl = :ttl",
            names={"#ttl": "ttl"},
            values=values,
        )

    def _if_still(
        self,
        change: Change,
        operation: str,
        *,
        values: Mapping[str, Any],
        names: Mapping[str, str] = NO_NAMES,
        **request: Any,
    ) -> None:
        try:
            getattr(self.table.client, operation)(
                TableName=self.table.name,
                ConditionExpression="#at = :at AND lifted = :lifted",
                ExpressionAttributeNames={"#at": "at", **names},
                ExpressionAttributeValues=wire(
                    {":at": rfc3339(change.at), ":lifted": change.lifted, **values}
                ),
                **request,
            )
        except ClientError as error:
            if not refused(error):
                raise

    def due(self, now: datetime, *, limit: int) -> Iterator[Change]:
        """What is due, shard by shard."""
        left = limit
        for shard in range(SHARDS):
            for item in self.table.query(_pk(shard)):
                change = _change_of(item)
                if left == 0:
                    return
                if change.due_at <= now:
                    left -= 1
                    yield change


def _place(tenant: str, key: str) -> dict[str, str]:
    return {"pk": _pk(ALPHABET.index(key[0]) % SHARDS), "sk": f"{tenant}#{key}"}


def _pk(shard: int) -> str:
    return f"mirror#{shard:02d}"


def _item(change: Change) -> dict[str, Any]:
    return {
        **_place(change.tenant, change.key),
        "kind": change.address.kind,
        "value": change.address.value,
        "lifted": change.lifted,
        "at": rfc3339(change.at),
        "due_at": rfc3339(change.due_at),
        "tries": change.tries,
        "erased": _erased_item(change.erased),
        "ttl": seconds(change.ends_at),
    }


def _change_of(item: Mapping[str, Any]) -> Change:
    tenant, _, key = item["sk"].rpartition("#")
    return Change(
        tenant=tenant,
        key=key,
        address=Address(item["kind"], item["value"]),
        lifted=item["lifted"],
        at=parse_rfc3339(item["at"]),
        due_at=parse_rfc3339(item["due_at"]),
        tries=int(item["tries"]),
        erased=_erased_of(item.get("erased", ())),
    )


def _erased_item(erased: Erased | None) -> list[str]:
    return [erased.tenant, erased.id, rfc3339(erased.at)] if erased else []


def _erased_of(item: Sequence[str]) -> Erased | None:
    if not item:
        return None
    tenant, erasure, at = item
    return Erased(tenant, erasure, parse_rfc3339(at))
