"""The operations on statistics."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from outbound.adapters.api.contract.answers import Answered
from outbound.adapters.api.contract.campaign_answers import Money
from outbound.adapters.api.contract.operation import Answer, Operation, Parameter
from outbound.adapters.api.contract.pattern import Day
from outbound.adapters.api.stats_answers import CSV
from outbound.domain.message import Status
from outbound.domain.stats import By
from outbound.domain.words import Scope

TAG = "Statistics"
Count = Annotated[int, Field(ge=0)]
Seconds = Annotated[float, Field(ge=0)]
DAY_SCHEMA = {"type": "string", "format": "date", "pattern": "^20[0-9]{2}-[0-9]{2}-[0-9]{2}$"}


class Spent(Money):
    """What was spent."""

    estimated: bool
    """Whether any of it is our estimate; else receipts have said it."""


class DeliveryTimes(Answered):
    """Seconds from when messages might leave until they were delivered, right within 10 %."""

    p50: Seconds | None
    """Half took at most this long; null where none was delivered."""
    p95: Seconds | None
    """Of twenty, all but one took at most this long."""


class StatsCounts(Answered):
    """What became of messages."""

    accepted: Count
    """Accepted on these days. The other counts are of those that first were handed over, or came
    to their end here, on these days."""
    sent: Count
    """All that were handed over, whatever became of them."""
    statuses: dict[Status, Count]
    """Each message once, by what it is now."""
    marks: dict[str, Count]
    """Complaints; opens and clicks where they are tracked."""
    parts: Count
    """Of texts that were handed over."""
    cost: Spent
    """What was spent."""
    seconds_to_deliver: DeliveryTimes
    """How long it took."""


class StatsGroup(StatsCounts):
    """What became of messages that have something in common."""

    value: str | None
    """What that is; null for messages that have none."""


class Stats(Answered):
    """What became of the messages of some days."""

    first: Annotated[Day, Field(alias="from")]
    """The first day, in UTC."""
    to: Day
    """The last day."""
    by: By
    """What they are broken down by."""
    total: StatsCounts
    """All together."""
    items: list[StatsGroup]
    """By value; the messages without one last."""


COUNTS: dict[str, Any] = {
    "accepted": 1020,
    "sent": 1004,
    "statuses": {"sent": 4, "delivered": 990, "undelivered": 10, "blocked": 16},
    "marks": {},
    "parts": 1208,
    "cost": {"amount": "14.43560", "currency": "USD", "estimated": True},
    "seconds_to_deliver": {"p50": 2.53, "p95": 6.29},
}
STATS: dict[str, Any] = {
    "from": "2026-11-01",
    "to": "2026-11-23",
    "by": "channel",
    "total": COUNTS,
    "items": [{"value": "sms", **COUNTS}],
}
PARAMETERS = (
    Parameter(
        "from",
        "query",
        "The first day, in UTC. If not given, the week that ends with `to`.",
        DAY_SCHEMA,
    ),
    Parameter(
        "to",
        "query",
        "The last day; today, if not given. At most 31 days.",
        DAY_SCHEMA,
    ),
    Parameter(
        "by",
        "query",
        "What the counts are broken down by. A provider is known once it was handed over to; "
        "`region` is the ISO 3166-1 country of a number.",
        {"type": "string", "enum": list(By), "default": By.DAY},
        "channel",
    ),
)

OPERATIONS = (
    Operation(
        id="getStats",
        method="GET",
        path="/v1/stats",
        tag=TAG,
        summary="Count what became of messages",
        description="Seconds behind what happens. Each message counts once, where it stands now: a "
        "later receipt moves it. A test key is told of messages of test keys. Kept for two years.",
        scope=Scope.STATS_READ,
        parameters=PARAMETERS,
        answers=(Answer(200, "The counts.", Stats, {"By channel": STATS}),),
        problems=("invalid_parameter",),
    ),
    Operation(
        id="exportStats",
        method="GET",
        path="/v1/stats/export",
        tag=TAG,
        summary="Export what became of messages",
        description="The same as a table: a line for each value, and one of names before them.",
        scope=Scope.STATS_READ,
        parameters=PARAMETERS,
        answers=(Answer(200, "The table.", media_type=CSV),),
        problems=("invalid_parameter",),
    ),
)
