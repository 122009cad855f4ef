"""API keys over DynamoDB: one item under the digest of the secret, one under tenant and id."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from outbound.adapters.dynamodb.table import Table, wire
from outbound.domain.instant import parse_rfc3339, rfc3339
from outbound.domain.key import ApiKey
from outbound.domain.words import Mode, Purpose, Scope

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class DynamoKeys:
    """Keys in the catalog."""

    table: Table

    def insert(self, key: ApiKey) -> None:
        """Write both items in one transaction."""
        self._write(key, "attribute_not_exists(pk)")

    def by_digest(self, digest: str) -> ApiKey | None:
        """The key whose secret has this digest."""
        item = self.table.get(f"key#{digest}", "key")
        return _key_of(item) if item else None

    def by_id(self, tenant: str, key_id: str) -> ApiKey | None:
        """A tenant's key."""
        item = self.table.get(f"{tenant}#key", key_id)
        return _key_of(item) if item else None

    def revoke(self, tenant: str, key_id: str, now: datetime) -> ApiKey | None:
        """Revoke a key in both places at once; the first time of revocation stays."""
        key = self.by_id(tenant, key_id)
        if key is None or key.revoked_at is not None:
            return key
        revoked = replace(key, revoked_at=now)
        self._write(revoked, "attribute_exists(pk)")
        return revoked

    def _write(self, key: ApiKey, condition: str) -> None:
        places = (
            {"pk": f"key#{key.digest}", "sk": "key"},
            {"pk": f"{key.tenant}#key", "sk": key.id},
        )
        self.table.client.transact_write_items(
            TransactItems=[
                {
                    "Put": {
                        "TableName": self.table.name,
                        "Item": wire({**place, **_key_item(key)}),
                        "ConditionExpression": condition,
                    }
                }
                for place in places
            ]
        )


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
    }


def _key_of(item: Mapping[str, Any]) -> ApiKey:
    expires, revoked = item.get("expires_at"), item.get("revoked_at")
    return ApiKey(
        id=item["id"],
        digest=item["digest"],
        name=item["name"],
        tenant=item["tenant"],
        mode=Mode(item["mode"]),
        scopes=frozenset(map(Scope, item["scopes"])),
        purposes=frozenset(map(Purpose, item["purposes"])),
        created_at=parse_rfc3339(item["created_at"]),
        expires_at=parse_rfc3339(expires) if expires else None,
        revoked_at=parse_rfc3339(revoked) if revoked else None,
    )
