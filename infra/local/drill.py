"""The demo's drill: an alert in two languages by every channel, which reaches testers alone."""

import re
import time
from datetime import UTC, datetime, timedelta
from typing import Any

from rich.console import Console
from rich.table import Table

from infra.local.moments import eventually, imported_contacts
from infra.local.outgoing import left_with
from infra.local.running import LocalRun
from outbound_client import OutboundClient

REGION = "US-WA"
PEOPLE = (
    ("lucia", "phone", "+12065550133", "es-US"),
    ("ann", "email", "ann@example.org", "en-US"),
    ("neighbour", "phone", "+12065550134", "en-US"),
)
TESTERS = PEOPLE[:2]
HEADLINES = {"en-US": "Boil tap water before drinking", "es-US": "Hierva el agua del grifo"}
WANTED = {("sms", "+12065550133"), ("voice", "+12065550133"), ("email", "ann@example.org")}


def run(client: OutboundClient, local: LocalRun, console: Console) -> bool:
    """Verify two testers and drill; whether they, and nobody else, got it by every channel."""
    people = (
        {"id": name, kind: address, "locale": locale, "region": REGION}
        for name, kind, address, locale in PEOPLE
    )
    imported_contacts(client, *people)
    for name, kind, address, _ in TESTERS:
        _verify(client, local, name, kind, address)
    began = time.monotonic()
    alert = client.create_alert(_alert())
    all_have_it = eventually(lambda: set(_reached(local)) >= WANTED)
    reached = _reached(local)
    console.print(_table(reached, time.monotonic() - began))
    counted = eventually(lambda: _counted(client, alert.id) >= len(WANTED))
    nobody_else = set(reached) == WANTED and _counted(client, alert.id) == len(WANTED)
    in_both = set(reached.values()) == set(HEADLINES)
    return all_have_it and counted and nobody_else and in_both


def _counted(client: OutboundClient, alert_id: str) -> int:
    """Of how many messages it is told what became of them."""
    progress = client.get_alert(alert_id).progress
    return sum(progress.statuses.values()) if progress is not None else 0


def _reached(local: LocalRun) -> dict[tuple[str, str], str]:
    """In which language, by channel and address."""
    return {
        (each["channel"], each["to"]): locale
        for locale, headline in HEADLINES.items()
        for each in left_with(headline, local)
    }


def _verify(client: OutboundClient, local: LocalRun, name: str, kind: str, address: str) -> None:
    """Give back the code that a tester was sent."""
    known = {each.id: each for each in client.list_testers()}
    if name in known and known[name].verified_at is not None:
        return
    client.put_tester(name, **{kind: address})

    def codes() -> list[str]:
        told = [each for each in left_with("", local) if each["to"] == address]
        found = (re.search(r"\b[0-9]{6}\b", each["text"] or "") for each in told)
        return [each[0] for each in found if each]

    if eventually(lambda: bool(codes())):
        client.verify_tester(name, codes()[0])


def _alert() -> dict[str, Any]:
    return {
        "status": "Exercise",
        "urgency": "Immediate",
        "severity": "Severe",
        "certainty": "Observed",
        "target": {"regions": [REGION]},
        "expires_at": f"{datetime.now(UTC) + timedelta(hours=1):%Y-%m-%dT%H:%M:%SZ}",
        "sender_name": "County Health",
        "calls_again": 0,
        "info": [
            {"language": locale, "event": headline, "headline": headline}
            for locale, headline in HEADLINES.items()
        ],
    }


def _table(reached: dict[tuple[str, str], str], took: float) -> Table:
    shown = Table(title=f"Whom the drill reached, in {took:.1f} s", title_justify="left")
    for head in ("channel", "tester", "language"):
        shown.add_column(head)
    for (channel, address), locale in sorted(reached.items()):
        shown.add_row(channel, address, locale)
    return shown
