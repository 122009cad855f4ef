"""A review: all of a run is looked through, chunk by chunk and message by message.

It counts again what the live counts say, so that what the stream lost or brought twice is put
right.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from outbound.domain.run import expanded
from outbound.domain.tally import LOOKED, Tally, closes

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from outbound.domain.run import Point, Run

EACH = timedelta(days=1)
"""How often a closed run is looked through, as long as receipts may come."""
AGAIN = timedelta(minutes=3)
"""Between looks for what of a cancelled run still waits."""
STUCK = timedelta(minutes=15)
"""Without anything coming to its end, counts may be wrong..."""
SELDOM = timedelta(hours=6)
"""...or messages wait, which is no reason to look at all of them often."""
QUIET = timedelta(minutes=1)
"""Without a change, the stream has brought all there was."""


@dataclass(frozen=True, slots=True)
class Review:
    """How far a look has come, and what it has found so far; `done` when it is at the end.

    `live` are the counts as it began. `members` are all in the chunks, `missing` those of chunks
    that are done who have no message; `latest` is when one of the messages last changed.

    `turns` counts those in chunks of second and later turns, each where it is, and `undone` such
    chunks that aren't done.
    """

    began_at: datetime
    live: Tally
    after: str | None = None
    members: int = 0
    missing: int = 0
    found: Tally = field(default_factory=Tally)
    latest: datetime | None = None
    turns: int = 0
    undone: int = 0
    done: bool = False
    version: int = 1


def may_close(run: Run, points: Sequence[Point], tally: Tally) -> bool:
    """Whether the counts say that everybody of a run is accounted for, and nobody falls back."""
    recipients, further = (
        sum(each.recipients for each in points),
        sum(each.further for each in points),
    )
    return expanded(points, run) and closes(recipients, tally) and tally.looked == further


def due(run: Run, points: Sequence[Point], tally: Tally, now: datetime, *, cancelled: bool) -> bool:
    """Whether all of a run must be looked through (again)."""
    last = run.reviewed_at
    if run.closed_at is not None:
        return last is None or now - last >= EACH
    if run.asked_at is not None and (last is None or last < run.asked_at):
        return True
    if cancelled and tally.open:
        return last is None or now - last >= AGAIN
    if may_close(run, points, tally):
        return last is None or last < run.settled_at
    return now - run.settled_at >= STUCK and (last is None or now - last >= SELDOM)


def gap(review: Review, run: Run, points: Sequence[Point]) -> bool:
    """Whether the chunks that were seen have fewer members than were written into chunks.

    Who isn't found then is no reason to count them less.
    """
    if not expanded(points, run):
        return False
    return review.members < sum(each.recipients for each in points) or review.turns < sum(
        each.further for each in points
    )


def quiet(review: Review, live: Tally) -> bool:
    """Whether nothing moved while it was looked: only then can counts be compared."""
    still = review.latest is None or review.latest + QUIET <= review.began_at
    return still and live == review.live


def tells(review: Review, live: Tally, *, closing: bool) -> bool:
    """Whether a look is worth anything. Where a run would close, it must have shown that it may."""
    return not closing or quiet(review, live) or closes(review.members, review.found)


def correction(review: Review, live: Tally) -> Tally | None:
    """What has to be added to the counts, if anything.

    Messages that are missing may be past their retention: they stay counted.
    """
    if review.missing or not quiet(review, live):
        return None
    change = review.found + -live
    if change.looked < 0:
        # It was counted before its chunk was written.
        change = change + Tally({LOOKED: -change.looked})
    return None if change == Tally() else change
