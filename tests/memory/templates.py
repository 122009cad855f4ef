"""Templates in memory."""

from __future__ import annotations

from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING

from outbound.domain.content import Template

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from outbound.domain.content import Content
    from outbound.domain.words import Channel, Purpose


@dataclass
class MemoryTemplates:
    """All versions by (tenant, id), oldest first."""

    versions: dict[tuple[str, str], list[Template]] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock, compare=False)

    def __len__(self) -> int:
        return sum(map(len, self.versions.values()))

    def put(
        self,
        tenant: str,
        template_id: str,
        purpose: Purpose,
        contents: Mapping[Channel, Content],
        now: datetime,
    ) -> Template:
        with self._lock:
            all_of_it = self.versions.setdefault((tenant, template_id), [])
            number = len(all_of_it) + 1
            template = Template(tenant, template_id, number, purpose, dict(contents), now)
            all_of_it.append(template)
            return template

    def get(self, tenant: str, template_id: str, version: int | None = None) -> Template | None:
        all_of_it = self.versions.get((tenant, template_id), [])
        number = len(all_of_it) if version is None else version
        return all_of_it[number - 1] if 1 <= number <= len(all_of_it) else None
