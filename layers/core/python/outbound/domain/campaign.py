"""The campaign: a template for many, and what it may do when."""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime, timedelta
    from decimal import Decimal

    from outbound.domain.timing import Schedule
    from outbound.domain.variants import Variant
    from outbound.domain.words import Channel, Mode, Purpose


class State(StrEnum):
    """Where a campaign is."""

    DRAFT = "draft"
    SCHEDULED = "scheduled"
    RUNNING = "running"
    PAUSED = "paused"
    FINISHED = "finished"
    CANCELLED = "cancelled"


FOLLOWS: Mapping[State, frozenset[State]] = {
    State.DRAFT: frozenset({State.SCHEDULED, State.CANCELLED}),
    State.SCHEDULED: frozenset({State.RUNNING, State.PAUSED, State.CANCELLED, State.FINISHED}),
    State.RUNNING: frozenset(
        {State.SCHEDULED, State.PAUSED, State.FINISHED, State.CANCELLED},
    ),
    State.PAUSED: frozenset({State.SCHEDULED, State.RUNNING, State.CANCELLED}),
    State.FINISHED: frozenset(),
    State.CANCELLED: frozenset(),
}
"""A campaign that repeats is scheduled again between its runs."""
ENDED = frozenset({State.FINISHED, State.CANCELLED})


class QuietHours(StrEnum):
    """What becomes of whoever it is night for."""

    DEFER = "defer"
    SKIP = "skip"


@dataclass(frozen=True, slots=True)
class Audience:
    """Who: a segment, or contacts by id. Exactly one of the two is set.

    `version` stands for what the segment said when the campaign was made or changed, and those that
    it leaves out: what is approved.
    """

    segment: str | None = None
    contact_ids: tuple[str, ...] = ()
    version: str | None = None


@dataclass(frozen=True, slots=True)
class Pace:
    """How quickly: so many in a minute, or all of them spread over a time. One of the two."""

    per_minute: int | None = None
    over: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Canary:
    """A few first; the others after `wait`, or where that is None, when somebody says so."""

    share: float
    wait: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Route:
    """One channel after another: who isn't reached on one is written to on the next.

    `after` is how long a message may take to be delivered before the next one's turn comes.
    """

    channels: tuple[Channel, ...]
    after: timedelta


@dataclass(frozen=True, slots=True)
class Settings:
    """What is decided before a campaign is launched, and stays so.

    With a `route`, `channel` is the one that is spoken of: its first, unless somebody asks about
    another. `hold_out` and the share of the canary are shares of all. `budget` is in US dollars,
    for all runs together. `expires_in` is how long each message is tried, from its turn.
    """

    name: str
    channel: Channel
    purpose: Purpose
    topic: str | None
    variants: tuple[Variant, ...]
    audience: Audience
    exclude: Audience | None
    data: Mapping[str, Any]
    schedule: Schedule
    expires_in: timedelta
    coupon_pool: str | None = None
    pace: Pace | None = None
    hold_out: float = 0
    budget: Decimal | None = None
    quiet_hours: QuietHours = QuietHours.DEFER
    canary: Canary | None = None
    needs_approval: bool = False
    route: Route | None = None

    @property
    def channels(self) -> tuple[Channel, ...]:
        """All channels that it may use."""
        return self.route.channels if self.route else (self.channel,)


@dataclass(frozen=True, slots=True)
class Approval:
    """Which key said yes, when, and to what."""

    key_id: str
    at: datetime
    digest: str


@dataclass(frozen=True, slots=True)
class Campaign:
    """`version` counts the writes. `reason` says why it is paused or has ended; `excused` that
    somebody has let it go on after it was stopped for its bounces or complaints.

    `next_at` is when its next run begins; `run_at` when the one began that is open.
    """

    tenant: str
    id: str
    mode: Mode
    settings: Settings
    state: State
    created_at: datetime
    created_by: str
    updated_at: datetime
    reason: str | None = None
    approval: Approval | None = None
    launched_at: datetime | None = None
    next_at: datetime | None = None
    run_at: datetime | None = None
    excused: bool = False
    version: int = 1

    @property
    def approved(self) -> bool:
        """Whether it may be launched as it is."""
        if not self.settings.needs_approval:
            return True
        return self.approval is not None and self.approval.digest == digest_of(self.settings)


def may_become(campaign: Campaign, state: State) -> bool:
    """Whether a campaign may take this step."""
    return state in FOLLOWS[campaign.state]


def digest_of(settings: Settings) -> str:
    """What an approval is bound to: template, audience and everything else that is settled."""
    settled = asdict(settings)
    if settings.route is None:
        # What was approved before there were routes stays approved.
        del settled["route"]
    return hashlib.sha256(repr(_plain(settled)).encode()).hexdigest()


def _plain(value: Any) -> Any:
    """The same for the same, in whatever order it was written."""
    if isinstance(value, dict):
        return sorted((name, _plain(each)) for name, each in value.items())
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return str(value)
