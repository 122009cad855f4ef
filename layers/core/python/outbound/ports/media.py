"""Files that go with messages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from outbound.domain.media import Media, Uploaded


class MediaCatalog(Protocol):
    """Files as they were announced, by tenant; past its expiry a file is absent."""

    def insert(self, media: Media) -> None:
        """Write down a file that shall be uploaded; nothing happens if it is there already."""
        ...

    def get(self, tenant: str, media_id: str, now: datetime) -> Media | None:
        """A file as it is now."""
        ...

    def settle(self, media: Media) -> bool:
        """Set state and reason of a file that is waiting; False when it no longer is."""
        ...

    def delete(self, media: Media) -> None:
        """Forget a file."""
        ...

    def of_contact(self, tenant: str, contact_key: str) -> Sequence[Media]:
        """The files that are about a contact, whatever became of them."""
        ...


@dataclass(frozen=True, slots=True)
class UploadForm:
    """An HTML form's action and fields, with which a file can be uploaded until `expires_at`."""

    url: str
    fields: Mapping[str, str]
    expires_at: datetime


class MediaGone(Exception):
    """A file that a message needs is no longer there."""


class MediaFiles(Protocol):
    """The files themselves. What is uploaded lies apart until it is kept."""

    def form(self, media: Media, now: datetime) -> UploadForm:
        """A form that takes this file alone."""
        ...

    def uploaded(self, media: Media) -> Uploaded | None:
        """What was uploaded, if something was."""
        ...

    def keep(self, media: Media, uploaded: Uploaded) -> bool:
        """Move what was looked at to where no form reaches; False when it is another by now."""
        ...

    def read(self, media: Media) -> bytes:
        """The content of a file that was kept.

        Raises:
            MediaGone: it isn't there.
        """
        ...

    def view(self, media: Media, *, download: bool = False) -> str:
        """An address at which anybody can see a file that was kept, for an hour.

        With `download` a browser saves it under its name.
        """
        ...

    def place(self, media: Media) -> str:
        """Where a file that was kept lies: s3://bucket/key."""
        ...

    def delete(self, media: Media) -> None:
        """Remove a file; nothing happens if it isn't there."""
        ...
