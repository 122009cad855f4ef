"""Holding: what a campaign says to a message of its own that waits like any other."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from outbound.domain.alert import AlertState
from outbound.domain.campaign import QuietHours, State
from outbound.domain.message import Change, Entry, Status
from outbound.domain.words import Purpose

if TYPE_CHECKING:
    from datetime import datetime

    from outbound.domain.campaign import Campaign
    from outbound.domain.message import Decision, Message
    from outbound.ports import Alerts, Campaigns

HELD, CANCELLED = "campaign_paused", "campaign_cancelled"
LOOK_AGAIN = timedelta(minutes=10)


def held_by(message: Message, now: datetime, campaigns: Campaigns, alerts: Alerts) -> Change | None:
    """The step of a claimed message whose campaign or alert keeps it back; None where none does."""
    if message.campaign is None:
        return None
    if message.purpose is Purpose.EMERGENCY:
        alert = alerts.current(message.tenant, message.campaign.id)
        if alert is None or alert.state is AlertState.CANCELLED:
            return _step(message, Entry(Status.CANCELLED, now, "alert_cancelled"))
        return None
    campaign = campaigns.current(message.tenant, message.campaign.id)
    if campaign is None or campaign.state is State.CANCELLED:
        return _step(message, Entry(Status.CANCELLED, now, CANCELLED))
    if campaign.state is State.PAUSED:
        return _step(message, Entry(Status.DEFERRED, now, HELD), now + LOOK_AGAIN)
    return None


def as_campaign_takes(decision: Decision, message: Message, campaigns: Campaigns) -> Decision:
    """A decision of the gate; of a campaign that doesn't wait for a lawful hour, it blocks."""
    if decision.verdict != "defer" or message.campaign is None:
        return decision
    if message.purpose is Purpose.EMERGENCY:
        return decision
    campaign = campaigns.current(message.tenant, message.campaign.id)
    return decision if campaign is None else patient(decision, campaign)


def patient(decision: Decision, campaign: Campaign) -> Decision:
    """A decision as a campaign takes it."""
    if decision.verdict == "defer" and campaign.settings.quiet_hours is QuietHours.SKIP:
        return replace(decision, verdict="block", until=None)
    return decision


def _step(message: Message, entry: Entry, due: datetime | None = None) -> Change:
    return Change(
        entry.status,
        entry,
        frozenset({Status.SENDING}),
        attempt=message.attempt,
        due=due,
        not_before=due,
    )
