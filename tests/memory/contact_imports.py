"""Imports of contacts and their files, in memory."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from outbound.domain.media import UPLOAD_TIME
from outbound.ports import FileGone, ImportPage, UploadedFile, UploadForm

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from outbound.domain.contact_import import ContactImport

PIECE = 7_777


@dataclass
class MemoryContactImports:
    """Imports by (tenant, id)."""

    imports: dict[tuple[str, str], ContactImport] = field(default_factory=dict)
    begun: set[tuple[str, str]] = field(default_factory=set)

    def insert(self, imported: ContactImport) -> bool:
        key = imported.tenant, imported.id
        return self.imports.setdefault(key, imported) is imported

    def get(self, tenant: str, import_id: str) -> ContactImport | None:
        return self.imports.get((tenant, import_id))

    def replace(self, imported: ContactImport) -> bool:
        key = imported.tenant, imported.id
        if key not in self.imports or self.imports[key].version != imported.version - 1:
            return False
        self.imports[key] = imported
        return True

    def newest(self, tenant: str, *, limit: int, after: str | None) -> ImportPage:
        found = [
            each
            for (owner, import_id), each in sorted(self.imports.items(), reverse=True)
            if owner == tenant and (after is None or import_id < after)
        ]
        last = found[limit - 1].id if len(found) >= limit else None
        return ImportPage(tuple(found[:limit]), last)

    def attend(self, tenant: str, import_id: str) -> None:
        self.begun.add((tenant, import_id))

    def attended(self) -> list[tuple[str, str]]:
        return sorted(self.begun)

    def leave(self, tenant: str, import_id: str) -> None:
        self.begun.discard((tenant, import_id))


@dataclass
class MemoryImportFiles:
    """Uploads, parts and reports, by tenant and id."""

    uploads: dict[str, bytes] = field(default_factory=dict)
    parts: dict[tuple[str, int], str] = field(default_factory=dict)
    reports: dict[str, str] = field(default_factory=dict)

    def form(self, imported: ContactImport, now: datetime) -> UploadForm:
        return UploadForm("https://memory", {"key": _key(imported)}, now + UPLOAD_TIME)

    def upload(self, form: UploadForm, content: bytes) -> None:
        self.uploads[form.fields["key"]] = content

    def uploaded(self, imported: ContactImport) -> UploadedFile | None:
        content = self.uploads.get(_key(imported))
        if content is None:
            return None
        return UploadedFile(len(content), hashlib.sha256(content).hexdigest(), content[:2])

    def open(self, imported: ContactImport, offset: int) -> Iterator[bytes]:
        content = self.uploads.get(_key(imported))
        if content is None or hashlib.sha256(content).hexdigest() != imported.tag:
            raise FileGone
        for start in range(offset, len(content), PIECE):
            yield content[start : start + PIECE]

    def remove(self, imported: ContactImport) -> None:
        self.uploads.pop(_key(imported), None)

    def put_part(self, imported: ContactImport, number: int, content: str) -> None:
        self.parts[_key(imported), number] = content

    def join_parts(self, imported: ContactImport, head: str) -> None:
        parts = [self.parts[_key(imported), number] for number in range(imported.parts)]
        self.reports[_key(imported)] = head + "".join(parts)

    def report(self, imported: ContactImport) -> str:
        return f"https://memory/{_key(imported)}.csv"


def _key(imported: ContactImport) -> str:
    return f"{imported.tenant}/{imported.id}"
