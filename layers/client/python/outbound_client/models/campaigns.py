"""Campaigns, their estimates, reports and exports."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from outbound_client.models.answer import Answer, EstimatedCost, EstimatedPrice, Money


class Campaign(Answer):
    """A campaign; what it is made of is as the reference of the API has it."""

    id: str
    state: str
    reason: str | None
    name: str
    channel: str | None
    purpose: str
    topic: str | None
    needs_approval: bool = False
    approved: bool
    approved_at: datetime | None = None
    created_at: datetime
    updated_at: datetime
    launched_at: datetime | None
    next_run_at: datetime | None
    template: Mapping[str, Any] | None
    variants: tuple[Mapping[str, Any], ...] | None
    schedule: Mapping[str, Any] | None
    route: Mapping[str, Any] | None = None
    hold_out: float | None = None
    audience: Mapping[str, Any] | None = None
    exclude: Mapping[str, Any] | None = None
    data: Mapping[str, Any] = {}
    coupon_pool: str | None = None
    expires_in: str | None = None
    pace: Mapping[str, Any] | None = None
    budget: Money | None = None
    quiet_hours: str | None = None
    canary: Mapping[str, Any] | None = None

    @property
    def way(self) -> str:
        """Its channel, or those that it tries one after another."""
        return self.channel or ", then ".join((self.route or {}).get("channels", ()))


class CampaignPage(Answer):
    """Some campaigns, newest first."""

    items: tuple[Campaign, ...]
    next_cursor: str | None = None


class DecisionCount(Answer):
    """Of how many recipients the same would be decided."""

    verdict: str
    rule: str | None
    source: str | None = None
    reason: str | None
    count: int


class Deferred(Answer):
    """How many may be written to from an hour on."""

    hour: datetime
    count: int


class CampaignEstimate(Answer):
    """What a campaign would do."""

    begins_at: datetime | None
    complete: bool
    next_cursor: str | None = None
    takes: str
    recipients: int
    decisions: tuple[DecisionCount, ...]
    deferred: tuple[Deferred, ...] = ()
    parts: int
    price: EstimatedPrice
    sample: tuple[Mapping[str, Any], ...]
    price_at_most: Money | None = None
    channels: tuple[Mapping[str, Any], ...] = ()


class CampaignReport(Answer):
    """What has become of a campaign's recipients: `waiting` ones have no message as yet."""

    campaign_id: str
    state: str
    reason: str | None
    recipients: int
    waiting: int
    statuses: Mapping[str, int]
    marks: Mapping[str, int]
    reasons: tuple[Mapping[str, Any], ...]
    variants: tuple[Mapping[str, Any], ...]
    hours: tuple[Mapping[str, Any], ...]
    cost: EstimatedCost
    runs: tuple[Mapping[str, Any], ...]
    channels: tuple[Mapping[str, Any], ...] = ()
    fell_back: int = 0


class CampaignExport(Answer):
    """A run's recipients in a file: `file` is a link to it, once it is finished."""

    campaign_id: str
    run_id: str
    state: str
    reason: str | None
    complete: bool
    recipients: int
    rows: int
    began_at: datetime
    finished_at: datetime | None
    expires_at: datetime
    file: str | None
