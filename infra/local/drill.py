"""The demo's drill: an alert in CAP, in two languages, by every channel, to testers alone."""

import re
import time
from datetime import UTC, datetime, timedelta

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
ALERT = """<?xml version="1.0" encoding="UTF-8"?>
<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">
  <identifier>drill-{number}</identifier>
  <sender>health@county.example</sender>
  <sent>{sent}</sent>
  <status>Exercise</status>
  <msgType>Alert</msgType>
  <scope>Public</scope>{infos}
</alert>
"""
INFO = """
  <info>
    <language>{locale}</language>
    <category>Health</category>
    <event>{headline}</event>
    <urgency>Immediate</urgency>
    <severity>Severe</severity>
    <certainty>Observed</certainty>
    <expires>{expires}</expires>
    <senderName>County Health</senderName>
    <headline>{headline}</headline>
    <area>
      <areaDesc>Washington</areaDesc>
      <geocode><valueName>ISO3166-2</valueName><value>{region}</value></geocode>
    </area>
  </info>"""
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
    alert = client.create_alert_from_cap(_alert(), calls_again=0)
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


def _alert() -> str:
    """The drill in the Common Alerting Protocol, as an alerting authority would send it."""
    now = datetime.now(UTC)
    infos = "".join(
        INFO.format(
            locale=locale,
            headline=headline,
            expires=f"{now + timedelta(hours=1):%Y-%m-%dT%H:%M:%S-00:00}",
            region=REGION,
        )
        for locale, headline in HEADLINES.items()
    )
    return ALERT.format(number=time.time_ns(), sent=f"{now:%Y-%m-%dT%H:%M:%S-00:00}", infos=infos)


def _table(reached: dict[tuple[str, str], str], took: float) -> Table:
    shown = Table(title=f"Whom the drill reached, in {took:.1f} s", title_justify="left")
    for head in ("channel", "tester", "language"):
        shown.add_column(head)
    for (channel, address), locale in sorted(reached.items()):
        shown.add_row(channel, address, locale)
    return shown
