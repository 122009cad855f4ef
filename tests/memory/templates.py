"""Templates in memory."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from threading import Lock
from typing import TYPE_CHECKING

from outbound.domain.template import Head, Template
from outbound.ports import HeadPage, VersionPage

if TYPE_CHECKING:
    from datetime import datetime


@dataclass
class MemoryTemplates:
    """All versions by (tenant, id), oldest first; and the heads."""

    all_versions: dict[tuple[str, str], list[Template]] = field(default_factory=dict)
    all_heads: dict[tuple[str, str], Head] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock, compare=False)

    def __len__(self) -> int:
        return sum(map(len, self.all_versions.values()))

    def put(self, draft: Template, *, publish: bool) -> Template:
        with self._lock:
            place = (draft.tenant, draft.id)
            all_of_it = self.all_versions.setdefault(place, [])
            number = len(all_of_it) + 1
            template = replace(draft, version=number)
            all_of_it.append(template)
            before = self.all_heads.get(place)
            published = before.published if before else None
            self.all_heads[place] = Head(
                id=draft.id,
                latest=number,
                published=number if publish else published,
                purpose=draft.purpose,
                updated_at=draft.created_at,
            )
            return template

    def get(self, tenant: str, template_id: str, version: int | None = None) -> Template | None:
        head = self.head(tenant, template_id)
        number = head.published if head and version is None else version
        all_of_it = self.all_versions.get((tenant, template_id), [])
        return all_of_it[number - 1] if number and 1 <= number <= len(all_of_it) else None

    def head(self, tenant: str, template_id: str) -> Head | None:
        return self.all_heads.get((tenant, template_id))

    def publish(self, tenant: str, template_id: str, version: int | None, now: datetime) -> None:
        place = (tenant, template_id)
        head = self.all_heads[place]
        self.all_heads[place] = replace(head, published=version, updated_at=now)

    def heads(self, tenant: str, *, limit: int, after: str | None) -> HeadPage:
        ids = sorted(
            name
            for owner, name in self.all_heads
            if owner == tenant and (after is None or name > after)
        )
        page = tuple(self.all_heads[tenant, name] for name in ids[:limit])
        return HeadPage(page, page[-1].id if len(ids) > limit else None)

    def versions(
        self, tenant: str, template_id: str, *, limit: int, before: int | None
    ) -> VersionPage:
        all_of_it = self.all_versions.get((tenant, template_id), [])
        earlier = [
            (each.version, each.created_at)
            for each in reversed(all_of_it)
            if before is None or each.version < before
        ]
        page = tuple(earlier[:limit])
        return VersionPage(page, page[-1][0] if len(earlier) > limit else None)
