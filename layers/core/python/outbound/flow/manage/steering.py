"""Steering: campaigns are approved, launched, paused, resumed, cancelled; twice is once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from outbound.domain.campaign import ENDED, Approval, State, digest_of, may_become
from outbound.domain.errors import Refusal, refused_at
from outbound.domain.key import check_purpose
from outbound.domain.run import run_ref
from outbound.flow.expand.tasks import tend_task
from outbound.flow.manage.campaign_lint import lint_campaign
from outbound.flow.manage.campaigns import find, settled, write

if TYPE_CHECKING:
    from datetime import datetime

    from outbound.domain.campaign import Campaign
    from outbound.domain.key import ApiKey
    from outbound.domain.run import Run
    from outbound.flow.manage.campaigns import CampaignPorts

HARMFUL = frozenset({"bounce_rate", "complaint_rate"})
LONG_AGO = timedelta(days=1)
TRIES = 5


def approve(campaign_id: str, key: ApiKey, ports: CampaignPorts) -> Campaign:
    """Say yes to a draft as it is now, with another key than the one that made it.

    Raises:
        Refusal: there is no such campaign, it isn't a draft, it is the same key, or something
            speaks against the campaign by now.
    """
    campaign, now = find(campaign_id, key, ports.campaigns), ports.clock.now()
    if key.id == campaign.created_by:
        detail = "The key that made a campaign can't approve it: that takes a second one."
        raise Refusal("approval_by_another_key", detail)
    check_purpose(key, campaign.settings.purpose)
    if campaign.state is not State.DRAFT:
        raise _wrong(campaign, "approved", "a draft")
    settings = settled(campaign.settings, key, now, ports)
    digest = digest_of(settings)
    if campaign.approval is not None and campaign.approval.digest == digest:
        return campaign
    approval = Approval(key.id, now, digest)
    return write(replace(campaign, settings=settings, approval=approval), now, ports)


def launch(campaign_id: str, key: ApiKey, ports: CampaignPorts) -> Campaign:
    """Let a draft begin when its schedule says so.

    Raises:
        Refusal: there is no such campaign, it isn't approved, has ended, or can't be sent any more;
            or a template of it breaks a rule by now.
    """
    campaign, now = find(campaign_id, key, ports.campaigns), ports.clock.now()
    if campaign.launched_at is not None and campaign.state is not State.CANCELLED:
        return campaign
    if campaign.state is not State.DRAFT:
        raise _wrong(campaign, "launched", "a draft")
    if not campaign.approved:
        detail = "This campaign needs the approval of a second key, of what it says now."
        raise Refusal("not_approved", detail)
    settings = settled(campaign.settings, key, now, ports)
    if settings.needs_approval and settings != campaign.settings:
        detail = "Its segment was changed since the approval: it needs another."
        raise Refusal("not_approved", detail)
    lint_campaign(settings, key.tenant, ports)
    first = campaign.settings.schedule.first(now)
    if first is None:
        message = "The schedule has no time in the future."
        raise refused_at("/schedule/rule", "invalid_schedule", message)
    # Whoever looks after campaigns hears of it first: a launch that nobody looks after is lost.
    ports.campaigns.attend(campaign.tenant, campaign.id)
    launched = replace(campaign, state=State.SCHEDULED, launched_at=now, next_at=first)
    return _told(write(launched, now, ports), ports)


def pause(campaign_id: str, key: ApiKey, ports: CampaignPorts) -> Campaign:
    """Hold back all that hasn't left: it takes 10 seconds at most.

    Raises:
        Refusal: there is no such campaign, or there is nothing of it to hold back.
    """
    campaign, now = find(campaign_id, key, ports.campaigns), ports.clock.now()
    if campaign.state is State.PAUSED:
        return campaign
    if not may_become(campaign, State.PAUSED):
        raise _wrong(campaign, "paused", "one that is scheduled or running")
    return write(replace(campaign, state=State.PAUSED, reason="requested"), now, ports)


def resume(campaign_id: str, key: ApiKey, ports: CampaignPorts) -> Campaign:
    """Go on where it was paused.

    Raises:
        Refusal: there is no such campaign, or it isn't paused.
    """
    campaign, now = find(campaign_id, key, ports.campaigns), ports.clock.now()
    check_purpose(key, campaign.settings.purpose)
    if campaign.state in (State.RUNNING, State.SCHEDULED):
        return campaign
    if campaign.state is not State.PAUSED:
        raise _wrong(campaign, "resumed", "one that is paused")
    run = _open_run(campaign, ports)
    if run is not None:
        # What was held back is no longer queued: all of it is driven again at the next look.
        _look_at(run, now, ports)
    resumed = replace(
        campaign,
        state=State.RUNNING if run is not None else State.SCHEDULED,
        reason=None,
        excused=campaign.excused or campaign.reason in HARMFUL,
    )
    return _told(write(resumed, now, ports), ports)


def cancel(campaign_id: str, key: ApiKey, ports: CampaignPorts) -> Campaign:
    """Send no more of it; whoever wasn't written to by then is accounted for as cancelled.

    Raises:
        Refusal: there is no such campaign, or it has finished.
    """
    campaign, now = find(campaign_id, key, ports.campaigns), ports.clock.now()
    if campaign.state is State.CANCELLED:
        return campaign
    if campaign.state in ENDED:
        raise _wrong(campaign, "cancelled", "one that has not finished")
    run = _open_run(campaign, ports)
    if run is not None:
        _look_at(run, now, ports)
    cancelled = replace(campaign, state=State.CANCELLED, reason="requested", next_at=None)
    return _told(write(cancelled, now, ports), ports)


def _look_at(run: Run, now: datetime, ports: CampaignPorts) -> None:
    """Have all of a run driven again, and looked through for what waits.

    Whoever looks after it may write it at the same time.
    """
    current: Run | None = run
    for _ in range(TRIES):
        if current is None or current.closed_at is not None:
            return
        asked = replace(current, moved_at=now - LONG_AGO, asked_at=now, version=current.version + 1)
        if ports.runs.replace(asked):
            return
        current = ports.runs.get(run.ref)


def _open_run(campaign: Campaign, ports: CampaignPorts) -> Run | None:
    if campaign.run_at is None:
        return None
    run = ports.runs.get(run_ref(campaign, campaign.run_at))
    return run if run is not None and run.closed_at is None else None


def _told(campaign: Campaign, ports: CampaignPorts) -> Campaign:
    """Whoever looks after campaigns need not wait for the next minute."""
    ports.tasks.send([tend_task(campaign.tenant, campaign.id)])
    return campaign


def _wrong(campaign: Campaign, done: str, which: str) -> Refusal:
    detail = f"The campaign is {campaign.state}; only {which} can be {done}."
    return Refusal("wrong_campaign_state", detail)
