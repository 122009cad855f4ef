"""Exports of runs: how far each is, and its file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from outbound.domain.recipient_row import RecipientRow
    from outbound.domain.run import RunRef
    from outbound.domain.run_export import RunExport


class RunExports(Protocol):
    """The last export of each run."""

    def get(self, ref: RunRef) -> RunExport | None:
        """How far it is."""
        ...

    def put(self, export: RunExport) -> bool:
        """Write the first version, or one over the version before its own; False if others have."""
        ...

    def attend(self, ref: RunRef, began_at: datetime) -> None:
        """Remember that an export has begun, for the clock, which has no list of tenants, and for
        an erasure, which has none of runs.
        """
        ...

    def of_tenant(self, tenant: str) -> Iterable[RunRef]:
        """Of which runs there may be exports, done or not."""
        ...

    def attended(self) -> Iterable[tuple[RunRef, datetime]]:
        """Of which runs exports have begun and not ended, and when."""
        ...

    def leave(self, ref: RunRef, began_at: datetime) -> None:
        """Forget that it has begun: it has ended."""
        ...


class UploadGone(Exception):
    """What was stored of a file is gone."""


class ExportFiles(Protocol):
    """The files of exports, which come to be one when all their parts are there."""

    @property
    def least(self) -> int:
        """How many bytes a part must have that isn't the last."""
        ...

    def begin(self, export: RunExport) -> str:
        """The name of a new upload."""
        ...

    def put_part(self, export: RunExport, number: int, content: bytes) -> str:
        """Store a part; what tells it from another.

        Raises:
            UploadGone: its upload has ended.
        """
        ...

    def put_rest(self, export: RunExport, number: int, content: bytes) -> None:
        """Store what is too small to be a part."""
        ...

    def rest(self, export: RunExport, number: int) -> bytes:
        """What was stored.

        Raises:
            UploadGone: it isn't there any more.
        """
        ...

    def join(self, export: RunExport) -> None:
        """Make the file of the parts that the export names; what it was made of already stands.

        Raises:
            UploadGone: they aren't there any more.
        """
        ...

    def remove(self, export: RunExport) -> None:
        """Remove whatever is stored of it: nothing more comes to its upload."""
        ...

    def link(self, export: RunExport) -> str:
        """A link to the file, for an hour."""
        ...


class RowLines(Protocol):
    """Writes rows as lines."""

    @property
    def head(self) -> str:
        """The first line of a file."""
        ...

    def lines(self, rows: Iterable[RecipientRow]) -> str:
        """A line for each row."""
        ...
