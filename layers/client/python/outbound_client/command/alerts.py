"""`outbound alerts`: asked for from a file, approved by a second person, watched, cancelled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outbound_client.command import show
from outbound_client.command.access import client
from outbound_client.command.forms import api_command, group_of, paged
from outbound_client.command.reading import object_of, text_of

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Mapping

    from outbound_client.command.forms import Commands
    from outbound_client.command.surroundings import Surroundings
    from outbound_client.models import Alert


def add_alerts(commands: Commands) -> None:
    """`outbound alerts`."""
    group = group_of(commands, "alerts", "alert the public, or drill it")
    ask = api_command(group, "send", "ask for an alert; a drill begins at once")
    ask.add_argument(
        "file", metavar="FILE", help="JSON, or CAP 1.2 (.xml); - reads JSON from stdin"
    )
    ask.add_argument(
        "--region", action="append", default=[], help="of CAP: who is meant (US-CA); repeatable"
    )
    ask.add_argument("--segment", metavar="ID", help="of CAP: who is meant")
    ask.add_argument("--channel", action="append", default=[], help="of CAP: by what; repeatable")
    ask.add_argument(
        "--step",
        action="append",
        default=[],
        help="of CAP: what follows for who hasn't acknowledged it (PT10M:sms:voice); repeatable",
    )
    ask.add_argument("--template", metavar="ID", help="of CAP: the template that has its words")
    ask.add_argument("--idempotency-key", metavar="KEY", help="of JSON: the same key alerts once")
    ask.set_defaults(run=send)
    get_ = api_command(group, "get", "show an alert and its progress")
    get_.set_defaults(run=get)
    estimate_ = api_command(group, "estimate", "show whom an alert would reach if it began now")
    estimate_.set_defaults(run=estimate)
    approve_ = api_command(group, "approve", "send an alert that another person has asked for")
    approve_.set_defaults(run=approve)
    cancel_ = api_command(group, "cancel", "send no more of an alert, and tell nobody")
    cancel_.set_defaults(run=cancel)
    for each in (get_, estimate_, approve_, cancel_):
        each.add_argument("id", metavar="ID")
    list__ = api_command(group, "list", "list alerts, newest first")
    paged(list__).set_defaults(run=list_)


def send(asked: Namespace, around: Surroundings) -> None:
    """Ask for an alert from a file."""
    if asked.file.lower().endswith(".xml"):
        document = text_of(asked.file)
        with client(asked, around) as api:
            made = api.create_alert_from_cap(
                document,
                regions=asked.region,
                segment=asked.segment,
                channels=asked.channel,
                escalation=asked.step,
                template=asked.template,
            )
    else:
        wanted = object_of(asked.file)
        with client(asked, around) as api:
            made = api.create_alert(wanted, asked.idempotency_key)
    _show(made, asked)
    if made.state == "awaiting_approval" and not asked.json:
        print(f"\nWhom it would reach: outbound alerts estimate {made.id}")
        print(f"Another person sends it: outbound alerts approve {made.id}")


def get(asked: Namespace, around: Surroundings) -> None:
    """Show an alert and its progress."""
    with client(asked, around) as api:
        alert = api.get_alert(asked.id)
    _show(alert, asked)
    progress = alert.progress
    if asked.json or progress is None or not progress.places:
        return
    print()
    show.table(
        ("REGION", "CHANNEL", "ACKNOWLEDGED", "MESSAGES"),
        [
            (each.region, each.channel, str(each.acknowledged), _counts(each.statuses))
            for each in progress.places
        ],
    )
    print()
    show.table(
        ("STEP", "BY", "FOR", "MESSAGES"),
        [
            (
                show.when(each.at) if each.at else "-",
                ", ".join(each.channels),
                each.meant,
                _counts(each.statuses),
            )
            for each in progress.steps
        ],
    )
    read = ", ".join(f"{count} by {name}" for name, count in progress.acknowledged.items())
    print(f"\nacknowledged: {read or 'nobody'}")


def estimate(asked: Namespace, around: Surroundings) -> None:
    """Show whom an alert would reach, on which channels, and who not."""
    with client(asked, around) as api:
        found = api.estimate_alert(asked.id)
    if asked.json:
        show.as_json(found)
        return
    part = f"{found.shards.counted} of {found.shards.of} parts of all contacts"
    show.fields(
        [
            ("recipients", found.recipients),
            ("reached at once", found.reached),
            ("price", f"{found.price.amount} {found.price.currency}"),
            ("of unknown price", found.price.unpriced or None),
            ("at most", f"{found.price_at_most.amount} {found.price_at_most.currency}"),
            ("looked at", part if found.shards.counted < found.shards.of else None),
        ]
    )
    print()
    show.table(
        ("CHANNEL", "BEGINS", "RECIPIENTS", "TAKES", "PRICE"),
        [
            (
                each.channel,
                "at once" if each.at_once else "later",
                str(each.recipients),
                each.takes,
                str(each.price.amount),
            )
            for each in found.channels
        ],
    )
    print()
    show.table(
        ("CHANNEL", "VERDICT", "REASON", "RULE", "COUNT"),
        [
            (each.channel, said.verdict, said.reason or "", said.rule or "", str(said.count))
            for each in found.channels
            for said in each.decisions
        ],
    )


def list_(asked: Namespace, around: Surroundings) -> None:
    """Show a page of alerts."""
    with client(asked, around) as api:
        page = api.list_alerts(asked.limit, asked.cursor)
    if asked.json:
        show.as_json(page)
        return
    rows = [
        (each.id, each.state, each.status, each.type, show.when(each.sent), _title(each))
        for each in page.items
    ]
    show.table(("ID", "STATE", "STATUS", "TYPE", "SENT", "SAYS"), rows)
    show.more(page.next_cursor)


def approve(asked: Namespace, around: Surroundings) -> None:
    """Send an alert of another person's."""
    with client(asked, around) as api:
        _show(api.approve_alert(asked.id), asked)


def cancel(asked: Namespace, around: Surroundings) -> None:
    """Send no more of an alert."""
    with client(asked, around) as api:
        _show(api.cancel_alert(asked.id), asked)


def _show(alert: Alert, asked: Namespace) -> None:
    if asked.json:
        show.as_json(alert)
        return
    show.fields(
        [
            ("id", alert.id),
            ("state", alert.state),
            ("reason", alert.reason),
            ("status", alert.status),
            ("type", alert.type),
            ("says", _title(alert)),
            ("channels", ", ".join(alert.channels)),
            ("asked for by", alert.created_by),
            ("approved by", alert.approved_by),
        ]
    )


def _counts(statuses: Mapping[str, int]) -> str:
    return ", ".join(f"{count} {status}" for status, count in statuses.items())


def _title(alert: Alert) -> str:
    info = alert.info[0] if alert.info else {}
    return str(info.get("headline") or info.get("event") or "")
