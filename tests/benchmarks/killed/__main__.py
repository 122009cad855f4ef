"""`make bench-campaign`: a campaign of five thousand with killed workers and doubled events."""

from __future__ import annotations

import random
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from infra.constructs.lanes import together
from outbound.domain.words import OnUnconfirmed, Purpose, default_on_unconfirmed
from tests.benchmarks.killed.accounting import faults
from tests.benchmarks.killed.campaign import SUBJECTS, estimated, made, told
from tests.benchmarks.killed.people import people
from tests.benchmarks.killed.showing import Figures, Pause, show
from tests.benchmarks.killed.trouble import KILLS, Trouble
from tests.benchmarks.waiting import wait
from tests.e2e.deployed import client_of, deployed, outbox
from tests.e2e.inside import aws

if TYPE_CHECKING:
    from infra.local.running import LocalRun
    from outbound_client import CampaignReport, OutboundClient

SEED = 6
RATE = 100
"""Messages a second by email, of which campaigns have four tenths; that of the simulator's SES."""
PAUSED_AT = 0.4
STILL = timedelta(seconds=14)
"""How long a paused run is watched."""
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
        campaign = made(client, those, purpose)
        wrong = estimated(client, purpose, those)
        noted = Path(folder) / "noted"
        noted.mkdir()
        trouble = Trouble(run, noted, chance)
        with trouble.going_on():
            began = time.monotonic()
            client.launch_campaign(campaign)
            pause = _paused(run, client, campaign, trouble, count)
            wait("the campaign", lambda: _ended(client, campaign, trouble, count))
            seconds = time.monotonic() - began
            wait("what is left", lambda: _still(run, client.get_campaign_report(campaign)))
        seen = told(run, client, campaign, Path(folder) / "export.csv")
        in_doubt = trouble.killed_delivering * together(RATE)
        again = default_on_unconfirmed(Purpose(purpose)) is OnUnconfirmed.RESEND
        wrong += faults(those, SUBJECTS, seen, in_doubt, again=again)
        wrong += _troubles(run, trouble)
        show(those, seen, Figures(seconds, pause, trouble.killed, trouble.hits, trouble.doubled))
    for each in wrong[:20]:
        print(each)
    print(f"\n{len(wrong)} not as they should be" if wrong else "\nEverybody is accounted for.")
    return 1 if wrong else 0


def _troubles(run: LocalRun, trouble: Trouble) -> list[str]:
    """What was given up, and what wasn't tried."""
    dead = {name: count for name, count in _waiting(run).items() if DEAD in name and count}
    lost = [f"{count} in {name}" for name, count in dead.items()]
    if trouble.hits < KILLS:
        lost.append(f"{trouble.hits} of {KILLS} workers killed in the middle of their work")
    return lost


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
