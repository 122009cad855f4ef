"""Statistics as they are answered, in JSON and in CSV."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from outbound.adapters.csv_lines import lines_of
from outbound.domain.histogram import percentile
from outbound.domain.message import Status
from outbound.domain.stats import ACCEPTED, ESTIMATED, PARTS, times_of
from outbound.domain.tally import HANDED_OVER, MARK, OPEN

if TYPE_CHECKING:
    from outbound.domain.tally import Tally
    from outbound.flow.manage.stats import Found

CSV = "text/csv; charset=utf-8"
ENDS = tuple(status for status in Status if status not in OPEN)
MARKS = ("complained", "opened", "clicked")


def stats_body(found: Found) -> dict[str, Any]:
    """Statistics in JSON."""
    return {
        "from": found.first.isoformat(),
        "to": found.last.isoformat(),
        "by": found.by,
        "total": counts_body(found.total),
        "items": [{"value": value, **counts_body(each)} for value, each in found.groups.items()],
    }


def counts_body(tally: Tally) -> dict[str, Any]:
    """The counts of messages that have something in common."""
    times = times_of(tally)
    return {
        "accepted": _count(tally, ACCEPTED),
        "sent": max(sum(tally.of(status) for status in HANDED_OVER), 0),
        "statuses": {status: tally.of(status) for status in ENDS if tally.of(status) > 0},
        "marks": {mark: count for mark, count in tally.under(MARK).items() if count > 0},
        "parts": _count(tally, PARTS),
        "cost": cost_body(tally),
        "seconds_to_deliver": {"p50": percentile(times, 0.5), "p95": percentile(times, 0.95)},
    }


def cost_body(tally: Tally) -> dict[str, Any]:
    """What was spent; estimated, if that is so for any of it."""
    estimated = tally.counts.get(ESTIMATED, 0) > 0
    return {**money_body(max(tally.cost, Decimal(0))), "estimated": estimated}


def money_body(amount: Decimal) -> dict[str, str]:
    """An amount of money."""
    return {"amount": f"{amount:.5f}", "currency": "USD"}


def stats_csv(found: Found) -> str:
    """Statistics in CSV: a line for each value, and one of names before them."""
    names = (found.by, "accepted", "sent", *ENDS, *MARKS, "parts", "cost_usd", "p50", "p95")
    return lines_of([names, *(_line(value, each) for value, each in found.groups.items())])


def _line(value: str | None, tally: Tally) -> list[Any]:
    body = counts_body(tally)
    times = body["seconds_to_deliver"]
    return [
        value or "",
        body["accepted"],
        body["sent"],
        *(body["statuses"].get(status, 0) for status in ENDS),
        *(body["marks"].get(mark, 0) for mark in MARKS),
        body["parts"],
        body["cost"]["amount"],
        *("" if times[name] is None else times[name] for name in ("p50", "p95")),
    ]


def _count(tally: Tally, name: str) -> int:
    """What was written before anything was counted may leave less than nothing."""
    return max(tally.counts.get(name, 0), 0)
