"""Reminders, kept: made, changed, paused, cancelled. Whoever looks after them is told behind it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from outbound.domain import ids
from outbound.domain.errors import Refusal, refused_at
from outbound.domain.key import check_purpose
from outbound.domain.reminder import (
    CANCELLED,
    GRACE,
    MOVED,
    Appointment,
    Plan,
    Reminder,
    ReminderState,
    skipped,
    told,
)
from outbound.flow.once import check_left_by_crash, repeats, reserve
from outbound.flow.recipient import To, look_up
from outbound.flow.reminders.ports import task_of
from outbound.flow.reminders.sending import call_off
from outbound.flow.reminders.settling import settled
from outbound.ports import Claim

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from outbound.domain.key import ApiKey
    from outbound.flow.reminders.ports import ReminderPorts
    from outbound.ports import Known, ReminderPage

TRIES = 5


@dataclass(frozen=True, slots=True)
class NewReminder:
    """A reminder as asked for. A moment without an offset is on the contact's clock, and so is a
    zone that isn't named: `Plan.when` has then the zone `""`."""

    contact_id: str
    plan: Plan
    idempotency_key: str | None
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Made:
    """A reminder, and whether an earlier request had made it."""

    reminder: Reminder
    replayed: bool


def create(request: NewReminder, key: ApiKey, ports: ReminderPorts) -> Made:
    """Make a reminder, once for each idempotency key.

    Raises:
        Refusal: something speaks against it, or the idempotency key was used otherwise.
    """
    made = prepared(request, known_of([request], key, ports), key, ports)
    if not made.replayed:
        ports.reminders.insert(made.reminder)
        ports.tasks.send([task_of(made.reminder)])
    return made


def prepared(request: NewReminder, known: Known, key: ApiKey, ports: ReminderPorts) -> Made:
    """A reminder that is still to be written, or the one that its idempotency key has made.

    Raises:
        Refusal: something speaks against it, or the idempotency key was used otherwise.
    """
    intake, now = ports.intake, ports.intake.clock.now()
    try:
        draft = drafted(request, key, known, now, ports)
    except Refusal:
        made = made_before(request, key, ports)
        if made is None:
            raise
        return Made(made, replayed=True)
    cause = request.idempotency_key or intake.tokens.token()
    mine = Claim(request.fingerprint, id_for(request, now, cause, key, ports), now)
    claim, repeated = reserve(
        intake.idempotency, key.tenant, key.mode, request.idempotency_key, mine
    )
    if repeated:
        standing = ports.reminders.get(key.tenant, claim.resource)
        if standing is not None:
            return Made(standing, replayed=True)
        check_left_by_crash(claim, now)
    return Made(replace(draft, id=claim.resource), replayed=False)


def made_before(request: NewReminder, key: ApiKey, ports: ReminderPorts) -> Reminder | None:
    """The reminder that an earlier request has made, which was the same."""
    earlier = repeats(
        ports.intake.idempotency,
        key.tenant,
        key.mode,
        request.idempotency_key,
        request.fingerprint,
        ports.intake.clock.now(),
    )
    return ports.reminders.get(key.tenant, earlier.resource) if earlier else None


def known_of(requests: list[NewReminder], key: ApiKey, ports: ReminderPorts) -> Known:
    """What is known of those whom reminders are for."""
    named = [
        (To(contact_id=each.contact_id), channel)
        for each in requests
        for channel in each.plan.channels
    ]
    return look_up(named, key.tenant, ports.intake.gate.contacts, ports.intake.secret)


def id_for(
    request: NewReminder, at: datetime, cause: str, key: ApiKey, ports: ReminderPorts
) -> str:
    """The id of the reminder that `cause`, at this time, brings about."""
    contact = ids.contact_key(ports.intake.secret, key.tenant, request.contact_id)
    return ids.reminder_id(contact, at, key.tenant, key.mode, cause)


def drafted(
    request: NewReminder, key: ApiKey, known: Known, now: datetime, ports: ReminderPorts
) -> Reminder:
    """A reminder that nothing speaks against; its id isn't its own yet.

    Raises:
        Refusal: something does.
    """
    check_purpose(key, request.plan.purpose)
    draft = Reminder(
        id="rem_".ljust(40, "x"),
        tenant=key.tenant,
        mode=key.mode,
        contact_id=request.contact_id,
        plan=request.plan,
        state=ReminderState.ACTIVE,
        created_at=now,
        created_by=key.id,
        updated_at=now,
        through=now,
    )
    draft = replace(draft, plan=settled(draft, key, known, now, ports))
    _check_refill(draft.plan, now)
    draft = skipped(draft, now)
    if draft.next is None:
        message = "All of its times have passed; with past send, the last is sent at once."
        raise refused_at("/offsets", "time_in_the_past", message)
    return replace(draft, due=draft.next.at)


def _check_refill(plan: Plan, now: datetime) -> None:
    when = plan.when
    if plan.refill and not isinstance(when, Appointment) and plan.refill.at(when) <= now:
        message = "Must be shorter: so long before the end is in the past."
        raise refused_at("/refill/before", "time_in_the_past", message)


