"""Where other systems hear of events."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from outbound.domain.event import Event


class EventsRefused(Exception):
    """Some events were not taken; all are to be told again."""


class EventBus(Protocol):
    """The bus that rules of the account listen to."""

    def put(self, events: Sequence[Event]) -> None:
        """Tell events; all are told when it returns.

        Raises:
            EventsRefused: some are not.
        """
        ...
