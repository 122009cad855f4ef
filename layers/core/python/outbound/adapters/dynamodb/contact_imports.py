"""Imports of contacts over DynamoDB: an item each, and one for each that is being read.

The latter lie in a partition of their own (`importing`): the clock has no list of tenants.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from outbound.adapters.dynamodb.newest import newest
from outbound.adapters.dynamodb.table import Table, wire
from outbound.domain.contact_import import (
    KEPT,
    ContactImport,
    Counts,
    Format,
    ImportState,
    Kind,
    Origin,
    Place,
    Plan,
)
from outbound.domain.instant import parse_rfc3339, rfc3339, rfc3339_or_none, seconds
from outbound.domain.words import Mode, Purpose
from outbound.ports import ImportPage

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

IMPORTING = "importing"


@dataclass(frozen=True, slots=True)
class DynamoContactImports:
    """Imports in the catalog, until their reports are removed."""

    table: Table

    def insert(self, imported: ContactImport) -> bool:
        """Write an import down once."""
        return self.table.put_new(_item(imported))

    def get(self, tenant: str, import_id: str) -> ContactImport | None:
        """An import as it is now."""
        item = self.table.get(_pk(tenant), import_id)
        return _import_of(item, tenant) if item else None

    def replace(self, imported: ContactImport) -> bool:
        """Write an import over the version before."""
        return self.table.put_next(_item(imported))

    def newest(self, tenant: str, *, limit: int, after: str | None) -> ImportPage:
        """A page: ids sort by time."""
        items, last = newest(self.table, _pk(tenant), limit=limit, after=after)
        imports = tuple(_import_of(item, tenant) for item in items)
        return ImportPage(imports, last)

    def attend(self, tenant: str, import_id: str) -> None:
        """Write that an import has begun."""
        self.table.put({"pk": IMPORTING, "sk": f"{tenant}#{import_id}"})

    def attended(self) -> Iterator[tuple[str, str]]:
        """All that have begun and not ended."""
        for item in self.table.query(IMPORTING):
            tenant, _, import_id = item["sk"].partition("#")
            yield tenant, import_id

    def leave(self, tenant: str, import_id: str) -> None:
        """Remove that an import has begun."""
        key = {"pk": IMPORTING, "sk": f"{tenant}#{import_id}"}
        self.table.client.delete_item(TableName=self.table.name, Key=wire(key))


def _pk(tenant: str) -> str:
    return f"{tenant}#import"


def _item(imported: ContactImport) -> dict[str, Any]:
    return {
        "pk": _pk(imported.tenant),
        "sk": imported.id,
        "plan": asdict(imported.plan),
        "by": imported.by,
        "state": imported.state,
        "created_at": rfc3339(imported.created_at),
        "started_at": rfc3339_or_none(imported.started_at),
        "finished_at": rfc3339_or_none(imported.finished_at),
        "size": imported.size,
        "tag": imported.tag,
        "packed": imported.packed,
        "place": asdict(imported.place),
        "counts": asdict(imported.counts),
        "parts": imported.parts,
        "ignored": list(imported.ignored),
        "reason": imported.reason,
        "mode": imported.mode,
        "purposes": sorted(imported.purposes),
        "version": imported.version,
        "ttl": seconds(imported.created_at + KEPT),
    }


def _import_of(item: Mapping[str, Any], tenant: str) -> ContactImport:
    plan = item["plan"]
    return ContactImport(
        tenant=tenant,
        id=item["sk"],
        plan=Plan(
            Format(plan["format"]),
            Origin(plan["origin"]),
            plan["columns"],
            plan["constants"],
            Kind(plan.get("kind", Kind.CONTACTS)),
        ),
        by=item["by"],
        created_at=parse_rfc3339(item["created_at"]),
        state=ImportState(item["state"]),
        size=int(item["size"]) if "size" in item else None,
        tag=item.get("tag"),
        packed=item["packed"],
        place=Place(**{name: int(value) for name, value in item["place"].items()}),
        counts=Counts(**{name: int(value) for name, value in item["counts"].items()}),
        parts=int(item["parts"]),
        ignored=tuple(item["ignored"]),
        reason=item.get("reason"),
        started_at=_read(item.get("started_at")),
        finished_at=_read(item.get("finished_at")),
        mode=Mode(item.get("mode", Mode.LIVE)),
        purposes=frozenset(map(Purpose, item.get("purposes", ()))),
        version=int(item["version"]),
    )


def _read(text: str | None) -> datetime | None:
    return parse_rfc3339(text) if text else None
