"""The demo's times and events: appointments of a file that move, a dose, an order of a shop."""

import csv
import io
import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import boto3
from rich.console import Console

from infra.local.outgoing import left_with
from infra.local.places import SERVICE_STACK
from infra.local.running import LocalRun
from outbound_client import OutboundClient
from outbound_client.models import Import, Reminder
from outbound_client.ready_made import examples

PATIENCE = 150.0
ZONE = "America/New_York"
PATIENT, PHONE, SHOPPER = "mia", "+12125550131", "+14255550132"
CONSENT = "consents.sms.healthcare"
PATIENTS = {
    "id": PATIENT,
    "phone": PHONE,
    "timezone": ZONE,
    "region": "US-NY",
    f"{CONSENT}.status": "granted",
    f"{CONSENT}.level": "express",
    f"{CONSENT}.source": "practice",
    f"{CONSENT}.at": "2026-01-02T09:00:00Z",
    f"{CONSENT}.wording": "Yes, remind me of my medicine.",
    f"{CONSENT}.proof": "form 7",
}
VISITS = {
    "channel": "sms",
    "purpose": "informational",
    "template": "visit",
    "offsets": "-P1D,-PT1H",
}
RULE = "demo-shipped"
STOP = "Reply STOP to opt out"
ENDED = {"finished", "failed", "cancelled"}


@dataclass(frozen=True, slots=True)
class Begun:
    """What was begun as the demo began: it comes at its minute, while the rest goes on."""

    visit: Reminder
    dose: Reminder
    right: bool


def begin(client: OutboundClient, console: Console) -> Begun:
    """Import a patient and an appointment, move that by a second file, plan a dose."""
    told = f"{{{{ organisation.name }}}}: see you on {{{{ reminder.at|datetime }}}}. {STOP}"
    dose = f"{{{{ organisation.name }}}}: your dose of {{{{ reminder.at|time }}}}. {STOP}"
    client.put_template("visit", purpose="informational", channels={"sms": {"text": told}})
    client.put_template("dose", purpose="healthcare", channels={"sms": {"text": dose}})
    imported_contacts(client, PATIENTS)
    day = datetime.now(UTC).date() + timedelta(days=7)
    done = []
    for moved in (0, 0, 1):
        file = _appointments(f"{day + timedelta(days=moved)}T09:30")
        imported = client.import_reminders(file, "csv", constants=VISITS)
        done.append(_ended(client, imported))
    (visit,) = client.list_reminders(PATIENT).items
    counted = [(each.rows.created, each.rows.changed, each.rows.unchanged) for each in done]
    console.print(
        f"\nAppointment of a file: {_counted(counted[0])}; the same file: {_counted(counted[1])}; "
        f"a day later: {_counted(counted[2])}, next message at {visit.next_at:%Y-%m-%d %H:%M} UTC."
    )
    return Begun(visit, _dose(client), counted == [(1, 0, 0), (0, 0, 1), (0, 1, 0)])


def finish(begun: Begun, client: OutboundClient, local: LocalRun, console: Console) -> bool:
    """Cancel the appointment; have an order shipped, and wait for its text and for the dose."""
    cancelled = client.cancel_reminder(begun.visit.id)
    console.print(f"Appointment {cancelled.state}: {cancelled.counts['sent']} messages were sent.")
    ordered = _order(client, local, console)
    sent = eventually(lambda: client.get_reminder(begun.dose.id).counts["sent"] == 1)
    dose = client.get_reminder(begun.dose.id).messages[0]
    arrived = dose.message_id is not None and eventually(
        lambda: client.get_message(dose.message_id or "").status == "delivered"
    )
    console.print(f"Dose of {dose.key}: {dose.state}{' and delivered' if arrived else ''}.")
    return begun.right and ordered and sent and arrived


def imported_contacts(client: OutboundClient, *rows: Mapping[str, str]) -> Import:
    """Contacts, by a file."""
    return _ended(client, client.import_contacts(_file(*rows), "csv"))


def eventually(true: Callable[[], bool], seconds: float = PATIENCE) -> bool:
    """Whether it becomes true in time."""
    end = time.monotonic() + seconds
    while not true():
        if time.monotonic() > end:
            return False
        time.sleep(0.5)
    return True


def _dose(client: OutboundClient) -> Reminder:
    soon = datetime.now(ZoneInfo(ZONE)) + timedelta(seconds=70)
    local = f"{soon + timedelta(seconds=60 - soon.second):%Y-%m-%dT%H:%M}"
    return client.create_reminder(
        contact_id=PATIENT,
        channel="sms",
        purpose="healthcare",
        template={"id": "dose"},
        repeat={"start": local, "times": [local[-5:]], "days_supply": 1},
    )


def _order(client: OutboundClient, local: LocalRun, console: Console) -> bool:
    """What a shop's event on the bus becomes, by a rule."""
    values = {**examples("order-update"), "order": f"A-{time.time_ns() % 100_000}"}
    client.put_rule(
        RULE,
        pattern={
            "source": ["com.example.shop"],
            "detail-type": ["order.shipped"],
            "detail": {"phone": [{"exists": True}]},
        },
        contact={"phone": "$.detail.phone"},
        channel="sms",
        purpose="transactional",
        template={"id": "order-update"},
        data={name: f"$.detail.{name}" for name in values},
    )
    found = _aws(local, "cloudformation").describe_stacks(StackName=SERVICE_STACK)["Stacks"][0]
    outputs = {each["OutputKey"]: each["OutputValue"] for each in found["Outputs"]}
    event = {
        "EventBusName": outputs["RulesBus"],
        "Source": "com.example.shop",
        "DetailType": "order.shipped",
        "Detail": json.dumps({**values, "phone": SHOPPER}),
    }
    _aws(local, "events").put_events(Entries=[event])
    began = time.monotonic()
    came = eventually(lambda: bool(left_with(str(values["order"]), local)))
    took = time.monotonic() - began
    client.delete_rule(RULE)
    console.print(f"Event order.shipped: {'a text' if came else 'nothing'} after {took:.1f} s.")
    return came


def _aws(local: LocalRun, service: str) -> Any:
    place: Any = {"region_name": local.aws["region"], **local.aws["credentials"]}
    connect: Any = boto3.client
    return connect(service, endpoint_url=local.aws["endpoints"]["default"], **place)


def _ended(client: OutboundClient, imported: Import) -> Import:
    end = time.monotonic() + PATIENCE
    while imported.state not in ENDED and time.monotonic() < end:
        time.sleep(0.5)
        imported = client.get_import(imported.id)
    return imported


def _counted(counts: tuple[int, int, int]) -> str:
    named = zip(("created", "moved", "unchanged"), counts, strict=True)
    return ", ".join(f"{count} {name}" for name, count in named if count) or "nothing taken"


def _appointments(at: str) -> bytes:
    return _file({"id": "visit-7", "contact_id": PATIENT, "at": at, "timezone": ZONE})


def _file(*rows: Mapping[str, str]) -> bytes:
    written = io.StringIO()
    table = csv.DictWriter(written, list(dict.fromkeys(name for row in rows for name in row)))
    table.writeheader()
    table.writerows(rows)
    return written.getvalue().encode()
