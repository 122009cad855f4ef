"""Files of contacts and appointments: where they lie, and how their rows are read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import datetime

    from outbound.domain.address import Address
    from outbound.domain.contact import Contact
    from outbound.domain.contact_import import Complaint, ContactImport, Place, Plan
    from outbound.domain.errors import Fault
    from outbound.domain.reminder import Plan as ReminderPlan
    from outbound.domain.wanted import Wanted
    from outbound.ports.media import UploadForm


@dataclass(frozen=True, slots=True)
class ImportPage:
    """Some imports, newest first, and behind which id the next page begins."""

    imports: tuple[ContactImport, ...]
    after: str | None


class ContactImports(Protocol):
    """Imports, by tenant, for as long as their reports are kept."""

    def insert(self, imported: ContactImport) -> bool:
        """Write an import down once."""
        ...

    def get(self, tenant: str, import_id: str) -> ContactImport | None:
        """An import as it is now."""
        ...

    def replace(self, imported: ContactImport) -> bool:
        """Write an import over the version before its own; False if others have."""
        ...

    def newest(self, tenant: str, *, limit: int, after: str | None) -> ImportPage:
        """A tenant's imports, newest first, from behind an id."""
        ...

    def attend(self, tenant: str, import_id: str) -> None:
        """Remember that an import has begun, for the clock, which has no list of tenants."""
        ...

    def attended(self) -> Iterable[tuple[str, str]]:
        """Tenant and id of each import that has begun and hasn't ended."""
        ...

    def leave(self, tenant: str, import_id: str) -> None:
        """Forget that it has begun: it has ended."""
        ...


class FileGone(Exception):
    """The file of an import isn't there any more, or is another than when it was started."""


@dataclass(frozen=True, slots=True)
class UploadedFile:
    """What was uploaded: bytes, what tells it from another, and how it begins."""

    size: int
    tag: str
    head: bytes


class ImportFiles(Protocol):
    """The files of imports, and their reports."""

    def form(self, imported: ContactImport, now: datetime) -> UploadForm:
        """A form that takes the file of this import alone."""
        ...

    def uploaded(self, imported: ContactImport) -> UploadedFile | None:
        """What was uploaded, if something was."""
        ...

    def open(self, imported: ContactImport, offset: int) -> Iterator[bytes]:
        """What was uploaded, as it is there, from an offset on, in pieces.

        Raises:
            FileGone: it isn't there any more.
        """
        ...

    def remove(self, imported: ContactImport) -> None:
        """Remove what was uploaded; nothing happens if nothing was."""
        ...

    def put_part(self, imported: ContactImport, number: int, content: str) -> None:
        """Write a part of the report, over what a worker before has left of it."""
        ...

    def join_parts(self, imported: ContactImport, head: str) -> None:
        """Make the report of its parts."""
        ...

    def report(self, imported: ContactImport) -> str:
        """A link to the report, for an hour."""
        ...


@dataclass(frozen=True, slots=True)
class Appointed:
    """An appointment that a contact has, by the caller's name of it: how it is reminded of, or None
    where it is off."""

    name: str
    contact_id: str
    plan: ReminderPlan | None


@dataclass(frozen=True, slots=True)
class Row:
    """A row as it was read.

    It is of the contact with this id, else of whoever has `address`. `want` says what it makes of
    the contact, or raises Refusal; then `at_least` says what is taken of it nevertheless, where
    somebody said no. `appointment` is what a row of reminders is. `explain` finds the column of a
    fault. `notes` are what was left out, though the row counts. Where `complaints` are
    there, nothing else is: it can't be read.
    """

    line: int
    behind: Place
    contact_id: str | None = None
    address: Address | None = None
    want: Callable[[Contact | None], Wanted] | None = None
    at_least: Callable[[Contact | None], Wanted] | None = None
    explain: Callable[[Fault], Complaint] | None = None
    notes: Sequence[Complaint] = ()
    complaints: Sequence[Complaint] = ()
    appointment: Appointed | None = None


class Unreadable(Exception):
    """The file as a whole can't be read (any further); `reason` is a code."""

    def __init__(self, reason: str):
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a file, and the headers that mean nothing."""

    rows: Iterator[Row]
    ignored: tuple[str, ...] = field(default=())


class RowReader(Protocol):
    """Reads rows: any separator, packed or not."""

    def read(
        self,
        plan: Plan,
        pieces: Callable[[int], Iterator[bytes]],
        place: Place,
        *,
        packed: bool,
        now: datetime,
    ) -> Rows:
        """The rows behind a place; `pieces` opens the file at an offset.

        Raises:
            Unreadable: there is nothing to read; so may its rows when they come to a bad end.
        """
        ...

    def lines(self, complaints: Iterable[Complaint]) -> str:
        """Complaints as lines of a report."""
        ...

    @property
    def head(self) -> str:
        """The first line of a report."""
        ...
