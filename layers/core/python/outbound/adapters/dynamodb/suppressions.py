"""Suppressed addresses over DynamoDB: an item each, with an attribute for each reason.

No item holds an address: it lies under the address's keyed digest, the first character of which
(one of 32) is its shard, so that pages over all shards come in the order of the keys.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from outbound.adapters.dynamodb.table import Table, plain, refused, wire
from outbound.domain.ids import ALPHABET, address_key
from outbound.domain.instant import parse_rfc3339, rfc3339
from outbound.domain.suppression import Reason, Suppression, joined
from outbound.domain.words import Purpose
from outbound.ports import SuppressionPage

if TYPE_CHECKING:
    from collections.abc import Mapping

    from outbound.domain.address import Address

SHARDS = len(ALPHABET)


@dataclass(frozen=True, slots=True)
class DynamoSuppressions:
    """Suppressions in the table of the contacts."""

    table: Table
    secret: bytes

    def suppress(self, tenant: str, address: Address, suppression: Suppression) -> bool:
        """Add a reason in one request; where it stands already, what it adds in a second."""
        key = address_key(self.secret, tenant, address.value)
        return self.suppress_key(tenant, key, suppression)

    def suppress_key(self, tenant: str, address_key: str, suppression: Suppression) -> bool:
        """The same, by the key of the address."""
        key, reason = place_of(tenant, address_key), suppression.reason
        wanted, old = suppression, None
        while (item := self._replace(key, reason, old, wanted)) is not None:
            old = item.get(reason)
            standing = _suppression_of(reason, old) if old else None
            wanted = joined(standing, suppression) if standing else suppression
            if wanted == standing:
                return False
        return True

    def _replace(
        self, key: Mapping[str, str], reason: Reason, old: Any, new: Suppression
    ) -> dict[str, Any] | None:
        """Write a reason over what was read of it; if that isn't there, the item as it is."""
        expected = {":old": old} if old else {}
        try:
            self.table.client.update_item(
                TableName=self.table.name,
                Key=wire(key),
                UpdateExpression="SET #reason = :new",
                ConditionExpression="#reason = :old" if old else "attribute_not_exists(#reason)",
                ExpressionAttributeNames={"#reason": reason},
                ExpressionAttributeValues=wire({":new": _values(new), **expected}),
                ReturnValuesOnConditionCheckFailure="ALL_OLD",
            )
        except ClientError as error:
            if not refused(error):
                raise
            item: Any = error.response.get("Item", {})
            return plain(item)
        return None

    def lift(self, tenant: str, address: Address, reason: Reason) -> bool:
        """Remove a reason, and with the last one the item."""
        key = wire(key_of(self.secret, tenant, address))
        try:
            answer = self.table.client.update_item(
                TableName=self.table.name,
                Key=key,
                UpdateExpression="REMOVE #reason",
                ConditionExpression="attribute_exists(#reason)",
                ExpressionAttributeNames={"#reason": reason},
                ReturnValues="ALL_NEW",
            )
        except ClientError as error:
            if refused(error):
                return False
            raise
        if not suppressions_of(plain(answer["Attributes"])):
            self._delete_empty(key)
        return True

    def _delete_empty(self, key: Any) -> None:
        names = {f"#{reason}": reason for reason in Reason}
        try:
            self.table.client.delete_item(
                TableName=self.table.name,
                Key=key,
                ConditionExpression=" AND ".join(f"attribute_not_exists({name})" for name in names),
                ExpressionAttributeNames=names,
            )
        except ClientError as error:
            if not refused(error):
                raise

    def of(self, tenant: str, address: Address) -> tuple[Suppression, ...]:
        """What stands against an address."""
        key = key_of(self.secret, tenant, address)
        return suppressions_of(self.table.get(key["pk"], key["sk"]) or {})

    def page(self, tenant: str, *, limit: int, after: str | None) -> SuppressionPage:
        """A page over the shards, one query each until it is full."""
        found: list[tuple[str, tuple[Suppression, ...]]] = []
        for shard in range(SHARDS):
            if after and shard < ALPHABET.index(after[0]):
                continue
            for item in self.table.query(_pk(tenant, shard), after=after, size=limit):
                if standing := suppressions_of(item):
                    found.append((item["sk"], standing))
                if len(found) == limit:
                    return SuppressionPage(tuple(found), item["sk"])
        return SuppressionPage(tuple(found), None)


def key_of(secret: bytes, tenant: str, address: Address) -> dict[str, str]:
    """Where an address's suppressions lie."""
    return place_of(tenant, address_key(secret, tenant, address.value))


def place_of(tenant: str, address_key: str) -> dict[str, str]:
    """Where the suppressions of the address with this key lie."""
    return {"pk": _pk(tenant, ALPHABET.index(address_key[0])), "sk": address_key}


def suppressions_of(item: Mapping[str, Any]) -> tuple[Suppression, ...]:
    """What an item says of its address."""
    return tuple(_suppression_of(reason, item[reason]) for reason in Reason if reason in item)


def _pk(tenant: str, shard: int) -> str:
    return f"{tenant}#supp#{shard:02d}"


def _values(suppression: Suppression) -> dict[str, Any]:
    values: dict[str, Any] = {"at": rfc3339(suppression.at), "source": suppression.source}
    if suppression.purposes is not None:
        values["purposes"] = sorted(suppression.purposes)
    if suppression.expires_at is not None:
        values["expires_at"] = rfc3339(suppression.expires_at)
    return values


def _suppression_of(reason: Reason, values: Mapping[str, Any]) -> Suppression:
    purposes, expires_at = values.get("purposes"), values.get("expires_at")
    return Suppression(
        reason,
        parse_rfc3339(values["at"]),
        values["source"],
        None if purposes is None else frozenset(map(Purpose, purposes)),
        parse_rfc3339(expires_at) if expires_at else None,
    )
