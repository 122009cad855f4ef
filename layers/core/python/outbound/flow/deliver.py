"""Deliver: claim, gate, render, hand over, record.

The claim comes before the call and each call is made once, so a crash or a timeout leaves the
message in doubt (`unconfirmed`), never in two places. The sweep brings it back when its lease is
over, and `on_unconfirmed` says what then.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from outbound.domain.budget import SPENT
from outbound.domain.ids import MessageRef
from outbound.domain.message import Change, Entry, Status
from outbound.domain.words import Mode, OnUnconfirmed
from outbound.flow.asking import ask, give_back
from outbound.flow.holding import as_campaign_takes, held_by
from outbound.flow.keeping_back import fail, hold, release
from outbound.flow.next_channel import SENDING, earlier_of, follow, out_of_turn, pass_over
from outbound.flow.outgoing import Unsendable, outgoing_of
from outbound.flow.paying import pay, put_back, settle
from outbound.flow.record import record
from outbound.flow.stopping import Failures, learn, park
from outbound.flow.stopping import put_back as park_again

if TYPE_CHECKING:
    from datetime import timedelta

    from outbound.domain.budget import Charge
    from outbound.domain.content import Body
    from outbound.domain.message import Message
    from outbound.domain.sender import Senders
    from outbound.domain.stop import Stop
    from outbound.domain.words import Channel
    from outbound.flow.asking import Gate
    from outbound.ports import (
        Alerts,
        Budgets,
        Campaigns,
        Carrier,
        Claimed,
        Clock,
        Correlation,
        CouponPools,
        Links,
        MediaCatalog,
        Messages,
        Outgoing,
        Renderer,
        ShortLinks,
        Signals,
        Stops,
        Suppressions,
        Versions,
    )


@dataclass(frozen=True, slots=True)
class Deliver:
    """What the worker of a channel works with.

    `rehearsal` stands in for the provider under test keys; `senders` and `links` are there for
    email alone. `pages_url` is where short links are; `mms` is whether texts can have files.
    """

    channel: Channel
    clock: Clock
    messages: Messages
    gate: Gate
    suppressions: Suppressions
    correlation: Correlation
    templates: Versions
    renderer: Renderer
    carrier: Carrier
    rehearsal: Carrier
    stops: Stops
    signals: Signals
    lease: timedelta
    media: MediaCatalog
    campaigns: Campaigns
    alerts: Alerts
    budgets: Budgets
    coupons: CouponPools
    short_links: ShortLinks
    pages_url: str
    mms: bool = False
    senders: Senders | None = None
    links: Links | None = None
    failures: Failures = field(default_factory=Failures)


def deliver(ref: MessageRef, ports: Deliver) -> bool:
    """Bring one message on its way, if it is to be had; a duplicate ends here without effect.

    Returns whether the provider was called: its rate counts calls.

    Raises:
        Exception: something of ours failed before the hand-over; the message waits again.
    """
    stop = ports.stops.current(ports.channel)
    if stop is not None and park(ref, stop, ports):
        return False
    claimed = _claim(ref, ports)
    if claimed is None:
        return False
    message = claimed.message
    try:
        outgoing = _prepare(message, claimed.body, ports)
        charge = _paid(message, ports) if outgoing is not None else None
    except Exception:
        # It surely wasn't handed over: without this it would count as in doubt.
        release(message, ports)
        raise
    if outgoing is None or charge is None:
        return False
    if message.mode is Mode.TEST:
        record(message, ports.rehearsal, ports.rehearsal.hand_over(outgoing), ports)
        return False
    return _hand_over(message, outgoing, charge, stop, ports)


def put_off(ref: MessageRef, ports: Deliver) -> None:
    """Leave a message to the next sweep, for lack of time.

    Giving it back to its queue would count as a failure there, and a slow provider is none.
    """
    ports.messages.put_off(ref, ports.clock.now())


def _hand_over(
    message: Message, outgoing: Outgoing, charge: Charge, stop: Stop | None, ports: Deliver
) -> bool:
    if stop is not None and not ports.stops.probe(stop, ports.clock.now()):
        put_back(charge, charge.amount, ports.budgets)
        park_again(message, outgoing.ref, stop, ports)
        return False
    outcome = ports.carrier.hand_over(outgoing)
    settle(charge, outcome, ports.budgets)
    record(message, ports.carrier, outcome, ports)
    learn(outcome, stop, ports)
    return True


def _carrier(message: Message, ports: Deliver) -> Carrier:
    return ports.rehearsal if message.mode is Mode.TEST else ports.carrier


def _claim(ref: MessageRef, ports: Deliver) -> Claimed | None:
    now = ports.clock.now()
    claimed = ports.messages.claim(ref, now=now, lease=ports.lease)
    if claimed is not None:
        return claimed
    current = ports.messages.get(ref)
    if current is None or current.status is not Status.SENDING:
        if current is not None:
            follow(current, ports.messages, now)
        return None
    if current.lease_until is None or current.lease_until > now:
        return None
    _give_up(current, ports)
    if current.on_unconfirmed is OnUnconfirmed.NEVER:
        return None
    return ports.messages.claim(ref, now=now, lease=ports.lease)


def _give_up(message: Message, ports: Deliver) -> None:
    """Whoever claimed this message has died; nobody knows whether it was handed over."""
    now = ports.clock.now()
    resend = message.on_unconfirmed is OnUnconfirmed.RESEND
    ref = MessageRef(message.tenant, message.id)
    if not _carrier(message, ports).tags_come_back and message.lease_until is not None:
        ports.correlation.lose(message.address, message.lease_until - ports.lease, ref)
    entry = Entry(Status.UNCONFIRMED, now, "lease_expired")
    change = Change(
        Status.UNCONFIRMED,
        entry,
        SENDING,
        attempt=message.attempt,
        due=now if resend else None,
    )
    if ports.messages.apply(ref, change):
        ports.signals.count("Unconfirmed", channel=message.channel)


def _prepare(message: Message, body: Body, ports: Deliver) -> Outgoing | None:
    now = ports.clock.now()
    if (held := held_by(message, now, ports.campaigns, ports.alerts)) is not None:
        ports.messages.apply(MessageRef(message.tenant, message.id), held)
        return None
    earlier = earlier_of(message, ports.messages)
    if (waits := out_of_turn(message, earlier, now)) is not None:
        ports.messages.apply(MessageRef(message.tenant, message.id), waits)
        return None
    decision = as_campaign_takes(ask(message, now, ports.gate), message, ports.campaigns)
    if decision.verdict != "send":
        hold(message, decision, now, ports)
        return None
    outgoing = outgoing_of(message, body, now, ports)
    if isinstance(outgoing, Unsendable):
        # Intake rendered the same content with the same data, so a template's fault is that of a
        # message from before a change of the language.
        fail(message, outgoing.reason, ports)
        return None
    if (waits := pass_over(message, earlier, now, ports.messages)) is not None:
        ports.messages.apply(MessageRef(message.tenant, message.id), waits)
        return None
    ports.short_links.put(outgoing.linked)
    return outgoing


def _paid(message: Message, ports: Deliver) -> Charge | None:
    """Pay for a message of which nothing but the hand-over is left; else it is blocked."""
    now = ports.clock.now()
    charge = pay(message, now, ports.budgets)
    if charge is None:
        hold(message, SPENT, now, ports)
        # The gate had let it leave, so it has a slot.
        give_back(message, ports.gate)
    return charge
