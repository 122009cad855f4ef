"""API keys over DynamoDB: one item under the digest of the secret, one under tenant and id."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from outbound.adapters.dynamodb.table import Table, conflicted, plain, refused, wire
from outbound.domain.instant import parse_rfc3339, rfc3339
from outbound.domain.key import ApiKey
from outbound.domain.words import Mode, Purpose, Scope
from outbound.ports import KeyPage

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from mypy_boto3_dynamodb.type_defs import TransactWriteItemTypeDef

TENANTS = "tenants"
"""The partition with an item for each tenant: whoever has no key can have nothing else."""


@dataclass(frozen=True, slots=True)
class DynamoKeys:
    """Keys in the catalog."""

    table: Table

    def insert(self, key: ApiKey) -> None:
        """Write both items in one transaction, and before it that there is this tenant."""
        self.table.put({"pk": TENANTS, "sk": key.tenant})
        self.table.client.transact_write_items(TransactItems=self._creation(key))

    def tenants(self) -> Sequence[str]:
        """All tenants, from an item each."""
        return [item["sk"] for item in self.table.query(TENANTS, size=1_000)]

    def by_digest(self, digest: str) -> ApiKey | None:
        """The key whose secret has this digest."""
        item = self.table.get(f"key#{digest}", "key")
        return _key_of(item) if item else None

    def by_id(self, tenant: str, key_id: str) -> ApiKey | None:
        """A tenant's key."""
        item = self.table.get(f"{tenant}#key", key_id)
        return _key_of(item) if item else None

    def newest(self, tenant: str, *, limit: int, after: str | None) -> KeyPage:
        """A tenant's keys, newest first: their ids sort by time."""
        pk = f"{tenant}#key"
        start: Any = {"ExclusiveStartKey": wire({"pk": pk, "sk": after})} if after else {}
        answer = self.table.client.query(
            TableName=self.table.name,
            KeyConditionExpression="pk = :pk",
            ExpressionAttributeValues=wire({":pk": pk}),
            ScanIndexForward=False,
            ConsistentRead=True,
            Limit=limit,
            **start,
        )
        keys = tuple(_key_of(plain(item)) for item in answer["Items"])
        last = answer.get("LastEvaluatedKey")
        return KeyPage(keys, plain(last)["sk"] if last else None)

    def revoke(self, tenant: str, key_id: str, now: datetime) -> ApiKey | None:
        """Revoke a key in both places at once; the first time of revocation stays."""
        key = self.by_id(tenant, key_id)
        if key is None or key.revoked_at is not None:
            return key
        steps = self._change(
            key, "SET revoked_at = :now", "attribute_not_exists(revoked_at)", {":now": rfc3339(now)}
        )
        self._transact(steps)
        return self.by_id(tenant, key_id)

    def rotate(self, new: ApiKey, old_id: str, expires_at: datetime) -> bool:
        """Write the new key, and the end of the old one, in one transaction."""
        old = self.by_id(new.tenant, old_id)
        if old is None:
            return False
        change = self._change(
            old,
            "SET expires_at = :end, replaced_by = :new",
            "attribute_not_exists(revoked_at) AND attribute_not_exists(replaced_by)",
            {":end": rfc3339(expires_at), ":new": new.id},
        )
        return self._transact([*self._creation(new), *change])

    def used(self, tenant: str, key_id: str, at: datetime) -> None:
        """Write the hour where lists read it."""
        try:
            self.table.client.update_item(
                TableName=self.table.name,
                Key=wire({"pk": f"{tenant}#key", "sk": key_id}),
                UpdateExpression="SET last_used_at = :at",
                ConditionExpression="attribute_exists(pk)",
                ExpressionAttributeValues=wire({":at": rfc3339(at)}),
            )
        except ClientError as error:
            if not refused(error):
                raise

    def _creation(self, key: ApiKey) -> list[TransactWriteItemTypeDef]:
        return [
            {
                "Put": {
                    "TableName": self.table.name,
                    "Item": wire({**place, **_key_item(key)}),
                    "ConditionExpression": "attribute_not_exists(pk)",
                }
            }
            for place in _places(key)
        ]

    def _change(
        self, key: ApiKey, update: str, condition: str, values: dict[str, str]
    ) -> list[TransactWriteItemTypeDef]:
        return [
            {
                "Update": {
                    "TableName": self.table.name,
                    "Key": wire(place),
                    "UpdateExpression": update,
                    "ConditionExpression": f"attribute_exists(pk) AND {condition}",
                    "ExpressionAttributeValues": wire(values),
                }
            }
            for place in _places(key)
        ]

    def _transact(self, steps: list[TransactWriteItemTypeDef]) -> bool:
        try:
            self.table.client.transact_write_items(TransactItems=steps)
        except ClientError as error:
            if refused(error) or conflicted(error):
                return False
            raise
        return True


def _places(key: ApiKey) -> tuple[dict[str, str], ...]:
    """The item that a secret finds, and the one that the tenant's lists find."""
    return {"pk": f"key#{key.digest}", "sk": "key"}, {"pk": f"{key.tenant}#key", "sk": key.id}


def _key_item(key: ApiKey) -> dict[str, Any]:
    return {
        "id": key.id,
        "digest": key.digest,
        "name": key.name,
        "tenant": key.tenant,
        "mode": key.mode,
        "scopes": sorted(key.scopes),
        "purposes": sorted(key.purposes),
        "created_at": rfc3339(key.created_at),
        "expires_at": rfc3339(key.expires_at) if key.expires_at else None,
        "revoked_at": rfc3339(key.revoked_at) if key.revoked_at else None,
        "allowed_addresses": list(key.allowed_addresses),
        "limit_per_minute": key.limit_per_minute,
        "replaces": key.replaces,
        "replaced_by": key.replaced_by,
        "person": key.person,
    }


def _key_of(item: Mapping[str, Any]) -> ApiKey:
    limit = item.get("limit_per_minute")
    return ApiKey(
        id=item["id"],
        digest=item["digest"],
        name=item["name"],
        tenant=item["tenant"],
        mode=Mode(item["mode"]),
        scopes=frozenset(map(Scope, item["scopes"])),
        purposes=frozenset(map(Purpose, item["purposes"])),
        created_at=parse_rfc3339(item["created_at"]),
        expires_at=_optional(item.get("expires_at")),
        revoked_at=_optional(item.get("revoked_at")),
        allowed_addresses=tuple(item["allowed_addresses"]),
        limit_per_minute=int(limit) if limit is not None else None,
        last_used_at=_optional(item.get("last_used_at")),
        replaces=item.get("replaces"),
        replaced_by=item.get("replaced_by"),
        person=item.get("person"),
    )


def _optional(text: str | None) -> datetime | None:
    return parse_rfc3339(text) if text else None
