"""Time, and what is made up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import datetime


class Clock(Protocol):
    """The time."""

    def now(self) -> datetime:
        """The present instant, in UTC, in whole milliseconds."""
        ...


class Tokens(Protocol):
    """Randomness."""

    def token(self) -> str:
        """43 characters of 0-9A-Za-z: about 256 bits that nobody can guess."""
        ...
