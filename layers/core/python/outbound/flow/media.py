"""Media: announced, uploaded past us, looked at before first use, kept where no form reaches.

Nobody tells us that an upload is done. Whoever asks for a file that is waiting has it looked at;
what passes is copied, so that a form that is still valid can't put something else in its place.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from outbound.domain import ids
from outbound.domain.errors import Refusal
from outbound.domain.media import NOTHING_SAID, Media, MediaState
from outbound.flow.media_page import check_page
from outbound.flow.once import check_left_by_crash, repeats, reserve
from outbound.flow.settling import settled
from outbound.ports import Claim

if TYPE_CHECKING:
    from datetime import datetime, timedelta

    from outbound.domain.content import Enclosed
    from outbound.domain.key import ApiKey
    from outbound.domain.media import OnPage
    from outbound.ports import (
        Clock,
        Idempotency,
        MediaCatalog,
        MediaFiles,
        Tokens,
        UploadForm,
    )


@dataclass(frozen=True, slots=True)
class MediaPorts:
    """What the keeping of files works with."""

    clock: Clock
    tokens: Tokens
    secret: bytes
    catalog: MediaCatalog
    files: MediaFiles
    idempotency: Idempotency


@dataclass(frozen=True, slots=True)
class NewMedia:
    """A file as announced; `size` in bytes, `sha256` in hex."""

    name: str
    type: str
    size: int
    sha256: str | None
    expires_in: timedelta
    contact_id: str | None = None
    page: OnPage = NOTHING_SAID
    idempotency_key: str | None = None
    fingerprint: str = ""


@dataclass(frozen=True, slots=True)
class Announced:
    """A file, the form that takes it while it is waiting, and whether it was announced before."""

    media: Media
    form: UploadForm | None
    replayed: bool


def announce(request: NewMedia, key: ApiKey, ports: MediaPorts) -> Announced:
    """Write down a file that shall be uploaded, once for each idempotency key.

    Raises:
        Refusal: the idempotency key was used with another request, or is at work; or a file that
            its page needs isn't there.
    """
    now = ports.clock.now()
    try:
        check_page(request, key.tenant, now, ports.catalog, ports.files)
    except Refusal:
        media = _announced_before(request, key, now, ports)
        if media is None:
            raise
        return Announced(media, _form(media, now, ports), replayed=True)
    cause = request.idempotency_key or ports.tokens.token()
    mine = Claim(request.fingerprint, ids.media_id(key.tenant, now, cause), now)
    claim, earlier = reserve(ports.idempotency, key.tenant, key.mode, request.idempotency_key, mine)
    if earlier:
        media = ports.catalog.get(key.tenant, claim.resource, now)
        if media is not None:
            return Announced(media, _form(media, now, ports), replayed=True)
        check_left_by_crash(claim, now)
    media = Media(
        tenant=key.tenant,
        id=claim.resource,
        name=request.name,
        type=request.type,
        size=request.size,
        sha256=request.sha256,
        created_at=claim.at,
        expires_at=claim.at + request.expires_in,
        contact_key=_key_of(request.contact_id, key, ports),
        page=request.page,
    )
    ports.catalog.insert(media)
    return Announced(media, _form(media, now, ports), replayed=False)


def _announced_before(
    request: NewMedia, key: ApiKey, now: datetime, ports: MediaPorts
) -> Media | None:
    claim = repeats(
        ports.idempotency, key.tenant, key.mode, request.idempotency_key, request.fingerprint, now
    )
    return ports.catalog.get(key.tenant, claim.resource, now) if claim else None


def _key_of(contact_id: str | None, key: ApiKey, ports: MediaPorts) -> str | None:
    return ids.contact_key(ports.secret, key.tenant, contact_id) if contact_id else None


def find(media_id: str, key: ApiKey, ports: MediaPorts) -> Media:
    """A tenant's file, looked at if it wasn't before.

    Raises:
        Refusal: the tenant has none with this id.
    """
    media = ports.catalog.get(key.tenant, media_id, ports.clock.now())
    if media is None:
        raise _unknown()
    return settled(media, ports.catalog, ports.files)


def delete(media_id: str, key: ApiKey, ports: MediaPorts) -> Media:
    """Remove a tenant's file; messages that still need it will fail.

    Raises:
        Refusal: the tenant has none with this id.
    """
    media = ports.catalog.get(key.tenant, media_id, ports.clock.now())
    if media is None:
        raise _unknown()
    ports.files.delete(media)
    ports.catalog.delete(media)
    return media


def media_of(
    enclosed: Enclosed, tenant: str, now: datetime, catalog: MediaCatalog
) -> dict[str, Media] | None:
    """The media that a message needs, by id; None when one of them is gone."""
    found = {}
    for media_id in enclosed.media_ids:
        media = catalog.get(tenant, media_id, now)
        if media is None or media.state is not MediaState.READY:
            return None
        found[media_id] = media
    return found


def _form(media: Media, now: datetime, ports: MediaPorts) -> UploadForm | None:
    return ports.files.form(media, now) if media.state is MediaState.WAITING else None


def _unknown() -> Refusal:
    return Refusal("unknown_media", "There is no file with this id.")
