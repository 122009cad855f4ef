"""Exports of runs over DynamoDB: each lies with its run, and is listed while it isn't done.

The list is a partition of the catalog (`exporting`): the clock has no list of tenants. Each tenant
has a list of its own (`exported`), of all that may have files: an erasure has no list of runs.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from outbound.adapters.dynamodb.table import Table, wire
from outbound.domain.instant import parse_rfc3339, rfc3339, seconds
from outbound.domain.run import RunRef
from outbound.domain.run_export import KEPT, ExportState, Part, RunExport

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

EXPORTING, EXPORT, EXPORTED = "exporting", "export", "exported"


@dataclass(frozen=True, slots=True)
class DynamoRunExports:
    """The last export of each run, until its file is removed."""

    table: Table
    catalog: Table

    def get(self, ref: RunRef) -> RunExport | None:
        """An export as it is now."""
        item = self.table.get(_pk(ref), EXPORT)
        return _export_of(item, ref) if item else None

    def put(self, export: RunExport) -> bool:
        """Write the first version, or one over the version before."""
        item = _item(export)
        return self.table.put_new(item) if export.version == 1 else self.table.put_next(item)

    def attend(self, ref: RunRef, began_at: datetime) -> None:
        """Write that an export has begun, and with its tenant that there is one."""
        self.catalog.put(_known(ref, began_at))
        self.catalog.put(_listed(ref, began_at))

    def of_tenant(self, tenant: str) -> Iterator[RunRef]:
        """One partition, whose items go when the files do."""
        for item in self.catalog.query(f"{tenant}#{EXPORTED}"):
            campaign, run = item["sk"].split("#")
            yield RunRef(tenant, campaign, run)

    def attended(self) -> Iterator[tuple[RunRef, datetime]]:
        """All that have begun and not ended."""
        for item in self.catalog.query(EXPORTING):
            tenant, campaign, run, began_at = item["sk"].rsplit("#", 3)
            yield RunRef(tenant, campaign, run), parse_rfc3339(began_at)

    def leave(self, ref: RunRef, began_at: datetime) -> None:
        """Remove that an export has begun."""
        key = wire(_listed(ref, began_at))
        self.catalog.client.delete_item(TableName=self.catalog.name, Key=key)


def _pk(ref: RunRef) -> str:
    return f"{ref.tenant}#{ref.campaign}#{ref.id}"


def _known(ref: RunRef, began_at: datetime) -> dict[str, Any]:
    return {
        "pk": f"{ref.tenant}#{EXPORTED}",
        "sk": f"{ref.campaign}#{ref.id}",
        "ttl": seconds(began_at + KEPT),
    }


def _listed(ref: RunRef, began_at: datetime) -> dict[str, str]:
    return {"pk": EXPORTING, "sk": f"{_pk(ref)}#{rfc3339(began_at)}"}


def _item(export: RunExport) -> dict[str, Any]:
    return {
        "pk": _pk(export.run),
        "sk": EXPORT,
        "began_at": rfc3339(export.began_at),
        "complete": export.complete,
        "recipients": export.recipients,
        "state": export.state,
        "rows": export.rows,
        "after": export.after,
        "read": export.read,
        "upload": export.upload,
        "parts": [[part.number, part.tag] for part in export.parts],
        "rest": export.rest,
        "claims": export.claims,
        "reason": export.reason,
        "finished_at": rfc3339(export.finished_at) if export.finished_at else None,
        "version": export.version,
        "ttl": seconds(export.began_at + KEPT),
    }


def _export_of(item: Mapping[str, Any], ref: RunRef) -> RunExport:
    return RunExport(
        run=ref,
        began_at=parse_rfc3339(item["began_at"]),
        complete=item["complete"],
        recipients=int(item["recipients"]),
        state=ExportState(item["state"]),
        rows=int(item["rows"]),
        after=item.get("after"),
        read=item["read"],
        upload=item.get("upload"),
        parts=tuple(Part(int(number), tag) for number, tag in item["parts"]),
        rest=int(item["rest"]) if "rest" in item else None,
        claims=int(item["claims"]),
        reason=item.get("reason"),
        finished_at=parse_rfc3339(item["finished_at"]) if "finished_at" in item else None,
        version=int(item["version"]),
    )
