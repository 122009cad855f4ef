"""When a request is worth repeating, and after how long."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import httpx

_BUSY = frozenset(
    {
        HTTPStatus.TOO_MANY_REQUESTS,
        HTTPStatus.BAD_GATEWAY,
        HTTPStatus.SERVICE_UNAVAILABLE,
        HTTPStatus.GATEWAY_TIMEOUT,
    }
)


@dataclass(frozen=True, slots=True)
class Retry:
    """How often, and for how long at most, a request is repeated."""

    attempts: int = 4
    first_wait: float = 0.5
    longest_wait: float = 20.0

    def wait_before(self, attempt: int, asked: float | None) -> float | None:
        """Seconds until `attempt` (the second is 2), or None when it isn't worth it."""
        if attempt > self.attempts:
            return None
        if asked is not None:
            return asked if asked <= self.longest_wait else None
        ceiling = min(self.longest_wait, self.first_wait * 2 ** (attempt - 2))
        return random.uniform(ceiling / 2, ceiling)


def is_busy(response: httpx.Response) -> bool:
    """Whether the same request may be answered otherwise a little later."""
    in_flight = response.status_code == HTTPStatus.CONFLICT and "Retry-After" in response.headers
    return in_flight or response.status_code in _BUSY


def retry_after(response: httpx.Response) -> float | None:
    """Seconds of the Retry-After header, which is a number or a date."""
    text = response.headers.get("Retry-After", "").strip()
    if text.isascii() and text.isdigit():
        return float(text)
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())
