"""Settling: a file is looked at by whoever asks for it first, and is ready or rejected then."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from outbound.domain.media import MediaState, rejection

if TYPE_CHECKING:
    from outbound.domain.media import Media
    from outbound.ports import MediaCatalog, MediaFiles


def settled(media: Media, catalog: MediaCatalog, files: MediaFiles) -> Media:
    """The file, ready or rejected if it has been uploaded."""
    if media.state is not MediaState.WAITING:
        return media
    uploaded = files.uploaded(media)
    if uploaded is None:
        return media
    reason = rejection(media, uploaded)
    if reason is None and not files.keep(media, uploaded):
        return media
    state = MediaState.READY if reason is None else MediaState.REJECTED
    judged = replace(media, state=state, reason=reason)
    if catalog.settle(judged):
        return judged
    # Somebody else has looked at it meanwhile; what they saw stands.
    return catalog.get(media.tenant, media.id, media.created_at) or media
