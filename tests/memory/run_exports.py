"""Exports of runs and their files, in memory."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from outbound.domain.instant import rfc3339
from outbound.ports import UploadGone

if TYPE_CHECKING:
    from datetime import datetime

    from outbound.domain.run import RunRef
    from outbound.domain.run_export import RunExport


@dataclass
class MemoryRunExports:
    """Exports by their runs, and those that have begun."""

    kept: dict[RunRef, RunExport] = field(default_factory=dict)
    begun: set[tuple[RunRef, datetime]] = field(default_factory=set)
    known: set[RunRef] = field(default_factory=set)

    def get(self, ref: RunRef) -> RunExport | None:
        return self.kept.get(ref)

    def put(self, export: RunExport) -> bool:
        kept = self.kept.get(export.run)
        if (kept.version if kept else 0) != export.version - 1:
            return False
        self.kept[export.run] = export
        return True

    def attend(self, ref: RunRef, began_at: datetime) -> None:
        self.begun.add((ref, began_at))
        self.known.add(ref)

    def of_tenant(self, tenant: str) -> list[RunRef]:
        return sorted((ref for ref in self.known if ref.tenant == tenant), key=lambda ref: ref.id)

    def attended(self) -> list[tuple[RunRef, datetime]]:
        return sorted(self.begun, key=lambda each: (each[0].tenant, each[0].id, each[1]))

    def leave(self, ref: RunRef, began_at: datetime) -> None:
        self.begun.discard((ref, began_at))


@dataclass
class MemoryExportFiles:
    """Uploads with their parts, rests and files; every part but the last has `least` bytes."""

    least: int = 1_000
    uploads: dict[str, dict[int, bytes]] = field(default_factory=dict)
    rests: dict[tuple[str, int], bytes] = field(default_factory=dict)
    made: dict[str, bytes] = field(default_factory=dict)
    begun: int = 0

    def begin(self, export: RunExport) -> str:
        self.begun += 1
        name = f"upload-{self.begun}"
        self.uploads[name] = {}
        return name

    def put_part(self, export: RunExport, number: int, content: bytes) -> str:
        if export.upload not in self.uploads:
            raise UploadGone
        self.uploads[export.upload][number] = content
        return _tag(content)

    def put_rest(self, export: RunExport, number: int, content: bytes) -> None:
        self.rests[_key(export), number] = content

    def rest(self, export: RunExport, number: int) -> bytes:
        try:
            return self.rests[_key(export), number]
        except KeyError:
            raise UploadGone from None

    def join(self, export: RunExport) -> None:
        upload = self.uploads.pop(export.upload or "", None)
        if upload is None:
            if _key(export) not in self.made:
                raise UploadGone
            return
        numbers = [part.number for part in export.parts]
        assert numbers == sorted(set(numbers))
        assert [part.tag for part in export.parts] == [_tag(upload[each]) for each in numbers]
        assert all(len(upload[each]) >= self.least for each in numbers[:-1])
        self.made[_key(export)] = b"".join(upload[each] for each in numbers)

    def remove(self, export: RunExport) -> None:
        self.uploads.pop(export.upload or "", None)
        self.made.pop(_key(export), None)
        for number in range(1, export.claims + 1):
            self.rests.pop((_key(export), number), None)

    def link(self, export: RunExport) -> str:
        return f"https://memory/{_key(export)}.csv"

    def file(self, export: RunExport) -> str:
        """What the link leads to."""
        return self.made[_key(export)].decode()


def _key(export: RunExport) -> str:
    return f"{export.run.tenant}/{export.run.id}/{rfc3339(export.began_at)}"


def _tag(content: bytes) -> str:
    return f'"{hash(content)}"'
