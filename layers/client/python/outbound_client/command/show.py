"""What the command prints."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from outbound_client.models import Answer, DryRun, Message, Route, RouteDryRun, Template


def as_json(value: Answer | dict[str, Any]) -> None:
    """One JSON document on standard output."""
    plain = value if isinstance(value, dict) else value.model_dump(mode="json", by_alias=True)
    print(json.dumps(plain, indent=2, ensure_ascii=False))


def fields(rows: Iterable[tuple[str, object]]) -> None:
    """Names and values below each other, without those that aren't set."""
    told = [(name, str(value)) for name, value in rows if value not in (None, "")]
    width = max(len(name) for name, _ in told)
    for name, value in told:
        print(f"{name:<{width}}  {value}")


def table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Rows below their heads, each column as wide as it must be."""
    lines = [heads, *rows]
    widths = [max(len(line[column]) for line in lines) for column in range(len(heads))]
    for line in lines:
        cells = (f"{cell:<{width}}" for cell, width in zip(line, widths, strict=True))
        print("  ".join(cells).rstrip())


def message(shown: Message) -> None:
    """One message with its story."""
    decision = shown.decision
    fields(
        [
            ("id", shown.id),
            ("status", shown.status),
            ("channel", shown.channel),
            ("purpose", shown.purpose),
            ("to", shown.to.masked),
            ("contact", shown.to.contact_id),
            ("decision", decision and " ".join(filter(None, (decision.verdict, decision.reason)))),
            ("parts", shown.sms and f"{shown.sms.parts} ({shown.sms.encoding})"),
            ("from", shown.sender),
            ("voice", _voice(shown)),
            ("price", _price(shown)),
            ("provider", shown.provider and f"{shown.provider.name} {shown.provider.id or ''}"),
            ("created", when(shown.created_at)),
            ("send at", shown.send_at and when(shown.send_at)),
            ("expires", shown.expires_at and when(shown.expires_at)),
        ]
    )
    for entry in shown.timeline:
        print(f"  {when(entry.at)}  {entry.status}  {entry.reason or ''}".rstrip())


def route(shown: Route) -> None:
    """A route with its messages, and one story."""
    fields(
        [
            ("id", shown.id),
            ("status", shown.status),
            ("purpose", shown.purpose),
            ("contact", shown.contact_id),
            *((each.channel, f"{each.status} {each.id}") for each in shown.messages),
            *((each, "no address") for each in shown.without_address),
            ("created", when(shown.created_at)),
        ]
    )
    for entry in shown.timeline:
        line = f"  {when(entry.at)}  {entry.channel}  {entry.status}  {entry.reason or ''}"
        print(line.rstrip())


def route_dry_run(shown: RouteDryRun) -> None:
    """What would become of each message of a route."""
    for each in shown.messages:
        print(f"{each.channel}:")
        dry_run(each)


def dry_run(shown: DryRun) -> None:
    """What would become of a message, and each of its bodies."""
    decision = shown.decision
    fields(
        [
            ("to", shown.to.masked),
            ("contact", shown.to.contact_id),
            ("channel", shown.channel),
            ("purpose", shown.purpose),
            ("decision", " ".join(filter(None, (decision.verdict, decision.reason)))),
            ("parts", shown.sms and f"{shown.sms.parts} ({shown.sms.encoding})"),
            ("from", shown.sender),
            ("voice", _voice(shown)),
            ("price", _price(shown)),
            ("leaves", when(shown.send_at) if shown.send_at else "at once"),
            ("expires", when(shown.expires_at)),
        ]
    )
    for name, body in shown.content.items():
        print(f"\n{name}:\n{body}")


def _voice(shown: Message | DryRun) -> str | None:
    voice = shown.voice
    return f"{voice.voice}, about {voice.seconds} s" if voice else None


def _price(shown: Message | DryRun) -> str | None:
    price = shown.price
    if price is None:
        return shown.price_reason and f"unknown ({shown.price_reason})"
    fees = price.carrier_fees not in (None, "none") and f", carrier fees {price.carrier_fees}"
    return f"{price.amount} {price.currency}{fees or ''}"


def template(shown: Template) -> None:
    """One version of a template; its content stays in the file."""
    fields(
        [
            ("id", shown.id),
            ("version", shown.version),
            ("published", "yes" if shown.published else "no"),
            ("purpose", shown.purpose or "partial"),
            ("channels", ", ".join(shown.channels)),
            ("locales", ", ".join(shown.locales) or None),
            ("created", shown.created_at and when(shown.created_at)),
        ]
    )


def more(cursor: str | None) -> None:
    """That a page isn't the last."""
    if cursor:
        remark(f"there are more: --cursor {cursor}")


def remark(text: str) -> None:
    """Something beside what was asked for."""
    print(f"outbound: {text}", file=sys.stderr)


def progress(text: str) -> None:
    """What the command is at, on one line that the next replaces; nothing where nobody watches."""
    if sys.stderr.isatty():
        print(f"\r\x1b[K{text}", end="", file=sys.stderr, flush=True)


def when(instant: datetime) -> str:
    """An instant, to the second."""
    return instant.isoformat(sep=" ", timespec="seconds").replace("+00:00", "Z")
