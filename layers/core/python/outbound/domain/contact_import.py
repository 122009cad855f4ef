"""Contacts and appointments that come in a file: what the file is, and how far it was read."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from outbound.domain.words import Mode, Purpose

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

LARGEST_FILE = 1_000_000_000
"""Bytes as they are uploaded."""
LARGEST_UNPACKED = 4_000_000_000
LARGEST_ROW = 65_536
"""Bytes: an API request of a contact is as long at most, near enough."""
MOST_COMPLAINTS = 10_000
"""Lines of a report; of those behind it only the count is told."""
KEPT = timedelta(days=93)


class ImportState(StrEnum):
    """Where an import is."""

    WAITING = "waiting"
    RUNNING = "running"
    FINISHED = "finished"
    CANCELLED = "cancelled"
    FAILED = "failed"


class Kind(StrEnum):
    """What the rows of a file are."""

    CONTACTS = "contacts"
    REMINDERS = "reminders"


class Format(StrEnum):
    """How a file holds its rows."""

    CSV = "csv"
    NDJSON = "ndjson"


class Origin(StrEnum):
    """Whose words its columns are."""

    OUTBOUND = "outbound"
    PINPOINT = "pinpoint"


@dataclass(frozen=True, slots=True)
class Plan:
    """How a file is read. `columns` are what headers mean (None: nothing), where they don't say so
    themselves; `constants` are set in every row. Both name fields as `attributes.plan`.
    """

    format: Format
    origin: Origin = Origin.OUTBOUND
    columns: Mapping[str, str | None] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    kind: Kind = Kind.CONTACTS


@dataclass(frozen=True, slots=True)
class Counts:
    """What became of rows; `complaints` have been written into the report."""

    created: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: int = 0
    complaints: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.created + other.created,
            self.changed + other.changed,
            self.unchanged + other.unchanged,
            self.refused + other.refused,
            self.complaints + other.complaints,
        )


@dataclass(frozen=True, slots=True)
class Place:
    """How far a file is read: bytes (of what is unpacked) and lines."""

    offset: int = 0
    line: int = 0


BEGIN, NONE = Place(), Counts()


@dataclass(frozen=True, slots=True)
class ContactImport:
    """`by` is the key that asked, `mode` and `purposes` what its reminders may be. `tag` is what
    was uploaded when it was started, `packed` whether that is gzip; `ignored` the headers that mean
    nothing to us; `parts` how many parts its report has. `reason` says why it failed. `version`
    counts the writes.
    """

    tenant: str
    id: str
    plan: Plan
    by: str
    created_at: datetime
    state: ImportState = ImportState.WAITING
    size: int | None = None
    tag: str | None = None
    packed: bool = False
    place: Place = BEGIN
    counts: Counts = NONE
    parts: int = 0
    ignored: tuple[str, ...] = ()
    reason: str | None = None
    started_at: datetime | None = None
    finished_at: datetime | None = None
    mode: Mode = Mode.LIVE
    purposes: frozenset[Purpose] = frozenset()
    version: int = 1

    def ended(self, state: ImportState, now: datetime, reason: str | None = None) -> ContactImport:
        """The import as it ends."""
        return replace(self, state=state, reason=reason, finished_at=now, version=self.version + 1)


@dataclass(frozen=True, slots=True)
class Complaint:
    """What is wrong with a row, or was left out of it; its value is masked."""

    line: int
    column: str
    value: str
    code: str
    message: str
