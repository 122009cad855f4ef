"""Sending: a message of a reminder, made once, however often it is tried."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from outbound.domain import ids
from outbound.domain.campaign import Route
from outbound.domain.errors import Refusal
from outbound.domain.fallback import channels_for
from outbound.domain.key import ApiKey
from outbound.domain.message import WAITING, Change, Entry, Status
from outbound.domain.reminder import LATE, Fate, Handled, view
from outbound.domain.route import turns_at
from outbound.domain.words import RouteMode
from outbound.flow.intake import Request, TemplateChoice, store
from outbound.flow.preparing import message_of, prepare
from outbound.flow.recipient import To, look_up
from outbound.flow.routed import RouteRequest, messages_of, prepare_route
from outbound.flow.routing import messages_in, store_route
from outbound.ports import Claim

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from outbound.domain.contact import Contact
    from outbound.domain.event_rule import Way
    from outbound.domain.message import Message
    from outbound.domain.reminder import Firing, Reminder
    from outbound.domain.words import Channel
    from outbound.flow.intake import Intake
    from outbound.flow.preparing import Ready
    from outbound.flow.reminders.ports import TendingPorts
    from outbound.flow.routed import ReadyRoute
    from outbound.ports import Known

CHANGED = "reminder_changed"
VARIABLE = "reminder"
"""What bodies find the reminder as."""


def send(reminder: Reminder, firing: Firing, ports: TendingPorts) -> Handled:
    """Make a message, or those of a route, and queue it; or say why there is none."""
    intake = ports.intake
    now = intake.clock.now()
    if firing.expires_at <= now:
        before = _made_before(reminder, firing, ports)
        return before or _missed(reminder, firing, ports)
    named = [(To(contact_id=reminder.contact_id), each) for each in reminder.plan.channels]
    known = look_up(named, reminder.tenant, intake.gate.contacts, intake.secret)
    key = acting(reminder)
    try:
        message_id = _made(reminder, firing, key, known, now, intake)
    except Refusal as refusal:
        ports.signals.count("ReminderFailed", channel=reminder.plan.channel)
        before = _made_before(reminder, firing, ports)
        return before or Handled(firing.key, firing.at, Fate.FAILED, refusal.code)
    return Handled(firing.key, firing.at, Fate.SENT, message_id=message_id)


def take_back(reminder: Reminder, firing: Firing, ports: TendingPorts) -> Handled:
    """Cancel a message that has not left, since its reminder was cancelled meanwhile."""
    intake, now = ports.intake, ports.intake.clock.now()
    entry = Entry(Status.CANCELLED, now, "reminder_cancelled")
    change = Change(Status.CANCELLED, entry, WAITING)
    # Of a route the last one first, as where one is cancelled by hand.
    for ref in reversed(_refs(reminder, firing, intake)):
        intake.messages.apply(ref, change)
    return _made_before(reminder, firing, ports) or Handled(
        firing.key, firing.at, Fate.SKIPPED, "cancelled"
    )


def call_off(reminder: Reminder, intake: Intake) -> None:
    """Let no channel follow on what was sent before the reminder was changed or cancelled."""
    if reminder.plan.route is None:
        return
    now = intake.clock.now()
    change = Change(Status.CANCELLED, Entry(Status.CANCELLED, now, CHANGED), WAITING)
    for handled in reminder.handled:
        if handled.fate is Fate.SENT and handled.at > now - LATE:
            for ref in reversed(_refs(reminder, handled, intake)):
                intake.messages.apply(ref, change)


def _made(
    reminder: Reminder, firing: Firing, key: ApiKey, known: Known, now: datetime, intake: Intake
) -> str:
    """The id of the message that was made; of a route's, of the first.

    Raises:
        Refusal: something speaks against it.
    """
    route = reminder.plan.route
    if route is None:
        ready = ready_for(reminder, firing, key, known, now, intake)
        ref = ref_of(reminder, firing, intake)
        message = message_of(ready, key, Claim("", ref.id, now), now, intake)
        store(message, ready.body, now, intake)
        return ref.id
    contact = known.contacts.get(reminder.contact_id)
    in_time = replace(route, channels=_in_time(route, contact, firing, now))
    several = route_for(reminder, firing, in_time, key, known, now, intake)
    claim = Claim("", route_id_of(reminder, firing, intake), now)
    made: Sequence[Message] = messages_of(several, key, claim, now, intake)
    if not store_route(several, made, now, intake):
        made = messages_in(reminder.tenant, claim.resource, intake.messages)
    return made[0].id


def _in_time(
    route: Way, contact: Contact | None, firing: Firing, now: datetime
) -> tuple[Channel, ...]:
    """The channels whose turn comes before it is too late: what is late has less time for them."""
    if contact is None or route.mode is RouteMode.ALL:
        return route.channels
    fits = [turns_at(now, route.after, n) < firing.expires_at for n in range(len(route.channels))]
    if all(fits):
        return route.channels
    return channels_for(contact, Route(route.channels, route.after))[: sum(fits)]


def route_for(
    reminder: Reminder,
    firing: Firing,
    route: Way,
    key: ApiKey,
    known: Known,
    now: datetime,
    intake: Intake,
) -> ReadyRoute:
    """A firing over several channels, checked as intake checks a route.

    Raises:
        Refusal: something speaks against it.
    """
    assert route.mode is not None
    each = [_request(reminder, firing, channel, now) for channel in route.channels]
    wanted = RouteRequest(route.mode, route.after, each, None, "")
    return prepare_route(wanted, key, known, now, intake)


def ready_for(
    reminder: Reminder,
    firing: Firing,
    key: ApiKey,
    known: Known,
    now: datetime,
    intake: Intake,
) -> Ready:
    """A firing, checked as intake checks a message.

    Raises:
        Refusal: something speaks against it.
    """
    request = _request(reminder, firing, reminder.plan.channel, now)
    return prepare(request, key, known, now, intake)


def _request(reminder: Reminder, firing: Firing, channel: Channel, now: datetime) -> Request:
    plan, template = reminder.plan, firing.template
    later = firing.at > now
    return Request(
        to=To(contact_id=reminder.contact_id),
        channel=channel,
        purpose=plan.purpose,
        topic=plan.topic,
        content=None,
        template=TemplateChoice(template.id, template.version or None),
        data={**plan.data, VARIABLE: view(reminder, firing)},
        send_at=firing.at if later else None,
        expires_at=firing.expires_at,
        on_unconfirmed=None,
        idempotency_key=None,
        fingerprint="",
    )


def acting(reminder: Reminder) -> ApiKey:
    """Stands for the key that made the reminder, with no right but to send this."""
    return ApiKey(
        id=reminder.created_by,
        digest="",
        name=VARIABLE,
        tenant=reminder.tenant,
        mode=reminder.mode,
        scopes=frozenset(),
        purposes=frozenset({reminder.plan.purpose}),
        created_at=reminder.created_at,
    )


def ref_of(reminder: Reminder, firing: Firing | Handled, intake: Intake) -> ids.MessageRef:
    """The message that a firing makes: the same for whoever derives it again."""
    contact = ids.contact_key(intake.secret, reminder.tenant, reminder.contact_id)
    message_id = ids.message_id(contact, firing.at, *_cause(reminder, firing))
    return ids.MessageRef(reminder.tenant, message_id)


def route_id_of(reminder: Reminder, firing: Firing | Handled, intake: Intake) -> str:
    """The route that a firing makes, in the same way."""
    contact = ids.contact_key(intake.secret, reminder.tenant, reminder.contact_id)
    return ids.route_id(contact, firing.at, *_cause(reminder, firing))


def _cause(reminder: Reminder, firing: Firing | Handled) -> tuple[str, ...]:
    return reminder.tenant, reminder.mode, f"{reminder.id}#{firing.key}"


def _refs(reminder: Reminder, firing: Firing | Handled, intake: Intake) -> list[ids.MessageRef]:
    """Where its messages are, or would be."""
    plan = reminder.plan
    if plan.route is None:
        return [ref_of(reminder, firing, intake)]
    route = route_id_of(reminder, firing, intake)
    return [
        ids.MessageRef(reminder.tenant, ids.message_of_route(route, each)) for each in plan.channels
    ]


def _made_before(reminder: Reminder, firing: Firing, ports: TendingPorts) -> Handled | None:
    for ref in _refs(reminder, firing, ports.intake):
        if (message := ports.intake.messages.get(ref)) is not None:
            return Handled(firing.key, firing.at, Fate.SENT, message_id=message.id)
    return None


def _missed(reminder: Reminder, firing: Firing, ports: TendingPorts) -> Handled:
    ports.signals.count("ReminderMissed", channel=reminder.plan.channel)
    ports.signals.note("reminder missed", channel=reminder.plan.channel, code=reminder.id)
    return Handled(firing.key, firing.at, Fate.MISSED, "expired")
