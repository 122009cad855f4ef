"""Files, and the forms that take them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from outbound_client.models.answer import Answer


class UploadForm(Answer):
    """A form that takes a file: its fields, and the content as the last one, `file`."""

    url: str
    fields: Mapping[str, str]
    expires_at: datetime


class Media(Answer):
    """A file: `waiting`, `ready`, or `rejected` for a reason. `upload` is there while it waits."""

    id: str
    state: str
    reason: str | None = None
    name: str
    type: str
    size: int
    sha256: str | None = None
    page: Mapping[str, Any] | None = None
    created_at: datetime | None = None
    expires_at: datetime
    upload: UploadForm | None = None
