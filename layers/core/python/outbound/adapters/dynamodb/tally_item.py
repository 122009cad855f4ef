"""Counts, and the reviews that check them, as items of DynamoDB, and back."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from outbound.domain.instant import parse_rfc3339, rfc3339
from outbound.domain.review import Review
from outbound.domain.tally import Tally

if TYPE_CHECKING:
    from collections.abc import Mapping

COST, BACK = "cost", "back"
APART = frozenset({"pk", "sk", "ttl", COST, BACK})


def tally_item(tally: Tally) -> dict[str, Any]:
    """Each count under its name; nothing of money where there is none."""
    money = {COST: tally.cost, **({BACK: tally.back} if tally.back else {})}
    return {**tally.counts, **money}


def tally_of(item: Mapping[str, Any]) -> Tally:
    """The counts of an item."""
    counts = {name: int(count) for name, count in item.items() if name not in APART}
    return Tally(counts, Decimal(item.get(COST, 0)), Decimal(item.get(BACK, 0)))


def review_item(review: Review) -> dict[str, Any]:
    """All but the keys."""
    return {
        "began_at": rfc3339(review.began_at),
        "live": tally_item(review.live),
        "after": review.after,
        "members": review.members,
        "missing": review.missing,
        "found": tally_item(review.found),
        "latest": rfc3339(review.latest) if review.latest else None,
        "turns": review.turns or None,
        "undone": review.undone or None,
        "done": review.done,
        "version": review.version,
    }


def review_of(item: Mapping[str, Any]) -> Review:
    """The review that `review_item` wrote."""
    return Review(
        began_at=parse_rfc3339(item["began_at"]),
        live=tally_of(item["live"]),
        after=item.get("after"),
        members=int(item["members"]),
        missing=int(item["missing"]),
        found=tally_of(item["found"]),
        latest=parse_rfc3339(item["latest"]) if item.get("latest") else None,
        turns=int(item.get("turns", 0)),
        undone=int(item.get("undone", 0)),
        done=item["done"],
        version=int(item["version"]),
    )
