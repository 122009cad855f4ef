"""API keys in memory."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

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
