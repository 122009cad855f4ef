"""The campaign: made of a file, a template and a segment; and what is told of it in the end."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING

from infra.local.scenario import CLINIC
from tests.benchmarks.killed.accounting import Email, Row, Told
from tests.benchmarks.killed.people import PLACES, file_of
from tests.benchmarks.waiting import wait
from tests.e2e.deployed import outbox

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from infra.local.running import LocalRun
    from outbound_client import Content, OutboundClient
    from tests.benchmarks.killed.people import Person

REGIONS = json.dumps([region for region, _, _ in PLACES])
SUBJECTS = {"en": "A tenth off", "fr": "Dix pour cent de moins"}


def made(client: OutboundClient, those: Sequence[Person], purpose: str) -> str:
    """Import them, and make the campaign; its id."""
    imported = client.import_contacts(file_of(those, purpose), "csv")
    wait("the import", lambda: client.get_import(imported.id).state == "finished")
    assert client.get_import(imported.id).rows.created == len(those)
    client.put_settings(**CLINIC)
    client.put_template(
        "tenth",
        purpose=purpose,
        locale="en",
        channels={"email": _says("en", "a tenth off until Sunday. No more offers:")},
        locales={"fr": {"email": _says("fr", "dix pour cent jusqu'à dimanche. Plus d'offres :")}},
    )
    client.put_segment("all", expression=f"contact.region in {REGIONS}")
    made = client.create_campaign(
        {
            "name": "A tenth off",
            "channel": "email",
            "purpose": purpose,
            "template": {"id": "tenth"},
            "audience": {"segment": "all"},
        }
    )
    return made.id


def estimated(client: OutboundClient, purpose: str, those: Sequence[Person]) -> list[str]:
    """How far off the estimate of the segment is."""
    asked = client.estimate_segment("all", purpose=purpose, channels=["email"])
    wait("the estimate", lambda: client.get_estimate(asked.id).state == "finished")
    found = client.get_estimate(asked.id)
    [email] = found.channels
    may = sum(each.count for each in email.decisions if each.verdict == "send")
    right = len(those), sum(each.eligible for each in those)
    said = f"the estimate says {found.selected} recipients, {may} may be sent to"
    print(said)
    return [said] if (found.selected, may) != right else []


def _says(language: str, text: str) -> Content:
    who = "{{ organisation.name }}, {{ organisation.postal_address }}"
    said = f"{{{{ contact.attributes.name }}}}, {text} {{{{ links.unsubscribe }}}} {who}"
    return {"subject": SUBJECTS[language], "text": said}


def told(run: LocalRun, client: OutboundClient, campaign: str, file: Path) -> Told:
    """What outbox, export and report say in the end."""
    client.export_campaign_report(campaign)
    wait("the export", lambda: client.get_campaign_export(campaign).state == "finished")
    with file.open("wb") as into:
        client.download_campaign_export(client.get_campaign_export(campaign), into)
    with file.open(newline="") as lines:
        rows = [Row(each["contact_id"], each["status"]) for each in csv.DictReader(lines)]
    emails = [Email(str(each["to"]), str(each["subject"])) for each in outbox(run)]
    report = client.get_campaign_report(campaign)
    return Told(emails, rows, report.state, report.recipients, report.statuses)
