"""A patient with an address, templates, and the work on reminders as it goes on by itself."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from outbound.domain.content import TemplateRef
from outbound.domain.due import MINUTE
from outbound.domain.reminder import Appointment, Plan
from outbound.domain.task import Task, Work
from outbound.domain.words import Channel, Purpose
from outbound.flow.deliver import deliver
from outbound.flow.reminders.clearing import clear
from outbound.flow.reminders.keeping import NewReminder, create
from outbound.flow.reminders.tending import tend
from outbound.flow.schedule import sweep
from tests.builders import make_contact, make_content, make_key, make_template

if TYPE_CHECKING:
    from outbound.domain.reminder import Reminder
    from tests.memory.world import World

ZONE = "America/New_York"
AT = datetime(2026, 12, 24, 9, 30)
ADA = "con_ada"


def furnish(world: World, **contact: Any) -> None:
    """Make the contact and the templates that plans name."""
    world.contacts.add(make_contact(ADA, **{"timezone": ZONE, "region": "US-NY", **contact}))
    for name in ("visit", "moved", "off", "refill"):
        text = make_content(text=f"{name} {{{{ reminder.local }}}}")
        world.templates.put(
            make_template({Channel.SMS: text}, name, purpose=Purpose.INFORMATIONAL),
            publish=True,
        )


def plan(**changes: Any) -> Plan:
    when = changes.pop("when", None) or Appointment(AT, "", ("-P1D", "-PT1H"))
    values: dict[str, Any] = {
        "channel": Channel.SMS,
        "purpose": Purpose.INFORMATIONAL,
        "topic": None,
        "template": TemplateRef("visit", 0),
        "data": {},
        "when": when,
    }
    return Plan(**values | changes)


def remind(world: World, idempotency_key: str | None = None, **changes: Any) -> Reminder:
    request = NewReminder(ADA, plan(**changes), idempotency_key, "a fingerprint")
    return create(request, make_key(), world.reminder_ports).reminder


def now(world: World, reminder: Reminder) -> Reminder:
    found = world.reminders.get(reminder.tenant, reminder.id)
    assert found is not None
    return found


def work(world: World) -> None:
    """Do what is queued and what has come."""
    for task in (*world.reminder_tasks.take(), *world.scheduler.fire(world.clock.now())):
        look_after(task, world)
    for ref in world.queue.take():
        deliver(ref, world.deliver)


def look_after(task: Task, world: World) -> None:
    if task.work is Work.CLEAR:
        clear(task.id, world.tending)
    else:
        tend(task.tenant, task.id, world.tending)


def let_pass(world: World, until: datetime, *, each: timedelta = MINUTE) -> None:
    """Minute by minute, as the deployed functions would work."""
    while world.clock.now() < until:
        world.clock.advance(min(each, until - world.clock.now()))
        sweep(world.schedule)
        work(world)


def sent(world: World) -> list[tuple[datetime, str]]:
    """What was handed over, with when."""
    return [
        (world.messages.kept[each.ref].timeline[-1].at, each.bodies["text"])
        for each in world.carrier.sent
    ]
