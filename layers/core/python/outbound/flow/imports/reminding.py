"""Taking rows of appointments: what each makes of its reminder, which it names whenever it is read.

A row that says what stands already changes nothing and costs its share of a read alone.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from outbound.domain import ids
from outbound.domain.contact_import import Counts
from outbound.domain.errors import Refusal
from outbound.domain.instant import to_milliseconds
from outbound.domain.key import ApiKey, check_purpose
from outbound.domain.reminder import Appointment, ReminderState
from outbound.flow.imports.taking import Taken, refused, together, unreadable
from outbound.flow.pinning import Remembered
from outbound.flow.reminders import keeping
from outbound.flow.reminders.keeping import NewReminder, drafted, known_of
from outbound.flow.reminders.ports import task_of
from outbound.flow.reminders.settling import located

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from outbound.domain.contact_import import ContactImport
    from outbound.domain.content import TemplateRef
    from outbound.domain.reminder import Plan, Reminder
    from outbound.flow.reminders.ports import ReminderPorts
    from outbound.ports import Appointed, Known, Row

NAME = "import"
CREATED, CHANGED, UNCHANGED = Counts(created=1), Counts(changed=1), Counts(unchanged=1)


def remind(rows: Sequence[Row], imported: ContactImport, ports: ReminderPorts) -> Taken:
    """Make, move and cancel the reminders of appointments, in their order where several are one."""
    key, intake = _acting(imported), ports.intake
    ports = replace(ports, intake=replace(intake, templates=Remembered(intake.templates)))
    taken = [unreadable(row) for row in rows if row.appointment is None]
    group: dict[str, Row] = {}
    for row in rows:
        if row.appointment is None:
            continue
        reminder_id = _id_of(row.appointment, key, ports)
        if reminder_id in group:
            taken += _take(group, key, ports)
            group = {}
        group[reminder_id] = row
    taken += _take(group, key, ports)
    return together(taken)


def _acting(imported: ContactImport) -> ApiKey:
    """Stands for the key that asked, with no right but to send what it could."""
    return ApiKey(
        id=imported.by,
        digest="",
        name=NAME,
        tenant=imported.tenant,
        mode=imported.mode,
        scopes=frozenset(),
        purposes=imported.purposes,
        created_at=imported.created_at,
    )


def _id_of(appointment: Appointed, key: ApiKey, ports: ReminderPorts) -> str:
    contact = ids.contact_key(ports.intake.secret, key.tenant, appointment.contact_id)
    return ids.imported_reminder_id(contact, key.tenant, key.mode, appointment.name)


def _take(rows: Mapping[str, Row], key: ApiKey, ports: ReminderPorts) -> list[Taken]:
    """Rows of reminders that differ."""
    standing = ports.reminders.get_many(key.tenant, rows) if rows else {}
    asked = {each: row.appointment for each, row in rows.items() if row.appointment is not None}
    known = _known(asked, standing, key, ports)
    taken: list[Taken] = []
    made: list[Reminder] = []
    for reminder_id, appointment in asked.items():
        before = standing.get(reminder_id)
        try:
            if before is None and appointment.plan is not None:
                new = _drafted(reminder_id, appointment, appointment.plan, key, known, ports)
                fresh = ports.reminders.insert(new)
                made += [new] if fresh else []
                taken.append(Taken(CREATED if fresh else UNCHANGED))
            else:
                changed = before is not None and _changed(before, appointment, key, known, ports)
                taken.append(Taken(CHANGED if changed else UNCHANGED))
        except Refusal as refusal:
            taken.append(refused(rows[reminder_id], refusal))
    ports.tasks.send([task_of(each) for each in made])
    return taken


def _known(
    asked: Mapping[str, Appointed],
    standing: Mapping[str, Reminder],
    key: ApiKey,
    ports: ReminderPorts,
) -> Known:
    """What is known of contacts, but of those whose rows say by themselves that nothing changes."""
    wanted = [
        NewReminder(each.contact_id, each.plan, None, "")
        for reminder_id, each in asked.items()
        if each.plan is not None and not _stands(each.plan, standing.get(reminder_id))
    ]
    return known_of(wanted, key, ports)


def _stands(plan: Plan, before: Reminder | None) -> bool:
    if before is None or not plan.when.zone:
        return False
    try:
        return _aligned(plan, before, None) == before.plan
    except Refusal:
        return False


def _drafted(
    reminder_id: str,
    appointment: Appointed,
    plan: Plan,
    key: ApiKey,
    known: Known,
    ports: ReminderPorts,
) -> Reminder:
    request = NewReminder(appointment.contact_id, plan, None, "")
    draft = drafted(request, key, known, ports.intake.clock.now(), ports)
    return replace(draft, id=reminder_id)


def _changed(
    before: Reminder, appointment: Appointed, key: ApiKey, known: Known, ports: ReminderPorts
) -> bool:
    """Have a reminder say what its row says; whether it didn't.

    Raises:
        Refusal: something speaks against it.
    """
    if appointment.plan is None:
        return _cancelled(before, key, ports)
    contact = known.contacts.get(appointment.contact_id)
    plan = _aligned(appointment.plan, before, contact.timezone if contact else None)
    if plan == before.plan and before.state is not ReminderState.CANCELLED:
        return False
    check_purpose(key, plan.purpose)
    keeping.change(before.id, lambda _: plan, key, ports)
    return True


def _cancelled(before: Reminder, key: ApiKey, ports: ReminderPorts) -> bool:
    """Cancel what hasn't been; nobody is told that an appointment is off that has passed."""
    when = before.plan.when
    over = isinstance(when, Appointment) and when.at <= ports.intake.clock.now()
    if over or before.state is ReminderState.CANCELLED:
        return False
    keeping.cancel(before.id, key, ports)
    return True


def _aligned(plan: Plan, before: Reminder, zone: str | None) -> Plan:
    """The plan as it would be kept: its moment an instant, its templates as they were pinned.

    Raises:
        Refusal: its time never comes, or is on a clock that isn't known.
    """
    when, standing = plan.when, before.plan
    assert isinstance(when, Appointment)
    when = located(when, when.zone or zone)
    return replace(
        plan,
        when=replace(when, at=to_milliseconds(when.at)),
        template=_pinned(plan.template, standing.template),
        moved=_pinned(plan.moved, standing.moved) if plan.moved else None,
        cancelled=_pinned(plan.cancelled, standing.cancelled) if plan.cancelled else None,
    )


def _pinned(asked: TemplateRef, standing: TemplateRef | None) -> TemplateRef:
    """The version that stands, where none is asked for."""
    same = standing is not None and standing.id == asked.id and not asked.version
    return standing if same and standing is not None else asked
