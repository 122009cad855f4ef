"""`outbound stats`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from outbound_client.command import show
from outbound_client.command.access import client

if TYPE_CHECKING:
    from argparse import Namespace

    from outbound_client.command.surroundings import Surroundings
    from outbound_client.models import StatsCounts

BY = ("day", "channel", "purpose", "provider", "region", "template", "campaign")
_HEADS = ("ACCEPTED", "SENT", "DELIVERED", "NOT", "IN DOUBT", "PARTS", "USD", "P50", "P95")
_NOT = ("undelivered", "bounced", "failed", "blocked", "cancelled", "expired")


def table(asked: Namespace, around: Surroundings) -> None:
    """Show what became of messages."""
    days = {"first": asked.first, "last": asked.last, "by": asked.by}
    with client(asked, around) as api:
        if asked.csv:
            sys.stdout.write(api.export_stats(**days))
            return
        stats = api.get_stats(**days)
    if asked.json:
        show.as_json(stats)
        return
    rows = [(each.value or "none", *_cells(each)) for each in stats.items]
    show.table((stats.by.upper(), *_HEADS), [*rows, ("all", *_cells(stats.total))])


def _cells(counts: StatsCounts) -> tuple[str, ...]:
    not_delivered = sum(counts.statuses.get(status, 0) for status in _NOT)
    times = counts.seconds_to_deliver
    return (
        str(counts.accepted),
        str(counts.sent),
        str(counts.statuses.get("delivered", 0)),
        str(not_delivered),
        str(counts.statuses.get("unconfirmed", 0)),
        str(counts.parts),
        f"{counts.cost.amount:.2f}",
        *("" if each is None else f"{each:g} s" for each in (times.p50, times.p95)),
    )
