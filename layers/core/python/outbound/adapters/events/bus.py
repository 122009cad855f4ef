"""The bus over EventBridge."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from outbound.adapters.events.document import text_of
from outbound.ports import EventsRefused

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mypy_boto3_events import EventBridgeClient
    from mypy_boto3_events.type_defs import PutEventsRequestEntryTypeDef

    from outbound.domain.event import Event

SOURCE = "outbound"
AT_ONCE = 10
"""https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevents.html"""
TRIES = 3


@dataclass(frozen=True, slots=True)
class EventBridgeBus:
    """A bus by its name."""

    client: EventBridgeClient
    name: str

    def put(self, events: Sequence[Event]) -> None:
        """Ten in a request; those of it that were refused are told again at once, three times."""
        for start in range(0, len(events), AT_ONCE):
            left = [self._entry(event) for event in events[start : start + AT_ONCE]]
            for _ in range(TRIES):
                left = self._put(left)
                if not left:
                    break
            else:
                raise EventsRefused(f"{len(left)} events were not taken")

    def _put(
        self, entries: list[PutEventsRequestEntryTypeDef]
    ) -> list[PutEventsRequestEntryTypeDef]:
        answer = self.client.put_events(Entries=entries)
        if not answer["FailedEntryCount"]:
            return []
        told = zip(entries, answer["Entries"], strict=True)
        return [entry for entry, result in told if "ErrorCode" in result]

    def _entry(self, event: Event) -> PutEventsRequestEntryTypeDef:
        return {
            "EventBusName": self.name,
            "Source": SOURCE,
            "DetailType": event.type,
            "Time": event.at,
            "Detail": text_of(event),
        }
