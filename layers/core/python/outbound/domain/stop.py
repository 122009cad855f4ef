"""A channel that its provider has stopped: what waits, and when one message is tried again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from outbound.domain.words import Channel

FIRST_PROBE = timedelta(minutes=1)
LONGEST_WAIT = timedelta(minutes=15)
FAILURES = 5
"""Failing answers in a row, of one worker, after which its provider is taken to be down."""
CIRCUIT_OPEN = "CircuitOpen"
"""The code of a stop that we made ourselves, because the provider kept failing."""


@dataclass(frozen=True, slots=True)
class Stop:
    """Nothing is handed over on `channel` but one message at `probe_at`.

    `code` is the provider's, or CIRCUIT_OPEN; `probes` counts the messages tried since.
    """

    channel: Channel
    at: datetime
    code: str
    probe_at: datetime
    probes: int = 0


def stopped(channel: Channel, code: str, now: datetime) -> Stop:
    """The stop that begins now."""
    return Stop(channel, now, code, now + FIRST_PROBE)


def probed(stop: Stop, now: datetime) -> Stop:
    """The stop while a message is tried: should it fail, the next is tried after 2, 4, 8, 15 min.

    The wait is set before the message is handed over, so a worker that dies holds up nothing.
    """
    wait = min(FIRST_PROBE * 2 ** (stop.probes + 1), LONGEST_WAIT)
    return replace(stop, probe_at=now + wait, probes=stop.probes + 1)
