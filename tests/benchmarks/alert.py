"""`make bench-alert`: an alert to a thousand contacts while a campaign of five thousand runs.

Both go through the deployed functions in the emulator, at the rates of a local run: what is shown
is that the alert doesn't wait behind the campaign, and what its lane's share of the rate makes of
it. On a faster provider it is the rate that changes.
"""

from __future__ import annotations

import csv
import io
import json
import os
import platform
import subprocess
import sys
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from infra.constructs.lanes import SHARES
from infra.local.places import REGION, ROOT, SERVICE_STACK
from tests.benchmarks.waiting import wait
from tests.e2e.deployed import client_of, deployed, outbox

if TYPE_CHECKING:
    from collections.abc import Sequence

    from infra.local.running import LocalRun
    from outbound_client import Content, OutboundClient

ALERTED, WRITTEN_TO = 1_000, 5_000
BEFORE = 100
"""Emails of the campaign that have left when the alert is asked for."""
CHANNELS = ("email", "sms")
OPEN = {"accepted", "scheduled", "deferred", "sending"}
HEADERS = ("id", "email", "phone", "region", "timezone", "locale")
SHIPPED: dict[str, Content] = {
    "email": {"subject": "Order {{ order }}", "text": "Order {{ order }} has shipped."}
}
LOCAL = json.loads((ROOT / "cdk.json").read_text())["context"]["environments"]["local"]


def main() -> int:
    """Deploy, send both, print the times."""
    with (
        TemporaryDirectory() as folder,
        deployed(Path(folder) / ".local") as run,
        client_of(run) as client,
    ):
        _import(client)
        campaign = _campaign(client)
        wait("the campaign", lambda: _reached(client, campaign) >= BEFORE)
        asked, approved, alert = _alert(run)
        wait("the alert", lambda: _handed_over(client, alert))
        _print(run, asked, approved, _reached(client, campaign))
    return 0


def _import(client: OutboundClient) -> None:
    written = io.StringIO()
    rows = csv.writer(written)
    rows.writerow(HEADERS)
    for number in range(ALERTED + WRITTEN_TO):
        alerted = number < ALERTED
        name = f"{'near' if alerted else 'far'}-{number:04}"
        phone = f"+1206555{number:04}" if alerted else ""
        where = ("US-WA", "America/Los_Angeles") if alerted else ("FR", "Europe/Paris")
        rows.writerow([name, f"{name}@example.com", phone, *where, "en"])
    imported = client.import_contacts(written.getvalue().encode(), "csv")
    wait("the import", lambda: client.get_import(imported.id).state == "finished")


def _campaign(client: OutboundClient) -> str:
    client.put_template("shipped", purpose="transactional", channels=SHIPPED)
    client.put_segment("far", expression='contact.region == "FR"')
    made = client.create_campaign(
        {
            "name": "Beside an alert",
            "channel": "email",
            "purpose": "transactional",
            "template": {"id": "shipped"},
            "audience": {"segment": "far"},
            "data": {"order": "A-77"},
        }
    )
    client.launch_campaign(made.id)
    return made.id


def _alert(run: LocalRun) -> tuple[datetime, datetime, str]:
    """When it was asked for and approved, and its id."""
    ada, grace = (client_of(run, _key(run, person)) for person in ("ada", "grace"))
    wanted: dict[str, Any] = {
        "status": "Actual",
        "urgency": "Immediate",
        "severity": "Severe",
        "certainty": "Observed",
        "target": {"regions": ["US-WA"]},
        "channels": list(CHANNELS),
        "expires_at": f"{datetime.now(UTC) + timedelta(hours=6):%Y-%m-%dT%H:%M:%SZ}",
        "info": [{"language": "en", "event": "Flood", "headline": "The river rises"}],
    }
    with ada, grace:
        asked = datetime.now(UTC)
        alert = ada.create_alert(wanted)
        approved = datetime.now(UTC)
        grace.approve_alert(alert.id)
    return asked, approved, alert.id


def _key(run: LocalRun, person: str) -> str:
    """A key of a person, which only an operator makes."""
    done = subprocess.run(
        [
            *(str(ROOT / ".venv/bin/outbound"), "keys", "create", "--json", "--tenant", "demo"),
            *("--name", person, "--person", person, "--mode", "live", "--purposes", "emergency"),
            *("--scopes", "alerts:write", "alerts:read", "alerts:approve"),
            *("--stack", SERVICE_STACK, "--endpoint-url", run.aws["endpoints"]["default"]),
        ],
        env=os.environ
        | {"AWS_REGION": REGION, "AWS_ACCESS_KEY_ID": "local", "AWS_SECRET_ACCESS_KEY": "local"},
        capture_output=True,
        text=True,
        check=True,
    )
    return str(json.loads(done.stdout)["secret"])


def _reached(client: OutboundClient, campaign: str) -> int:
    statuses = client.get_campaign_report(campaign).statuses
    return sum(count for status, count in statuses.items() if status not in OPEN)


def _handed_over(client: OutboundClient, alert: str) -> bool:
    progress = client.get_alert(alert).progress
    assert progress is not None
    left = sum(count for status, count in progress.statuses.items() if status in OPEN)
    return left == 0 and sum(progress.statuses.values()) == ALERTED * len(CHANNELS)


def _print(run: LocalRun, asked: datetime, approved: datetime, reached: int) -> None:
    alerts = [each for each in outbox(run) if "The river rises" in str(each["text"])]
    twice = [
        each for each, count in Counter(str(item["to"]) for item in alerts).items() if count > 1
    ]
    print(f"\n{datetime.now(UTC):%Y-%m-%d}, {platform.machine()}, {os.cpu_count()} cores")
    print(
        f"alert to {ALERTED} contacts beside a campaign of {WRITTEN_TO}; from its approval, in s:"
    )
    print("\n| channel | messages | first | half | nine tenths | last | its lane's rate allows |")
    print("|---|---|---|---|---|---|---|")
    for channel in CHANNELS:
        times = sorted(
            (datetime.fromisoformat(each["at"]) - approved).total_seconds()
            for each in alerts
            if each["channel"] == channel
        )
        allowed = ALERTED / (LOCAL[channel]["rate_per_second"] * SHARES["critical"])
        shown = " | ".join(f"{each:.1f}" for each in _places(times))
        print(f"| {channel} | {len(times)} | {shown} | {allowed:.0f} |")
    print(f"\nasked for {(approved - asked).total_seconds():.1f} s before it was approved")
    print(f"the campaign had {reached} of {WRITTEN_TO} behind it then; {twice} got it twice")


def _places(times: Sequence[float]) -> tuple[float, ...]:
    last = len(times) - 1
    return times[0], times[last // 2], times[last * 9 // 10], times[last]


if __name__ == "__main__":
    sys.exit(main())
