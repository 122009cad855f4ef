"""`outbound templates preview` and `outbound templates test`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outbound_client.command import show
from outbound_client.command.access import client
from outbound_client.command.failures import REFUSED, Failure
from outbound_client.command.messages import read_data

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterable

    from outbound_client.command.surroundings import Surroundings
    from outbound_client.models import Finding


def preview(asked: Namespace, around: Surroundings) -> None:
    """Show a template as somebody would get it."""
    with client(asked, around) as api:
        shown = api.preview_template(
            asked.id,
            data=read_data(asked.data),
            contact_id=asked.contact,
            version=asked.version,
            locale=asked.locale,
            channel=asked.channel,
        )
    if asked.json:
        show.as_json(shown)
        return
    for channel, bodies in shown.bodies.items():
        price = shown.price.get(channel)
        cost = f"{price.amount} {price.currency}" if price else "price unknown"
        if channel == "sms" and shown.sms:
            cost = f"{shown.sms.parts} x {shown.sms.encoding}, {cost}"
        if channel == "voice" and shown.voice:
            cost = f"about {shown.voice.seconds} s, {cost}"
        ease = shown.reading_ease.get(channel)
        easy = "" if ease is None else f", reading ease {ease}"
        print(f"== {channel}  ({cost}{easy})")
        for name, body in bodies.items():
            print(f"{name}:\n{body}\n")
    findings(shown.findings)


def test(asked: Namespace, around: Surroundings) -> None:
    """Send a template to testers."""
    with client(asked, around) as api:
        sent = api.send_test(
            asked.id,
            asked.to,
            data=read_data(asked.data),
            version=asked.version,
            locale=asked.locale,
            channel=asked.channel,
        )
    if asked.json:
        show.as_json({"items": [each.model_dump(mode="json") for each in sent]})
    else:
        rows = [
            (
                each.tester,
                each.channel,
                each.id or "",
                each.problem.detail if each.problem else each.reason or each.status or "",
            )
            for each in sent
        ]
        show.table(("TESTER", "CHANNEL", "MESSAGE", "WHAT BECAME OF IT"), rows)
    refused = [each for each in sent if each.problem]
    if refused:
        raise Failure(f"{len(refused)} of {len(sent)} tests were refused.", REFUSED)


def findings(found: Iterable[Finding]) -> None:
    """What is wrong, a line each."""
    for each in found:
        source = f" [{each.source}]" if each.source else ""
        print(f"{each.severity}  {each.place}  {each.rule}: {each.message}{source}")
