"""Settling a plan: its moment becomes an instant, its templates are pinned, and all is tried."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from outbound.domain.content import TemplateRef
from outbound.domain.errors import Fault, Refusal, refused_at
from outbound.domain.local_time import instant_at, on_clock
from outbound.domain.local_time import skipped as is_skipped
from outbound.domain.recurrence_rule import WrongRule
from outbound.domain.reminder import DOSE, GRACE, Appointment, Firing, Plan, Reminder, firings
from outbound.domain.route import turns_at
from outbound.domain.words import RouteMode
from outbound.flow.reminders.sending import VARIABLE, ready_for, route_for

if TYPE_CHECKING:
    from outbound.domain.key import ApiKey
    from outbound.domain.repetition import Repetition
    from outbound.flow.reminders.ports import ReminderPorts
    from outbound.ports import Known

FURTHEST = timedelta(days=366)
POINTERS = {"/to/contact_id": "/contact_id", "/to": "/contact_id", "/send_at": "/at"}


def settled(
    reminder: Reminder, key: ApiKey, known: Known, now: datetime, ports: ReminderPorts
) -> Plan:
    """The plan with its moment an instant and its templates pinned, all of them tried out."""
    plan = placed(reminder.plan, reminder.contact_id, known, now)
    reminder = replace(reminder, plan=plan)
    _check_route(plan, now)
    sample = _sample(reminder, now)
    pinned: dict[str, TemplateRef] = {}
    for pointer, template in _templates(plan):
        try:
            firing = replace(sample, template=template)
            pinned[pointer] = _tried(reminder, firing, key, known, now, ports)
        except Refusal as refusal:
            raise _at(refusal, pointer) from None
    refill = plan.refill
    return replace(
        plan,
        template=pinned["/template"],
        moved=pinned.get("/moved"),
        cancelled=pinned.get("/cancelled"),
        refill=replace(refill, template=pinned["/refill/template"]) if refill else None,
    )


def _tried(
    reminder: Reminder,
    firing: Firing,
    key: ApiKey,
    known: Known,
    now: datetime,
    ports: ReminderPorts,
) -> TemplateRef:
    """The version of the template of a firing, against which nothing speaks."""
    route = reminder.plan.route
    if route is None:
        ready = ready_for(reminder, firing, key, known, now, ports.intake)
    else:
        # What it says on each channel; whether there is time for all was looked at before.
        last = turns_at(firing.at, route.after, len(route.channels))
        firing = replace(firing, expires_at=max(firing.expires_at, last + GRACE))
        ready = route_for(reminder, firing, route, key, known, now, ports.intake).each[0]
    found = ready.pinned.template
    assert found is not None
    return TemplateRef(found.id, found.version)


def _check_route(plan: Plan, now: datetime) -> None:
    """Each of its messages must have the time for all channels, were it made in time.

    Raises:
        Refusal: the last channel's turn would come too late, or a dose would come twice.
    """
    route, when = plan.route, plan.when
    if route is None:
        return
    if route.mode is RouteMode.ALL:
        if not isinstance(when, Appointment):
            message = "must be first where it repeats: all channels at once would double a dose."
            raise refused_at("/route/mode", "invalid_request", message)
        return
    lives = [plan.expires_in or DOSE]
    if isinstance(when, Appointment):
        lives = [each.expires_at - each.at for each in firings(plan, when)]
    last = turns_at(now, route.after, len(route.channels) - 1) - now
    if last >= min(lives):
        message = "The last channel's turn would come when it is too late: after must be shorter."
        raise refused_at("/route/after", "expires_before_send", message)


def _templates(plan: Plan) -> list[tuple[str, TemplateRef]]:
    named = [
        ("/template", plan.template),
        ("/moved", plan.moved),
        ("/cancelled", plan.cancelled),
        ("/refill/template", plan.refill.template if plan.refill else None),
    ]
    return [(pointer, template) for pointer, template in named if template is not None]


def _sample(reminder: Reminder, now: datetime) -> Firing:
    """The next message, as one that leaves at its time; or now, where none is left."""
    when = reminder.plan.when
    if isinstance(when, Appointment):
        sample = max(firings(reminder.plan, when), key=lambda each: each.at)
    else:
        sample = next(replace(reminder, sending=()).upcoming())
    at = max(sample.at, now)
    return replace(sample, at=at, expires_at=max(sample.expires_at, at + GRACE))


def placed(plan: Plan, contact_id: str, known: Known, now: datetime) -> Plan:
    """The plan with its moment an instant, and its zone that of the contact if it names none.

    Raises:
        Refusal: the time never comes, has passed or is too far, or the zone isn't known.
    """
    contact = known.contacts.get(contact_id)
    if contact is None or contact.erased:
        raise refused_at("/contact_id", "unknown_contact", "There is no contact with this id.")
    when = plan.when
    zone = when.zone or contact.timezone
    if not isinstance(when, Appointment):
        when = replace(when, zone=_known(zone, "/repeat"))
        try:
            when.check(now)
        except WrongRule as wrong:
            raise refused_at("/repeat", "invalid_schedule", f"repeat {wrong}.") from None
        if next(when.after(now))[0] > now + FURTHEST:
            raise refused_at("/repeat", "time_too_far", "repeat must begin within 366 days.")
        _check_refill(plan, when)
        return replace(plan, when=when)
    when = located(when, zone)
    if when.at <= now:
        raise refused_at("/at", "time_in_the_past", "at must be in the future.")
    if when.at > now + FURTHEST:
        raise refused_at("/at", "time_too_far", "at must be within 366 days.")
    return replace(plan, when=when)


def _check_refill(plan: Plan, when: Repetition) -> None:
    """A supply can't run out before any of it is taken.

    Raises:
        Refusal: the message about it would come before the first time.
    """
    if plan.refill is not None and plan.refill.at(when) <= when.first:
        message = "Must be shorter: so long before the end, the first time hasn't come yet."
        raise refused_at("/refill/before", "invalid_schedule", message)


def located(when: Appointment, zone: str | None) -> Appointment:
    """The appointment with its moment an instant, its days counted in a zone.

    Raises:
        Refusal: the time never comes, or is on a clock that isn't known.
    """
    at = when.at
    if at.tzinfo is None:
        zone = _known(zone, "/at")
        if is_skipped(at, zone):
            after = on_clock(instant_at(at, zone), zone)
            message = f"Clocks skip this time; they go on at {after:%Y-%m-%dT%H:%M}."
            raise refused_at("/at", "time_does_not_exist", message)
        at = instant_at(at, zone)
    return replace(when, at=at, zone=zone or "UTC")


def _known(zone: str | None, pointer: str) -> str:
    if not zone:
        message = "The contact has no timezone: name one as timezone."
        raise refused_at(pointer, "timezone_not_known", message)
    return zone


def _at(refusal: Refusal, pointer: str) -> Refusal:
    """The refusal of a message, as one of its reminder; what we have put in isn't the caller's."""
    faults = [
        Fault(_place(fault.pointer, pointer), fault.code, fault.message) for fault in refusal.faults
    ]
    return Refusal(refusal.code, refusal.detail, *faults, retry_after=refusal.retry_after)


def _place(place: str, pointer: str) -> str:
    if place.startswith("/template"):
        return pointer + place.removeprefix("/template")
    if place.startswith(f"/data/{VARIABLE}"):
        return pointer
    return POINTERS.get(place, place)
