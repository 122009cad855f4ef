"""What is done while a provider has stopped its channel: park, try one message, go on.

A provider that keeps failing is treated like one that refuses: what it would have swallowed waits.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from outbound.domain.message import WAITING, Change, Entry, Status
from outbound.domain.outcome import Kind
from outbound.domain.stop import CIRCUIT_OPEN, FAILURES, stopped
from outbound.domain.words import Mode

if TYPE_CHECKING:
    from outbound.domain.ids import MessageRef
    from outbound.domain.message import Message
    from outbound.domain.outcome import Outcome
    from outbound.domain.stop import Stop
    from outbound.flow.deliver import Deliver

REASON = "channel_stopped"


@dataclass(slots=True)
class Failures:
    """How often in a row the provider has failed this worker."""

    in_a_row: int = 0


def park(ref: MessageRef, stop: Stop, ports: Deliver) -> bool:
    """Whether the message waits for its channel from now on; it costs one write, and once only.

    One that may be the next to be tried, that is over, or is only rehearsed, takes the usual way.
    """
    now = ports.clock.now()
    if stop.probe_at <= now:
        return False
    message = ports.messages.get(ref)
    if message is None or message.mode is Mode.TEST or message.status not in WAITING:
        return False
    if message.not_before > now or message.expires_at <= now:
        return False
    return message.parked or put_back(message, ref, stop, ports)


def put_back(message: Message, ref: MessageRef, stop: Stop, ports: Deliver) -> bool:
    """Park a message, waiting or claimed; False when somebody else was quicker."""
    entry = Entry(Status.DEFERRED, ports.clock.now(), REASON, code=stop.code)
    claimed = message.status is Status.SENDING
    change = Change(
        Status.DEFERRED,
        entry,
        frozenset({message.status}),
        attempt=message.attempt if claimed else None,
        parked=message.channel,
    )
    return ports.messages.apply(ref, change) is not None


def learn(outcome: Outcome, probing: Stop | None, ports: Deliver) -> None:
    """Stop the channel, or let it go on, by what its provider has just answered.

    `probing` is the stop during which this message was tried. A provider that refused everything
    may judge a single message before it looks at the account, so only a message that it took
    says that it goes on; one that was failing is back with any answer that can be read.
    """
    failures = ports.failures
    failures.in_a_row = failures.in_a_row + 1 if outcome.failing else 0
    if outcome.kind is Kind.STOPPED:
        _begin(outcome.code or "", ports)
    elif failures.in_a_row >= FAILURES:
        _begin(CIRCUIT_OPEN, ports)
    elif probing is not None and (outcome.kind is Kind.SENT or _back(outcome, probing)):
        ports.stops.end(probing)
        ports.signals.note("channel resumed", channel=probing.channel, code=probing.code)


def _back(outcome: Outcome, probing: Stop) -> bool:
    return probing.code == CIRCUIT_OPEN and not outcome.failing


def _begin(code: str, ports: Deliver) -> None:
    stop = stopped(ports.channel, code, ports.clock.now())
    if ports.stops.begin(stop):
        ports.signals.note("channel stopped", channel=stop.channel, code=code)
