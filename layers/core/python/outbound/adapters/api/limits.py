"""How many requests a key may make: counted in each process for itself, so approximate.

The headers are those of draft-ietf-httpapi-ratelimit-headers.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from datetime import timedelta
from math import ceil
from typing import TYPE_CHECKING

from outbound.domain.errors import Refusal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from outbound.domain.key import ApiKey

WINDOW = timedelta(minutes=1)
KEPT = 1000


@dataclass(frozen=True, slots=True)
class Standing:
    """What a key has left of its limit, and for how many seconds."""

    limit: int
    left: int
    seconds: int

    def headers(self) -> Mapping[str, str]:
        """The fields `RateLimit-Policy` and `RateLimit`."""
        return {
            "RateLimit-Policy": f'"default";q={self.limit};w={int(WINDOW.total_seconds())}',
            "RateLimit": f'"default";r={self.left};t={self.seconds}',
        }


class Limiter:
    """Counts in windows of a minute, each begun by a key's first request."""

    def __init__(self, default_per_minute: int):
        self._default = default_per_minute
        self._windows: OrderedDict[str, tuple[datetime, int]] = OrderedDict()

    def take(self, key: ApiKey, units: int, now: datetime) -> Standing:
        """Count `units` requests of a key: a batch is as many as its messages.

        One that is larger than the limit is let through while the window is fresh.

        Raises:
            Refusal: the key has too few left.
        """
        limit = key.limit_per_minute or self._default
        began, used = self._windows.get(key.id, (now, 0))
        if now - began >= WINDOW:
            began, used = now, 0
        seconds = ceil((began + WINDOW - now).total_seconds())
        if used + units > limit and used > 1:
            detail = (
                f"This API key may make {limit:,} requests a minute; a batch counts by messages."
            )
            raise Refusal("rate_limited", detail, retry_after=seconds)
        used += units
        self._windows[key.id] = (began, used)
        self._windows.move_to_end(key.id)
        if len(self._windows) > KEPT:
            self._windows.popitem(last=False)
        return Standing(limit, max(0, limit - used), seconds)

    def standing(self, key: ApiKey, now: datetime) -> Standing:
        """Where a key stands, without counting anything."""
        limit = key.limit_per_minute or self._default
        began, used = self._windows.get(key.id, (now, 0))
        seconds = max(0, ceil((began + WINDOW - now).total_seconds()))
        return Standing(limit, max(0, limit - used), seconds)
