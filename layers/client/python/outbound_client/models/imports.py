"""Files of contacts and of appointments."""

from collections.abc import Mapping
from datetime import datetime

from outbound_client.models.answer import Answer
from outbound_client.models.media import UploadForm


class ImportRows(Answer):
    """What became of the rows of a file."""

    created: int
    changed: int
    unchanged: int
    refused: int


class ImportPlace(Answer):
    """How far a file is read: of what is unpacked, with the header."""

    bytes: int
    lines: int


class Import(Answer):
    """A file of contacts or of appointments: `report` is a link, once it has ended; `upload` a
    form, before."""

    id: str
    type: str
    format: str
    source: str
    columns: Mapping[str, str | None]
    constants: Mapping[str, str]
    state: str
    reason: str | None = None
    size: int | None = None
    read: ImportPlace
    rows: ImportRows
    reported: int
    ignored_columns: tuple[str, ...]
    created_at: datetime
    started_at: datetime | None = None
    finished_at: datetime | None = None
    upload: UploadForm | None = None
    report: str | None = None


class ImportPage(Answer):
    """Some imports, newest first."""

    items: tuple[Import, ...]
    next_cursor: str | None = None
