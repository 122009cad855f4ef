"""Withdrawing exports: whoever is in one was erased, or may have been.

Its file goes first, and then it says so. Of two who withdraw it, or one who still writes it, each
comes to the same.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from outbound.domain.run_export import ExportState

if TYPE_CHECKING:
    from datetime import datetime

    from outbound.domain.run import RunRef
    from outbound.domain.run_export import RunExport
    from outbound.ports import ExportFiles, RunExports

ERASED = "contact_erased"
TRIES = 20
WRITING = timedelta(hours=1)
"""Whoever wrote it as it was withdrawn has stored their last by then."""


class ExportBusy(Exception):
    """Others go on with an export all the time."""


@dataclass(frozen=True, slots=True)
class Exported:
    """Exports and their files."""

    exports: RunExports
    files: ExportFiles


def withdraw(tenant: str, begun_by: datetime, now: datetime, ports: Exported) -> None:
    """Take all of a tenant's exports back that had begun by then.

    Raises:
        ExportBusy: others were quicker each time.
    """
    for ref in ports.exports.of_tenant(tenant):
        _withdraw(ref, begun_by, now, ports)


def _withdraw(ref: RunRef, begun_by: datetime, now: datetime, ports: Exported) -> None:
    for _ in range(TRIES):
        export = ports.exports.get(ref)
        if export is None or export.began_at > begun_by or _is_over(export, now):
            return
        ports.files.remove(export)
        if export.state is ExportState.WITHDRAWN:
            return
        withdrawn = replace(
            export,
            state=ExportState.WITHDRAWN,
            reason=ERASED,
            finished_at=now,
            version=export.version + 1,
        )
        if ports.exports.put(withdrawn):
            ports.exports.leave(ref, export.began_at)
            return
    raise ExportBusy


def _is_over(export: RunExport, now: datetime) -> bool:
    """Whether it was withdrawn so long ago that nothing more comes to it."""
    withdrawn = export.state is ExportState.WITHDRAWN
    return withdrawn and export.finished_at is not None and export.finished_at + WRITING <= now
