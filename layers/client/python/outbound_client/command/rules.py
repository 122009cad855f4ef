"""`outbound rules`: put, get, list, test, refused, remove."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from outbound_client.client import OutboundClient
from outbound_client.command import show
from outbound_client.command.access import client
from outbound_client.command.failures import Failure
from outbound_client.command.reading import fields_of, object_of

if TYPE_CHECKING:
    from argparse import Namespace

    from outbound_client.command.surroundings import Surroundings
    from outbound_client.models import EventRule


def put(asked: Namespace, around: Surroundings) -> None:
    """Store a rule from a file."""
    fields = fields_of(asked.file, OutboundClient.put_rule)
    with client(asked, around) as api:
        rule = api.put_rule(asked.id, **fields)
    show.as_json(rule) if asked.json else print(f"{rule.id} is stored")


def get(asked: Namespace, around: Surroundings) -> None:
    """Show a rule."""
    with client(asked, around) as api:
        rule = api.get_rule(asked.id)
    if asked.json:
        show.as_json(rule)
        return
    show.fields(
        [
            ("id", rule.id),
            ("pattern", json.dumps(rule.pattern)),
            ("contact", json.dumps(rule.contact)),
            ("channel", _way(rule)),
            ("purpose", rule.purpose),
            ("topic", rule.topic),
            ("template", rule.template.get("id")),
            *((f"data.{name}", path) for name, path in rule.data.items()),
            ("enabled", "yes" if rule.enabled else "no"),
            ("changed", show.when(rule.updated_at)),
        ]
    )


def list_(asked: Namespace, around: Surroundings) -> None:
    """List all rules."""
    with client(asked, around) as api:
        rules = api.list_rules()
    if asked.json:
        show.as_json({"items": [each.model_dump(mode="json") for each in rules]})
        return
    rows = [
        (
            each.id,
            _way(each),
            str(each.template.get("id")),
            "yes" if each.enabled else "no",
        )
        for each in rules
    ]
    show.table(("ID", "CHANNEL", "TEMPLATE", "ENABLED"), rows)


def test(asked: Namespace, around: Surroundings) -> None:
    """Try a pattern, or that of a rule, on an event."""
    pattern, event = object_of(asked.pattern), object_of(asked.event)
    with client(asked, around) as api:
        tried = api.test_pattern(pattern.get("pattern", pattern), event)
    if asked.json:
        show.as_json(tried)
    elif tried.matches:
        print("The pattern matches the event.")
    if not tried.matches:
        raise Failure(f"The pattern does not match the event, first at {tried.differs_at}.")


def refused(asked: Namespace, around: Surroundings) -> None:
    """List the events that became no message."""
    with client(asked, around) as api:
        page = api.list_refused_events(asked.id, asked.limit, asked.cursor)
    if asked.json:
        show.as_json(page)
        return
    rows = [(show.when(each.at), each.event_id, each.detail_type, each.code) for each in page.items]
    show.table(("AT", "EVENT", "KIND", "REASON"), rows)
    show.more(page.next_cursor)


def remove(asked: Namespace, around: Surroundings) -> None:
    """Remove a rule."""
    with client(asked, around) as api:
        rule = api.delete_rule(asked.id)
    show.as_json(rule) if asked.json else print(f"{rule.id} is removed")


def _way(rule: EventRule) -> str:
    return rule.channel or ",".join((rule.route or {}).get("channels", ()))
