"""Pace: how many recipients a chunk has, and when it is released."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import floor
from typing import TYPE_CHECKING

from outbound.domain.instant import to_milliseconds
from outbound.domain.variants import lot

if TYPE_CHECKING:
    from outbound.domain.campaign import Pace

LARGEST = 50
"""Recipients of a chunk, and of a call of SendBulkEmail."""
MINUTE = timedelta(minutes=1)
SLICES = 60
"""Into how many parts a span is cut, each of which is released at once."""


@dataclass(frozen=True, slots=True)
class Share:
    """What one of `shards` shards may do, all of which work at the same time."""

    shard: int
    shards: int


def size_of_chunks(pace: Pace | None, share: Share) -> int:
    """How many recipients to put together: no more than the shard's share of a minute."""
    if pace is None or pace.per_minute is None:
        return LARGEST
    return max(1, min(LARGEST, floor(pace.per_minute / share.shards)))


def released(pace: Pace | None, share: Share, before: int, at: datetime) -> datetime:
    """When a chunk may leave that `before` recipients of its shard stand in front of.

    Shards begin one after the other within the time that one recipient of each takes, so that
    they don't all come at once.
    """
    if pace is None or pace.per_minute is None:
        return at
    own = before * share.shards + share.shard
    return to_milliseconds(at + MINUTE * own / pace.per_minute)


def spread(pace: Pace | None, campaign_id: str, contact_key: str) -> timedelta:
    """How long after its start a contact's turn is in a campaign that is spread over a time.

    Drawn from who they are, so that it needs no knowledge of the others.
    """
    if pace is None or pace.over is None:
        return timedelta()
    slice_of_it = floor(lot(campaign_id, contact_key, "spread") * SLICES)
    return pace.over * slice_of_it / SLICES


def longest(recipients: int, pace: Pace | None, per_second: float) -> timedelta:
    """How long a run takes: at the channel's rate, or at its own pace if that is slower."""
    at_rate = timedelta(seconds=recipients / per_second)
    if pace is None:
        return at_rate
    if pace.over is not None:
        return max(at_rate, pace.over)
    assert pace.per_minute is not None
    return max(at_rate, MINUTE * recipients / pace.per_minute)
