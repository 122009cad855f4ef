"""What is read for each message of many, and may be a few seconds old."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from outbound.ports import Clock

KEPT_FOR = timedelta(seconds=5)
ValueT = TypeVar("ValueT")


class Kept(Generic[ValueT]):
    """Remembers what was read of a tenant's things, also that there was none, for 5 seconds."""

    def __init__(self, read: Callable[[str, str], ValueT | None], clock: Clock):
        self._read, self._clock = read, clock
        self._known: dict[tuple[str, str], tuple[datetime, ValueT | None]] = {}

    def get(self, tenant: str, name: str) -> ValueT | None:
        """A thing as it was at most 5 seconds ago."""
        place, now = (tenant, name), self._clock.now()
        read_at, value = self._known.get(place, (None, None))
        if read_at is None or now - read_at >= KEPT_FOR:
            value = self._read(tenant, name)
            self._known = {
                **{each: known for each, known in self._known.items() if now - known[0] < KEPT_FOR},
                place: (now, value),
            }
        return value

    def forget(self, tenant: str, name: str) -> None:
        """Read it again when it is next asked for."""
        self._known.pop((tenant, name), None)
