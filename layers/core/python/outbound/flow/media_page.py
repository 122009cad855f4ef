"""The page of a file: its needs are checked when it is announced; its link shows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from outbound.domain.errors import refused_at
from outbound.domain.media import LARGEST_CAPTIONS, MediaState
from outbound.domain.media_types import CAPTIONS, TYPES, Shown
from outbound.flow.settling import settled
from outbound.ports import MediaGone

if TYPE_CHECKING:
    from datetime import datetime

    from outbound.domain.link import MediaLink
    from outbound.domain.media import Media
    from outbound.flow.media import NewMedia
    from outbound.ports import Clock, Links, MediaCatalog, MediaFiles, Speakers

SAME_DAY = timedelta(days=1)
"""Files of one page are uploaded one after the other, and kept for equally long."""


@dataclass(frozen=True, slots=True)
class MediaPagePorts:
    """What the pages of files work with."""

    clock: Clock
    catalog: MediaCatalog
    files: MediaFiles
    links: Links
    speakers: Speakers


@dataclass(frozen=True, slots=True)
class View:
    """A file as it is shown: where it is for the next hour, and in whose name."""

    media: Media
    shown: Shown | None
    url: str
    organisation: str
    poster: str | None = None
    captions: bool = False


def check_page(
    request: NewMedia, tenant: str, now: datetime, catalog: MediaCatalog, files: MediaFiles
) -> None:
    """Check the files that the page of a file needs.

    Raises:
        Refusal: one isn't there, not ready, of another type, or expires first.
    """
    page = request.page
    needed = {"captions_id": page.captions_id, "poster_id": page.poster_id}
    for name, media_id in needed.items():
        if media_id is None:
            continue
        place = f"/page/{name}"
        media = catalog.get(tenant, media_id, now)
        if media is None:
            raise refused_at(place, "media_not_found", "There is no file with this id.")
        if not _fits(name, media):
            raise refused_at(place, "wrong_media_type", f"{name} must be {_WANTED[name]}.")
        if name == "captions_id" and media.size > LARGEST_CAPTIONS:
            message = f"Captions may have {LARGEST_CAPTIONS:,} bytes."
            raise refused_at(place, "message_too_large", message)
        if settled(media, catalog, files).state is not MediaState.READY:
            message = "The file is not uploaded, or was rejected."
            raise refused_at(place, "media_not_ready", message)
        if media.expires_at + SAME_DAY < now + request.expires_in:
            message = "The file expires before the one that needs it; give it a longer expires_in."
            raise refused_at(place, "media_expires_first", message)


_WANTED = {
    "captions_id": f"a file of the type {CAPTIONS}",
    "poster_id": "a picture: GIF, JPEG, PNG or WebP",
}


def view(link: MediaLink, ports: MediaPagePorts) -> View | None:
    """What there is to see by a link; None where the file is gone, or was never good."""
    media = _ready(link.tenant, link.media_id, ports)
    if media is None:
        return None
    shown = TYPES[media.type].shown
    poster = _ready(link.tenant, media.page.poster_id, ports)
    return View(
        media,
        shown,
        ports.files.view(media, download=shown is None),
        ports.speakers.of(link.tenant).name,
        poster=ports.files.view(poster) if poster else None,
        captions=_ready(link.tenant, media.page.captions_id, ports) is not None,
    )


def captions(link: MediaLink, ports: MediaPagePorts) -> bytes | None:
    """The captions of a file; None where there are none."""
    media = _ready(link.tenant, link.media_id, ports)
    found = _ready(link.tenant, media.page.captions_id, ports) if media else None
    if found is None or not _fits("captions_id", found):
        return None
    try:
        return ports.files.read(found)
    except MediaGone:
        return None


def _ready(tenant: str, media_id: str | None, ports: MediaPagePorts) -> Media | None:
    media = ports.catalog.get(tenant, media_id, ports.clock.now()) if media_id else None
    return media if media is not None and media.state is MediaState.READY else None


def _fits(name: str, media: Media) -> bool:
    if name == "captions_id":
        return media.type == CAPTIONS
    return TYPES[media.type].shown is Shown.PICTURE
