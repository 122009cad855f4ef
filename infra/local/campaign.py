"""The demo's campaign: contacts from a file, who is meant, what it would cost, and what became."""

import time
from collections.abc import Callable
from pathlib import Path

from rich.console import Console, Group
from rich.live import Live
from rich.progress_bar import ProgressBar
from rich.table import Table
from rich.text import Text

from outbound_client import CampaignEstimate, CampaignReport, OutboundClient
from outbound_client.ready_made import examples

PEOPLE = Path(__file__).with_name("people.csv")
"""As a shop would export them, in three zones and two languages: most said yes to offers, some no,
and some were never asked.
"""
PATIENCE = 150.0
PRO = 'attributes.plan == "pro"'
ENDED = {"finished", "failed", "cancelled"}


def run(client: OutboundClient, console: Console) -> bool:
    """Import, estimate, launch and follow it; whether everybody is accounted for."""
    file = PEOPLE.read_bytes()
    imported = client.import_contacts(file, "csv")
    end = time.monotonic() + PATIENCE
    while imported.state not in ENDED and time.monotonic() < end:
        time.sleep(0.5)
        imported = client.get_import(imported.id)
    rows = imported.rows
    told = f"{rows.created} contacts from {PEOPLE.name}, {rows.refused} rows refused."
    console.print(f"\nImported {told}")

    data = {name: value for name, value in examples("offer").items() if name != "name"}
    client.put_segment("pro", expression=PRO)
    made = client.create_campaign(
        {
            "name": "Demo offer",
            "channel": "email",
            "purpose": "marketing",
            "template": {"id": "offer"},
            "audience": {"segment": "pro"},
            "data": data,
        }
    )
    console.print(estimated(client.estimate_campaign(made.id)))
    client.launch_campaign(made.id)
    report = _followed(lambda: client.get_campaign_report(made.id), end, console)
    console.print(reasons(report))
    accounted = sum(report.statuses.values()) == report.recipients > 0
    return imported.state == "finished" and report.state == "finished" and accounted


def _followed(report: Callable[[], CampaignReport], end: float, console: Console) -> CampaignReport:
    """The report when all has ended, shown as it grows until then."""
    with Live(console=console, refresh_per_second=4) as live:
        while True:
            now = report()
            live.update(progress(now))
            if now.state in ENDED or time.monotonic() > end:
                return now
            time.sleep(0.5)


def estimated(estimate: CampaignEstimate) -> str:
    """What was said before it was launched."""
    looked_at = "" if estimate.complete else " (the first that were looked at)"
    may = sum(each.count for each in estimate.decisions if each.verdict == "send")
    price = f"{estimate.price.amount} {estimate.price.currency}"
    return f"Estimate: {estimate.recipients} recipients{looked_at}, {may} may be sent to, {price}."


def progress(report: CampaignReport) -> Group:
    """How far a campaign is, and where its recipients are."""
    reached = sum(report.statuses.values())
    counts = ", ".join(f"{count} {status}" for status, count in sorted(report.statuses.items()))
    told = Text(f"Campaign {report.state}: {reached} of {report.recipients}  {counts}")
    return Group(told, ProgressBar(total=report.recipients or 1, completed=reached, width=60))


def reasons(report: CampaignReport) -> Table:
    """What became of the recipients, and why."""
    shown = Table(title="What became of the campaign's recipients", title_justify="left")
    for head, justify in (("status", "left"), ("reason", "left"), ("recipients", "right")):
        shown.add_column(head, justify=justify)  # type: ignore[arg-type]
    explained = {str(each["status"]) for each in report.reasons}
    for status, count in sorted(report.statuses.items()):
        if status not in explained:
            shown.add_row(status, "", str(count))
    for each in report.reasons:
        shown.add_row(str(each["status"]), str(each["reason"]), str(each["count"]))
    return shown
