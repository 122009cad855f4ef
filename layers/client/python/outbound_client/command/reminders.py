"""`outbound reminders`: add, get, list, move, pause, resume, cancel."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outbound_client.command import show
from outbound_client.command.access import client
from outbound_client.command.failures import Failure
from outbound_client.command.messages import read_data

if TYPE_CHECKING:
    from argparse import Namespace
    from typing import Any

    from outbound_client.command.surroundings import Surroundings
    from outbound_client.models import Reminder
    from outbound_client.reminders import ReminderFields


def add(asked: Namespace, around: Surroundings) -> None:
    """Remind a contact of a moment, or each day at times."""
    fields: ReminderFields = {
        "contact_id": asked.contact,
        "purpose": asked.purpose,
        "template": {"id": asked.template},
        "topic": asked.topic,
        "data": read_data(asked.data) or None,
    }
    if bool(asked.channel) == bool(asked.route):
        raise Failure("Say how: --channel, or --route.")
    if asked.channel:
        fields["channel"] = asked.channel
    else:
        after = {"after": asked.after} if asked.after else {}
        fields["route"] = {"mode": "first", "channels": asked.route.split(","), **after}
    if asked.timezone:
        fields["timezone"] = asked.timezone
    if bool(asked.at) == bool(asked.start):
        raise Failure("Say when: --at with --offset, or --start with --time or --rule.")
    if asked.at:
        fields |= {"at": asked.at, "offsets": asked.offset, "past": asked.past}
    else:
        fields["repeat"] = _repeat(asked)
    with client(asked, around) as api:
        _show(api.create_reminder(**fields, idempotency_key=asked.idempotency_key), asked)


def get(asked: Namespace, around: Surroundings) -> None:
    """Show a reminder."""
    with client(asked, around) as api:
        _show(api.get_reminder(asked.id), asked)


def list_(asked: Namespace, around: Surroundings) -> None:
    """Show a page of a contact's reminders."""
    with client(asked, around) as api:
        page = api.list_reminders(asked.contact, asked.limit, asked.cursor)
    if asked.json:
        show.as_json(page)
        return
    rows = [(each.id, each.way, each.state, _when(each)) for each in page.items]
    show.table(("ID", "CHANNEL", "STATE", "NEXT"), rows)
    show.more(page.next_cursor)


def move(asked: Namespace, around: Surroundings) -> None:
    """Move the moment: what was not sent moves with it."""
    with client(asked, around) as api:
        _show(api.change_reminder(asked.id, at=asked.at), asked)


def pause(asked: Namespace, around: Surroundings) -> None:
    """Send nothing until it is resumed."""
    with client(asked, around) as api:
        _show(api.pause_reminder(asked.id), asked)


def resume(asked: Namespace, around: Surroundings) -> None:
    """Go on."""
    with client(asked, around) as api:
        _show(api.resume_reminder(asked.id), asked)


def cancel(asked: Namespace, around: Surroundings) -> None:
    """Send nothing more."""
    with client(asked, around) as api:
        _show(api.cancel_reminder(asked.id), asked)


def _repeat(asked: Namespace) -> dict[str, Any]:
    values = {
        "start": asked.start,
        "times": asked.time or None,
        "rule": asked.rule,
        "until": asked.until,
        "count": asked.count,
        "days_supply": asked.days,
    }
    return {name: value for name, value in values.items() if value is not None}


def _show(reminder: Reminder, asked: Namespace) -> None:
    if asked.json:
        show.as_json(reminder)
        return
    show.fields(
        [
            ("id", reminder.id),
            ("state", reminder.state),
            ("at", show.when(reminder.at) if reminder.at else None),
            ("next", _when(reminder)),
        ]
    )
    rows = [(each.key, show.when(each.at), each.state) for each in reminder.messages]
    show.table(("MESSAGE", "AT", "STATE"), rows)


def _when(reminder: Reminder) -> str:
    return show.when(reminder.next_at) if reminder.next_at else "none"
