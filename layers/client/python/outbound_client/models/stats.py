"""What became of the messages of some days."""

import datetime as dates
from collections.abc import Mapping

from pydantic import Field

from outbound_client.models.answer import Answer
from outbound_client.models.budgets import Spent


class DeliveryTimes(Answer):
    """Seconds that half of all messages, and all but one of twenty, took at most to arrive."""

    p50: float | None = None
    p95: float | None = None


class StatsCounts(Answer):
    """What became of messages: `sent` are all that were handed over, `statuses` each once."""

    accepted: int
    sent: int
    statuses: Mapping[str, int]
    marks: Mapping[str, int]
    parts: int
    cost: Spent
    seconds_to_deliver: DeliveryTimes


class StatsGroup(StatsCounts):
    """What became of messages that have something in common; None for those that have none."""

    value: str | None = None


class Stats(Answer):
    """What became of the messages of some days."""

    first: dates.date = Field(alias="from")
    last: dates.date = Field(alias="to")
    by: str
    total: StatsCounts
    items: tuple[StatsGroup, ...]
