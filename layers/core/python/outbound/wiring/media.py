"""The keeping of files."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from outbound.wiring import catalog, files, process

if TYPE_CHECKING:
    from outbound.flow.media import MediaPorts


@cache
def media() -> MediaPorts:
    """What the keeping of files works with."""
    from outbound.flow.media import MediaPorts

    return MediaPorts(
        process.clock,
        process.tokens,
        process.secret(),
        catalog.media(),
        files.media(),
        catalog.idempotency(),
    )
