"""`outbound rules`: put, list, test, refused, remove."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from outbound_client.command import show
from outbound_client.command.access import client
from outbound_client.command.failures import Failure
from outbound_client.command.reading import object_of

if TYPE_CHECKING:
    from argparse import Namespace

    from outbound_client.command.surroundings import Surroundings


def put(asked: Namespace, around: Surroundings) -> None:
    """Store a rule from a file."""
    document = object_of(asked.file)
    with client(asked, around) as api:
        rule = api.put_rule(asked.id, **document)
    show.as_json(rule) if asked.json else print(f"{rule.id} is stored")


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
            each.channel or ",".join((each.route or {}).get("channels", ())),
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
    if page.next_cursor:
        print(f"outbound: there are more: --cursor {page.next_cursor}", file=sys.stderr)


def remove(asked: Namespace, around: Surroundings) -> None:
    """Remove a rule."""
    with client(asked, around) as api:
        rule = api.delete_rule(asked.id)
    show.as_json(rule) if asked.json else print(f"{rule.id} is removed")
