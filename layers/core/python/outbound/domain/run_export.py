"""The export of a run: a file with a row for each recipient, written part by part."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from outbound.domain.run import RunRef

KEPT = timedelta(days=7)
"""It names people, so nothing keeps it for longer than it takes to fetch it."""


class ExportState(StrEnum):
    """Where an export is. Whose file may have named somebody who was erased is withdrawn."""

    RUNNING = "running"
    FINISHED = "finished"
    FAILED = "failed"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the file that is stored: its number, and what tells it from another."""

    number: int
    tag: str


@dataclass(frozen=True, slots=True)
class RunExport:
    """How far an export has come.

    `complete` says that the run was closed as it began, `recipients` how many it had by then.
    `after` is the chunk that was read last, `read` that there are none behind it. `rest` numbers
    what was written since the last of the `parts` and is too small to be one. Whoever goes on
    counts `claims` first and numbers what it stores by them, so no other overwrites that.
    """

    run: RunRef
    began_at: datetime
    complete: bool
    recipients: int
    state: ExportState = ExportState.RUNNING
    rows: int = 0
    after: str | None = None
    read: bool = False
    upload: str | None = None
    parts: tuple[Part, ...] = ()
    rest: int | None = None
    claims: int = 0
    reason: str | None = None
    finished_at: datetime | None = None
    version: int = 1