def find(reminder_id: str, key: ApiKey, ports: ReminderPorts) -> Reminder:
    """A reminder of the key's tenant and mode.

    Raises:
        Refusal: there is none with this id.
    """
    known = ids.split_reminder_id(reminder_id) is not None
    reminder = ports.reminders.get(key.tenant, reminder_id) if known else None
    if reminder is None or reminder.mode is not key.mode:
        raise Refusal("unknown_reminder", "There is no reminder with this id.")
    return reminder


def page(
    contact_id: str, key: ApiKey, ports: ReminderPorts, *, limit: int, after: str | None
) -> ReminderPage:
    """A contact's reminders in the key's mode, newest first."""
    contact = ids.contact_key(ports.intake.secret, key.tenant, contact_id)
    found = ports.reminders.of_contact(key.tenant, contact, limit=limit, after=after)
    shown = tuple(each for each in found.reminders if each.mode is key.mode)
    return replace(found, reminders=shown)


def change(
    reminder_id: str, want: Callable[[Reminder], Plan], key: ApiKey, ports: ReminderPorts
) -> Reminder:
    """Change what has not been sent; who was told of the moment is told that it has moved.

    Raises:
        Refusal: there is no such reminder, it is over, or something speaks against it.
    """

    def changed(reminder: Reminder, now: datetime) -> Reminder:
        draft = replace(reminder, plan=want(reminder))
        known = known_of([NewReminder(draft.contact_id, draft.plan, None, "")], key, ports)
        draft = replace(draft, plan=settled(draft, key, known, now, ports))
        if _event_of(draft.plan) != _event_of(reminder.plan):
            draft = replace(draft, sequence=reminder.sequence + 1)
            draft = told(draft, draft.plan.moved, MOVED, now)
        if draft.state is ReminderState.ENDED and next(draft.upcoming(), None) is not None:
            draft = replace(draft, state=ReminderState.ACTIVE)
        if not isinstance(draft.plan.when, Appointment):
            return draft
        due = {each.key for each in reminder.upcoming() if each.at <= now}
        return skipped(draft, now, due=due)

    after = _step(reminder_id, changed, key, ports)
    # Also where nothing changed: whoever changed it may have died here.
    call_off(after, ports.intake)
    return after


def pause(reminder_id: str, key: ApiKey, ports: ReminderPorts) -> Reminder:
    """Send nothing until it is resumed. Again: no change."""

    def paused(reminder: Reminder, _: datetime) -> Reminder:
        if reminder.state is ReminderState.ENDED:
            raise _over(reminder)
        return replace(reminder, state=ReminderState.PAUSED)

    return _step(reminder_id, paused, key, ports)


def resume(reminder_id: str, key: ApiKey, ports: ReminderPorts) -> Reminder:
    """Go on; what would have been sent meanwhile isn't. Again: no change."""

    def resumed(reminder: Reminder, now: datetime) -> Reminder:
        if reminder.state is not ReminderState.PAUSED:
            return reminder
        return skipped(replace(reminder, state=ReminderState.ACTIVE), now).settle(())

    return _step(reminder_id, resumed, key, ports)


def cancel(reminder_id: str, key: ApiKey, ports: ReminderPorts) -> Reminder:
    """Send nothing more, but that it is cancelled where somebody was told. Again: no change."""

    def cancelled(reminder: Reminder, now: datetime) -> Reminder:
        if reminder.state is ReminderState.CANCELLED:
            return reminder
        over = replace(
            reminder,
            state=ReminderState.CANCELLED,
            reason="requested",
            sequence=reminder.sequence + 1,
        )
        return told(over, over.plan.cancelled, CANCELLED, now)

    after = _step(reminder_id, cancelled, key, ports, over=True)
    call_off(after, ports.intake)
    return after


def _step(
    reminder_id: str,
    step: Callable[[Reminder, datetime], Reminder],
    key: ApiKey,
    ports: ReminderPorts,
    *,
    over: bool = False,
) -> Reminder:
    for _ in range(TRIES):
        reminder, now = find(reminder_id, key, ports), ports.intake.clock.now()
        check_purpose(key, reminder.plan.purpose)
        if reminder.state is ReminderState.CANCELLED and not over:
            raise _over(reminder)
        after = step(reminder, now)
        if after == reminder:
            return reminder
        written = replace(after, due=_due(after, now), updated_at=now, version=reminder.version + 1)
        if ports.reminders.replace(written):
            ports.tasks.send([task_of(written)])
            return written
    raise Refusal("reminder_busy", "Others keep changing this reminder. Try again.", retry_after=1)


def _due(reminder: Reminder, now: datetime) -> datetime | None:
    """When the sweep brings it, should the task be lost."""
    if reminder.sending or reminder.scheduled:
        return now + GRACE
    following = reminder.next
    return following.at if following is not None else None


def _over(reminder: Reminder) -> Refusal:
    detail = f"The reminder is {reminder.state}. Make another one."
    return Refusal("reminder_over", detail)


def _event_of(plan: Plan) -> object:
    """What a calendar shows of it."""
    when = plan.when
    return (when.at, when.event) if isinstance(when, Appointment) else None
