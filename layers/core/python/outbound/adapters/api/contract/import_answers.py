"""What answers hold of imports."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from outbound.adapters.api.contract.answers import Answered
from outbound.adapters.api.contract.catalog_answers import Upload
from outbound.adapters.api.contract.pattern import ImportId, Instant
from outbound.domain.contact_import import Format, ImportState, Kind, Origin

Count = Annotated[int, Field(ge=0)]


class ImportRows(Answered):
    """What became of its rows so far."""

    created: Count
    """They made a contact or a reminder."""
    changed: Count
    """They changed one."""
    unchanged: Count
    """They said nothing new."""
    refused: Count
    """They could not be taken; the report says why."""


class ImportPlace(Answered):
    """How far it is read."""

    bytes: Count
    """Of what is unpacked."""
    lines: Count
    """With the header."""


class ListedImport(Answered):
    """An import."""

    id: ImportId
    """Names the import."""
    type: Kind
    """What its rows are."""
    format: Format
    """How it holds them."""
    source: Origin
    """Whose columns it has."""
    columns: dict[str, str | None]
    """What headers were said to mean."""
    constants: dict[str, str]
    """What every row has."""
    state: ImportState
    """Where it is."""
    reason: str | None
    """Why it failed: `empty_file`, `not_csv`, `not_utf8`, `zip_archive`, `damaged_gzip`,
    `unpacks_too_large`, `no_contact_column` or `no_appointment_columns` (nothing says who or what
    its rows are), `no_pinpoint_columns`, `column_twice` (two say the same), `column_missing` (one
    of `columns` isn't in its header), `file_gone`."""
    size: Annotated[int, Field(ge=1)] | None
    """In bytes, as it was uploaded; null before it is started."""
    read: ImportPlace
    """How far it is."""
    rows: ImportRows
    """What became of its rows."""
    reported: Count
    """How many lines the report has; 10,000 at most."""
    ignored_columns: list[str]
    """Headers that mean nothing to us."""
    created_at: Instant
    """When it was announced."""
    started_at: Instant | None
    """When it was started."""
    finished_at: Instant | None
    """When it ended."""


class AnnouncedImport(ListedImport):
    """An import that was announced, and where to upload its file."""

    upload: Upload | None
    """Null once it is started."""


class Import(ListedImport):
    """An import with its report."""

    report: str | None
    """A link to the report as CSV, for an hour; null until the import has ended."""


class ImportList(Answered):
    """A page of imports, newest first."""

    items: list[ListedImport]
    """The imports."""
    next_cursor: str | None
    """The `cursor` of the next page; null at the end."""
