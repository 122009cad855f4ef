"""`outbound media`: upload, get, remove."""

from __future__ import annotations

import mimetypes
from pathlib import Path
from typing import TYPE_CHECKING

from outbound_client.command import show
from outbound_client.command.access import client
from outbound_client.command.failures import Failure

if TYPE_CHECKING:
    from argparse import Namespace

    from outbound_client.command.surroundings import Surroundings
    from outbound_client.models import Media

_NAMES = {"audio/x-wav": "audio/wav", "audio/mp4a-latm": "audio/mp4"}
"""Types that Python calls by another name."""


def upload(asked: Namespace, around: Surroundings) -> None:
    """Upload a file; its id is what messages name."""
    path = Path(asked.file)
    guess = mimetypes.guess_type(path.name)[0]
    kind = asked.type or _NAMES.get(guess or "", guess)
    if kind is None:
        raise Failure(f"{path.name}: give its --type, which its name doesn't tell.")
    try:
        content = path.read_bytes()
    except OSError as error:
        raise Failure(f"{asked.file}: {error.strerror}.") from None
    with client(asked, around) as api:
        media = api.upload_media(
            path.name,
            content,
            type=kind,
            expires_in=asked.expires_in,
            contact_id=asked.contact,
        )
    if asked.json:
        show.as_json(media)
    else:
        print(f"{media.id}  {media.state}{f': {media.reason}' if media.reason else ''}")
    if media.state != "ready":
        raise Failure(f"{path.name} can't be sent: {media.reason or media.state}.")


def get(asked: Namespace, around: Surroundings) -> None:
    """Show a file, as it stands."""
    with client(asked, around) as api:
        _show(api.get_media(asked.id), asked)


def remove(asked: Namespace, around: Surroundings) -> None:
    """Remove a file."""
    with client(asked, around) as api:
        _show(api.delete_media(asked.id), asked)


def _show(media: Media, asked: Namespace) -> None:
    if asked.json:
        show.as_json(media)
        return
    show.fields(
        [
            ("id", media.id),
            ("state", media.state),
            ("reason", media.reason),
            ("name", media.name),
            ("type", media.type),
            ("bytes", media.size),
            ("expires", show.when(media.expires_at)),
        ]
    )
