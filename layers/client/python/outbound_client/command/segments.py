"""`outbound segments`: put, get, list, delete, estimate."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from outbound_client.command import show
from outbound_client.command.access import client
from outbound_client.command.reading import text_of

if TYPE_CHECKING:
    from argparse import Namespace

    from outbound_client.command.surroundings import Surroundings
    from outbound_client.models import Segment, SegmentEstimate

SECONDS = 1.0


def put(asked: Namespace, around: Surroundings) -> None:
    """Make or replace a segment."""
    exclude = {"expression": asked.exclude, "segments": asked.exclude_segment}
    given = {name: value for name, value in exclude.items() if value}
    ids = None if asked.contacts is None else text_of(asked.contacts).split()
    with client(asked, around) as api:
        stored = api.put_segment(
            asked.id, expression=asked.expression, contact_ids=ids, exclude=given or None
        )
    _show(stored, asked)


def get(asked: Namespace, around: Surroundings) -> None:
    """Show a segment."""
    with client(asked, around) as api:
        _show(api.get_segment(asked.id), asked)


def list_(asked: Namespace, around: Surroundings) -> None:
    """Show a page of segments."""
    with client(asked, around) as api:
        page = api.list_segments(asked.limit, asked.cursor)
    if asked.json:
        show.as_json(page)
        return
    rows = [
        [each.id, show.when(each.updated_at), each.expression or "by name"] for each in page.items
    ]
    show.table(("ID", "UPDATED", "WHO"), rows)
    show.more(page.next_cursor)


def delete(asked: Namespace, around: Surroundings) -> None:
    """Remove a segment."""
    with client(asked, around) as api:
        _show(api.delete_segment(asked.id), asked)


def estimate(asked: Namespace, around: Surroundings) -> None:
    """Count who is in a segment, shard by shard, and wait until all are."""
    with client(asked, around) as api:
        found = api.estimate_segment(
            asked.id,
            purpose=asked.purpose,
            channels=asked.channel,
            topic=asked.topic,
            at=asked.at,
        )
        while found.state == "running":
            show.progress(f"{found.read} contacts looked at, {found.selected} in it")
            around.sleep(SECONDS)
            found = api.get_estimate(found.id)
    show.progress("")
    show.as_json(found) if asked.json else _tell(found)


def _show(segment: Segment, asked: Namespace) -> None:
    if asked.json:
        show.as_json(segment)
        return
    exclude = segment.exclude
    left_out = [
        *([exclude.expression] if exclude.expression else []),
        *(f"segment {each}" for each in exclude.segments),
        *([f"{len(exclude.contact_ids)} by name"] if exclude.contact_ids else []),
    ]
    show.fields(
        [
            ("id", segment.id),
            ("expression", segment.expression),
            ("contacts", len(segment.contact_ids) if segment.contact_ids else None),
            ("left out", ", ".join(left_out)),
            ("updated", show.when(segment.updated_at)),
        ]
    )


def _tell(found: SegmentEstimate) -> None:
    show.fields(
        [
            ("state", found.state),
            ("contacts", found.read),
            ("in it", found.selected),
            ("as of", show.when(found.at)),
        ]
    )
    rows = [
        [reach.channel, each.verdict, each.reason or "", str(each.count)]
        for reach in found.channels
        for each in reach.decisions
    ]
    if rows:
        show.table(("CHANNEL", "VERDICT", "REASON", "COUNT"), rows)
    for name in found.unknown_attributes:
        print(f"outbound: no contact has the attribute {name}", file=sys.stderr)
