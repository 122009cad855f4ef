"""When the sweep looks at a message again, so that nothing accepted is ever stranded."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

MINUTE = timedelta(minutes=1)
SHARDS = 8
PARKED = "#parked"
GRACE = timedelta(minutes=3)
"""From acceptance to the first look of the sweep: longer than queueing and a lease usually take,
so that a claim in time needs no new entry in the index."""


def minute_of(instant: datetime) -> datetime:
    """The full minute at or before the instant."""
    return instant.replace(second=0, microsecond=0)


def next_minute(instant: datetime) -> datetime:
    """The full minute at or after the instant: what is due then may be claimed."""
    floor = minute_of(instant)
    return floor if floor == instant else floor + MINUTE


def bucket(minute: datetime, shard: int) -> str:
    """The index key of one shard of one minute: `2026-11-23T16:41#3`."""
    return f"{minute:%Y-%m-%dT%H:%M}#{shard}"


def parked_bucket(channel: str, shard: int) -> str:
    """The index key of what waits for a stopped channel: `#parked.sms#3`, before any minute."""
    return f"{PARKED}.{channel}#{shard}"


def bucket_for(instant: datetime, message_id: str) -> str:
    """Where a message waits that is due at `instant`."""
    return bucket(next_minute(instant), shard_of(message_id))


def shard_of(message_id: str) -> int:
    """Which of the shards of the index a message lies in."""
    return hashlib.sha256(message_id.encode()).digest()[0] % SHARDS


def retry_delay(message_id: str, attempt: int) -> timedelta:
    """Growing delay with jitter: 30 s, 1, 2, 4 … 30 minutes, each up to half as long again.

    The jitter is drawn from the id, so the same message always gets the same.
    """
    base = min(30 * 2 ** min(attempt - 1, 10), 1800)
    noise = hashlib.sha256(f"{message_id}#{attempt}".encode()).digest()[0] / 255
    return timedelta(seconds=base * (1 + noise / 2))
