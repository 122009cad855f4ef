"""`make bench-campaign`: a campaign of five thousand with killed workers and doubled events."""

from __future__ import annotations

import csv
import json
import random
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from infra.constructs.lanes import together
from infra.local.scenario import CLINIC
from outbound.domain.words import OnUnconfirmed, Purpose, default_on_unconfirmed
from tests.benchmarks.killed.accounting import Email, Row, Told, faults
from tests.benchmarks.killed.people import PLACES, file_of, people
from tests.benchmarks.killed.showing import Figures, Pause, show
from tests.benchmarks.killed.trouble import KILLS, Trouble
from tests.benchmarks.waiting import wait
from tests.e2e.deployed import client_of, deployed, outbox
from tests.e2e.inside import aws

if TYPE_CHECKING:
    from infra.local.running import LocalRun
    from outbound_client import CampaignReport, Content, OutboundClient
    from tests.benchmarks.killed.people import Person

SEED = 6
RATE = 100
"""Messages a second by email, of which campaigns have four tenths; that of the simulator's SES."""
PAUSED_AT = 0.4
STILL = timedelta(seconds=14)
"""How long a paused run is watched."""
REGIONS = json.dumps([region for region, _, _ in PLACES])
SUBJECTS = {"en": "A tenth off", "fr": "Dix pour cent de moins"}
DEAD = "Dead"
MOVING = {"accepted", "scheduled", "deferred", "sending", "sent"}


def main(count: int, purpose: str) -> int:
    """Whether everybody is accounted for; 0 if so."""
    chance = random.Random(SEED)
    those = people(count, SEED, purpose)
    with (
        tempfile.TemporaryDirectory() as folder,
        deployed(Path(folder) / ".local", OUTBOUND_RATE_PER_SECOND=str(RATE)) as run,
        client_of(run) as client,
    ):
        campaign = _made(client, those, purpose)
        noted = Path(folder) / "noted"
        noted.mkdir()
        trouble = Trouble(run, noted, chance)
        with trouble.going_on():
            began = time.monotonic()
            client.launch_campaign(campaign)
            pause = _paused(run, client, campaign, trouble, count)
            wait("the campaign", lambda: _ended(client, campaign, trouble, count))
            seconds = time.monotonic() - began
            wait(
                "its receipts and tasks", lambda: _still(run, client.get_campaign_report(campaign))
            )
        told = _told(run, client, campaign, Path(folder) / "export.csv")
        in_doubt = trouble.killed_delivering * together(RATE)
        again = default_on_unconfirmed(Purpose(purpose)) is OnUnconfirmed.RESEND
        wrong = faults(those, SUBJECTS, told, in_doubt, again=again)
        if trouble.hits < KILLS:
            wrong.append(f"{trouble.hits} of {KILLS} workers killed in the middle of their work")
        dead = {name: count for name, count in _waiting(run).items() if DEAD in name and count}
        wrong += [f"{count} in {name}" for name, count in dead.items()]
        show(those, told, Figures(seconds, pause, trouble.killed, trouble.hits, trouble.doubled))
    for each in wrong[:20]:
        print(each)
    print(f"\n{len(wrong)} not as they should be" if wrong else "\nEverybody is accounted for.")
    return 1 if wrong else 0


def _made(client: OutboundClient, those: list[Person], purpose: str) -> str:
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
    estimate = client.estimate_campaign(made.id)
    may = sum(each.count for each in estimate.decisions if each.verdict == "send")
    print(f"estimate: {estimate.recipients} recipients, {may} may be sent to")
    return made.id


def _says(language: str, text: str) -> Content:
    who = "{{ organisation.name }}, {{ organisation.postal_address }}"
    said = f"{{{{ contact.attributes.name }}}}, {text} {{{{ links.unsubscribe }}}} {who}"
    return {"subject": SUBJECTS[language], "text": said}


def _paused(
    run: LocalRun, client: OutboundClient, campaign: str, trouble: Trouble, count: int
) -> Pause:
    """Pause in the middle, see what still leaves, and resume."""

    def reached() -> bool:
        _ended(client, campaign, trouble, count)
        return trouble.reached >= PAUSED_AT

    wait("two fifths of it", reached)
    asked = datetime.now(UTC)
    client.pause_campaign(campaign)
    wait("the pause", lambda: datetime.now(UTC) > asked + STILL)
    left = [datetime.fromisoformat(each["at"]) for each in outbox(run)]
    client.resume_campaign(campaign)
    return Pause(len(left), max(0.0, (max(left) - asked).total_seconds()))


def _ended(client: OutboundClient, campaign: str, trouble: Trouble, count: int) -> bool:
    report = client.get_campaign_report(campaign)
    trouble.reached = sum(report.statuses.values()) / count
    return report.state not in ("scheduled", "running")


def _still(run: LocalRun, report: CampaignReport) -> bool:
    """Whether nothing is on its way any more: no message, receipt, or task of who was killed."""
    waiting = sum(count for name, count in _waiting(run).items() if DEAD not in name)
    return not MOVING & report.statuses.keys() and not waiting


def _told(run: LocalRun, client: OutboundClient, campaign: str, file: Path) -> Told:
    client.export_campaign_report(campaign)
    wait("the export", lambda: client.get_campaign_export(campaign).state == "finished")
    with file.open("wb") as into:
        client.download_campaign_export(client.get_campaign_export(campaign), into)
    with file.open(newline="") as lines:
        rows = [Row(each["contact_id"], each["status"]) for each in csv.DictReader(lines)]
    emails = [Email(str(each["to"]), str(each["subject"])) for each in outbox(run)]
    report = client.get_campaign_report(campaign)
    return Told(emails, rows, report.state, report.recipients, report.statuses)


def _waiting(run: LocalRun) -> dict[str, int]:
    """How many lie in each queue."""
    sqs = aws(run, "sqs")
    waiting = {}
    for url in sqs.list_queues()["QueueUrls"]:
        found = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["All"])["Attributes"]
        counts = (int(n) for said, n in found.items() if said.startswith("ApproximateNumber"))
        waiting[url.rpartition("/")[2]] = sum(counts)
    return waiting


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), sys.argv[2]))
