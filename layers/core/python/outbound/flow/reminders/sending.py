"""Sending: a message of a reminder, made once, however often it is tried."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outbound.domain import ids
from outbound.domain.errors import Refusal
from outbound.domain.key import ApiKey
from outbound.domain.message import WAITING, Change, Entry, Status
from outbound.domain.reminder import Fate, Handled, view
from outbound.flow.intake import Request, TemplateChoice, store
from outbound.flow.preparing import message_of, prepare
from outbound.flow.recipient import To, look_up
from outbound.ports import Claim

if TYPE_CHECKING:
    from datetime import datetime

    from outbound.domain.reminder import Firing, Reminder
    from outbound.flow.intake import Intake
    from outbound.flow.preparing import Ready
    from outbound.flow.reminders.ports import TendingPorts
    from outbound.ports import Known

VARIABLE = "reminder"
"""What bodies find the reminder as."""


def send(reminder: Reminder, firing: Firing, ports: TendingPorts) -> Handled:
    """Make a message and queue it; or say why there is none."""
    intake = ports.intake
    ref, now = ref_of(reminder, firing, intake), intake.clock.now()
    if firing.expires_at <= now:
        return _made_before(firing, ref, ports) or _missed(reminder, firing, ports)
    named = [(To(contact_id=reminder.contact_id), reminder.plan.channel)]
    known = look_up(named, reminder.tenant, intake.gate.contacts, intake.secret)
    key = acting(reminder)
    try:
        ready = ready_for(reminder, firing, key, known, now, intake)
    except Refusal as refusal:
        ports.signals.count("ReminderFailed", channel=reminder.plan.channel)
        before = _made_before(firing, ref, ports)
        return before or Handled(firing.key, firing.at, Fate.FAILED, refusal.code)
    message = message_of(ready, key, Claim("", ref.id, now), now, intake)
    store(message, ready.body, now, intake)
    return Handled(firing.key, firing.at, Fate.SENT, message_id=ref.id)


def take_back(reminder: Reminder, firing: Firing, ports: TendingPorts) -> Handled:
    """Cancel a message that has not left, since its reminder was cancelled meanwhile."""
    ref, now = ref_of(reminder, firing, ports.intake), ports.intake.clock.now()
    cancel(ref, now, ports.intake)
    return _made_before(firing, ref, ports) or Handled(
        firing.key, firing.at, Fate.SKIPPED, "cancelled"
    )


def cancel(ref: ids.MessageRef, now: datetime, intake: Intake) -> None:
    """Cancel a message of a reminder, if it is there and has not left."""
    entry = Entry(Status.CANCELLED, now, "reminder_cancelled")
    intake.messages.apply(ref, Change(Status.CANCELLED, entry, WAITING))


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
    plan, template = reminder.plan, firing.template
    later = firing.at > now
    request = Request(
        to=To(contact_id=reminder.contact_id),
        channel=plan.channel,
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
    return prepare(request, key, known, now, intake)


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


def ref_of(reminder: Reminder, firing: Firing, intake: Intake) -> ids.MessageRef:
    """The message that a firing makes: the same for whoever derives it again."""
    contact = ids.contact_key(intake.secret, reminder.tenant, reminder.contact_id)
    cause = (reminder.tenant, reminder.mode, f"{reminder.id}#{firing.key}")
    return ids.MessageRef(reminder.tenant, ids.message_id(contact, firing.at, *cause))


def _made_before(firing: Firing, ref: ids.MessageRef, ports: TendingPorts) -> Handled | None:
    if ports.intake.messages.get(ref) is None:
        return None
    return Handled(firing.key, firing.at, Fate.SENT, message_id=ref.id)


def _missed(reminder: Reminder, firing: Firing, ports: TendingPorts) -> Handled:
    ports.signals.count("ReminderMissed", channel=reminder.plan.channel)
    ports.signals.note("reminder missed", channel=reminder.plan.channel, code=reminder.id)
    return Handled(firing.key, firing.at, Fate.MISSED, "expired")
