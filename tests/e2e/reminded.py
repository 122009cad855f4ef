"""Three reminders, made as a run begins, so that no test has to wait for their minute."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from infra.local.running import LocalRun
from tests.e2e.deployed import client_of

AHEAD = timedelta(seconds=75)
"""More than a minute, from which on EventBridge is asked."""


@dataclass(frozen=True)
class Reminded:
    """Their ids by what becomes of them, when they were due, and when one is now."""

    ids: dict[str, str]
    at: datetime
    moved_to: datetime


def remind(run: LocalRun) -> Reminded:
    """Make one, move one, and cancel one."""
    at = (datetime.now(UTC) + AHEAD).replace(microsecond=0)
    moment, moved_to = at + timedelta(hours=1), at + timedelta(days=1)
    with client_of(run) as client:
        client.put_template(
            "reminded", purpose="informational", channels={"sms": {"text": "{{ reminder.at }}"}}
        )
        contact = client.send_message(
            to={"phone": "+14255550188"},
            channel="sms",
            purpose="informational",
            content={"text": "This makes a contact."},
        ).to
        assert contact.contact_id is not None
        ids = {
            name: client.create_reminder(
                contact_id=contact.contact_id,
                channel="sms",
                purpose="informational",
                template={"id": "reminded"},
                at=moment,
                offsets=["-PT1H"],
            ).id
            for name in ("sent", "moved", "cancelled")
        }
        client.change_reminder(ids["moved"], at=moved_to + timedelta(hours=1))
        client.cancel_reminder(ids["cancelled"])
    return Reminded(ids, at, moved_to)
