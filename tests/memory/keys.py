"""API keys in memory."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from outbound.ports import KeyPage

if TYPE_CHECKING:
    from datetime import datetime

    from outbound.domain.key import ApiKey


@dataclass
class MemoryKeys:
    """Keys by (tenant, id)."""

    keys: dict[tuple[str, str], ApiKey] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.keys)

    def insert(self, key: ApiKey) -> None:
        assert (key.tenant, key.id) not in self.keys
        assert self.by_digest(key.digest) is None
        self.keys[key.tenant, key.id] = key

    def tenants(self) -> list[str]:
        return sorted({tenant for tenant, _ in self.keys})

    def by_digest(self, digest: str) -> ApiKey | None:
        having = (key for key in self.keys.values() if key.digest == digest)
        return next(having, None)

    def by_id(self, tenant: str, key_id: str) -> ApiKey | None:
        return self.keys.get((tenant, key_id))

    def revoke(self, tenant: str, key_id: str, now: datetime) -> ApiKey | None:
        key = self.by_id(tenant, key_id)
        if key is None or key.revoked_at is not None:
            return key
        self.keys[tenant, key_id] = revoked = replace(key, revoked_at=now)
        return revoked

    def newest(self, tenant: str, *, limit: int, after: str | None) -> KeyPage:
        mine = [
            key
            for (owner, key_id), key in self.keys.items()
            if owner == tenant and (after is None or key_id < after)
        ]
        mine.sort(key=lambda key: key.id, reverse=True)
        page = tuple(mine[:limit])
        return KeyPage(page, page[-1].id if len(mine) > limit else None)

    def rotate(self, new: ApiKey, old_id: str, expires_at: datetime) -> bool:
        old = self.by_id(new.tenant, old_id)
        if old is None or old.revoked_at is not None or old.replaced_by is not None:
            return False
        self.insert(new)
        self.keys[new.tenant, old_id] = replace(old, expires_at=expires_at, replaced_by=new.id)
        return True

    def used(self, tenant: str, key_id: str, at: datetime) -> None:
        key = self.by_id(tenant, key_id)
        if key is not None:
            self.keys[tenant, key_id] = replace(key, last_used_at=at)
