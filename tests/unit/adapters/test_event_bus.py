"""Events on EventBridge: ten at once, what is refused again, and nothing lost in silence."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

import pytest

from outbound.adapters.events.bus import AT_ONCE, TRIES, EventBridgeBus
from outbound.domain.event import Event
from outbound.ports import EventsRefused
from tests.memory.clock import START


@dataclass
class Bridge:
    """EventBridge, which refuses some events some times."""

    refuses: dict[str, int] = field(default_factory=dict)
    calls: list[list[str]] = field(default_factory=list)
    taken: list[str] = field(default_factory=list)

    def put_events(self, *, Entries: list[dict[str, Any]]) -> dict[str, Any]:
        ids = [json.loads(entry["Detail"])["id"] for entry in Entries]
        self.calls.append(ids)
        results = []
        for each in ids:
            if self.refuses.get(each, 0):
                self.refuses[each] -= 1
                results.append({"ErrorCode": "ThrottlingException", "ErrorMessage": "slow down"})
            else:
                self.taken.append(each)
                results.append({"EventId": each})
        failed = sum("ErrorCode" in result for result in results)
        return {"FailedEntryCount": failed, "Entries": results}


def some(count):
    return [Event(f"evt_{n}", "message.sent", START, "acme", {}) for n in range(count)]


def bus(bridge) -> EventBridgeBus:
    return EventBridgeBus(bridge, "bus")


def test_events_go_ten_in_a_request():
    bridge = Bridge()
    bus(bridge).put(some(23))

    assert [len(call) for call in bridge.calls] == [AT_ONCE, AT_ONCE, 3]
    assert bridge.taken == [f"evt_{n}" for n in range(23)]


def test_without_events_nothing_is_asked():
    bridge = Bridge()
    bus(bridge).put([])

    assert bridge.calls == []


def test_what_was_refused_is_told_again_alone():
    bridge = Bridge(refuses={"evt_1": 1, "evt_3": 2})
    bus(bridge).put(some(5))

    assert bridge.calls[1:] == [["evt_1", "evt_3"], ["evt_3"]]
    assert sorted(bridge.taken) == [f"evt_{n}" for n in range(5)]


def test_what_is_refused_for_long_fails_the_batch():
    bridge = Bridge(refuses={"evt_2": TRIES})

    with pytest.raises(EventsRefused):
        bus(bridge).put(some(5))
