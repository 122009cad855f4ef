"""The time and the randomness of the machine."""

from __future__ import annotations

import secrets
import string
from datetime import UTC, datetime

from outbound.domain.instant import to_milliseconds

_ALPHABET = string.digits + string.ascii_letters


class SystemClock:
    """The clock of the machine."""

    def now(self) -> datetime:
        """The present instant, in UTC, in whole milliseconds."""
        return to_milliseconds(datetime.now(UTC))


class SystemTokens:
    """The operating system's source of randomness."""

    def token(self) -> str:
        """43 characters of 0-9A-Za-z."""
        return "".join(secrets.choice(_ALPHABET) for _ in range(43))
