"""Campaigns: made, changed while they are drafts, looked at."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from outbound.domain import ids
from outbound.domain.campaign import Campaign, State
from outbound.domain.content import TemplateRef
from outbound.domain.errors import Refusal, refused_at
from outbound.domain.key import check_purpose
from outbound.domain.recurrence_rule import WrongRule
from outbound.domain.words import Channel
from outbound.flow.audience import pinned
from outbound.flow.once import check_left_by_crash, repeats, reserve
from outbound.flow.scope import check_data
from outbound.flow.times import FURTHEST
from outbound.ports import Claim

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from outbound.domain.campaign import Settings
    from outbound.domain.key import ApiKey
    from outbound.domain.sender import Senders
    from outbound.domain.variants import Variant
    from outbound.ports import (
        CampaignPage,
        Campaigns,
        Clock,
        CouponPools,
        Idempotency,
        Organisations,
        Renderer,
        Runs,
        SegmentReader,
        Tasks,
        Templates,
        Tokens,
    )

LATEST = timedelta(hours=12)
"""How far behind UTC clocks may be."""


@dataclass(frozen=True, slots=True)
class CampaignPorts:
    """What the keeping of campaigns works with."""

    clock: Clock
    tokens: Tokens
    campaigns: Campaigns
    runs: Runs
    templates: Templates
    coupons: CouponPools
    senders: Senders
    segments: SegmentReader
    renderer: Renderer
    organisations: Organisations
    idempotency: Idempotency
    tasks: Tasks


@dataclass(frozen=True, slots=True)
class NewCampaign:
    """A campaign as asked for. A variant's version 0 is the one that is published now."""

    settings: Settings
    idempotency_key: str | None
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Made:
    """A campaign, and whether an earlier request with the same key had made it."""

    campaign: Campaign
    replayed: bool


def create(request: NewCampaign, key: ApiKey, ports: CampaignPorts) -> Made:
    """Make a draft, once for each idempotency key.

    Raises:
        Refusal: something speaks against it, or the idempotency key was used otherwise.
    """
    now = ports.clock.now()
    try:
        settings = settled(request.settings, key, now, ports)
    except Refusal:
        earlier = repeats(
            ports.idempotency,
            key.tenant,
            key.mode,
            request.idempotency_key,
            request.fingerprint,
            now,
        )
        made = ports.campaigns.get(key.tenant, earlier.resource) if earlier else None
        if made is None:
            raise
        return Made(made, replayed=True)
    cause = request.idempotency_key or ports.tokens.token()
    mine = Claim(request.fingerprint, ids.campaign_id(key.tenant, now, f"{key.mode} {cause}"), now)
    claim, repeated = reserve(
        ports.idempotency, key.tenant, key.mode, request.idempotency_key, mine
    )
    if repeated:
        standing = ports.campaigns.get(key.tenant, claim.resource)
        if standing is not None:
            return Made(standing, replayed=True)
        check_left_by_crash(claim, now)
    campaign = Campaign(
        tenant=key.tenant,
        id=claim.resource,
        mode=key.mode,
        settings=settings,
        state=State.DRAFT,
        created_at=claim.at,
        created_by=key.id,
        updated_at=claim.at,
    )
    ports.campaigns.insert(campaign)
    return Made(campaign, replayed=False)


def find(campaign_id: str, key: ApiKey, campaigns: Campaigns) -> Campaign:
    """A campaign of the key's tenant and mode.

    Raises:
        Refusal: there is none with this id.
    """
    campaign = campaigns.get(key.tenant, campaign_id)
    if campaign is None or campaign.mode is not key.mode:
        raise Refusal("unknown_campaign", "There is no campaign with this id.")
    return campaign


def page(key: ApiKey, campaigns: Campaigns, *, limit: int, after: str | None) -> CampaignPage:
    """The campaigns of the key's tenant and mode, newest first."""
    found = campaigns.newest(key.tenant, limit=limit, after=after)
    shown = tuple(each for each in found.campaigns if each.mode is key.mode)
    return replace(found, campaigns=shown)


def change(
    campaign_id: str, want: Callable[[Settings], Settings], key: ApiKey, ports: CampaignPorts
) -> Campaign:
    """Change a draft; an approval that it had is gone.

    Raises:
        Refusal: there is no such campaign, it was launched, or something speaks against it.
    """
    campaign = find(campaign_id, key, ports.campaigns)
    if campaign.state is not State.DRAFT:
        detail = f"The campaign is {campaign.state}; only a draft can be changed."
        raise Refusal("wrong_campaign_state", detail)
    now = ports.clock.now()
    settings = settled(want(campaign.settings), key, now, ports)
    return write(replace(campaign, settings=settings), now, ports)


def write(campaign: Campaign, now: datetime, ports: CampaignPorts) -> Campaign:
    """Write what has become of a campaign that was read.

    Raises:
        Refusal: somebody else was quicker.
    """
    written = replace(campaign, updated_at=now, version=campaign.version + 1)
    if not ports.campaigns.replace(written):
        detail = "Somebody else has just changed this campaign. Look at it, and try again."
        raise Refusal("campaign_changed", detail)
    return written


def settled(settings: Settings, key: ApiKey, now: datetime, ports: CampaignPorts) -> Settings:
    """Settings that nothing speaks against, their templates pinned to a version.

    Raises:
        Refusal: something does.
    """
    check_purpose(key, settings.purpose)
    check_data(settings.data)
    _check_schedule(settings, now)
    pool = settings.coupon_pool
    if pool is not None and ports.coupons.seen(key.tenant, pool) is None:
        raise refused_at("/coupon_pool", "unknown_coupon_pool", "There is no pool with this id.")
    variants = tuple(
        replace(variant, template=_pinned(variant, index, settings, key, ports))
        for index, variant in enumerate(settings.variants)
    )
    audience = pinned(settings.audience, "/audience/segment", key.tenant, ports.segments)
    exclude = settings.exclude
    if exclude is not None:
        exclude = pinned(exclude, "/exclude/segment", key.tenant, ports.segments)
    return replace(settings, variants=variants, audience=audience, exclude=exclude)


def place_of_template(index: int, settings: Settings) -> str:
    """Where in a request the template of a variant stands."""
    return "/template" if len(settings.variants) == 1 else f"/variants/{index}/template"


def _check_schedule(settings: Settings, now: datetime) -> None:
    schedule = settings.schedule
    for pointer, instant in (("/schedule/at", schedule.at), ("/schedule/until", schedule.until)):
        if instant is not None and instant <= now:
            raise refused_at(pointer, "time_in_the_past", f"{pointer[10:]} must be in the future.")
        if instant is not None and instant > now + FURTHEST and pointer == "/schedule/at":
            raise refused_at(pointer, "time_too_far", "at must be within 366 days.")
    local = schedule.local
    if local is not None and schedule.by_recipient:
        if local.replace(tzinfo=now.tzinfo) < now - LATEST:
            message = "local has passed wherever a recipient may be."
            raise refused_at("/schedule/local", "time_in_the_past", message)
        if local.replace(tzinfo=now.tzinfo) > now + FURTHEST:
            raise refused_at("/schedule/local", "time_too_far", "local must be within 366 days.")
    try:
        schedule.check(now)
    except WrongRule as wrong:
        raise refused_at("/schedule/rule", "invalid_schedule", f"rule {wrong}.") from None


def _pinned(
    variant: Variant, index: int, settings: Settings, key: ApiKey, ports: CampaignPorts
) -> TemplateRef:
    pointer = place_of_template(index, settings)
    chosen = variant.template
    template = ports.templates.get(key.tenant, chosen.id, chosen.version or None)
    if template is None:
        message = "No template has this id and version, or a version that is published."
        raise refused_at(pointer, "unknown_template", message)
    if template.purpose is not settings.purpose:
        message = f"The template must be for {settings.purpose} messages, as the campaign is."
        raise refused_at(pointer, "wrong_purpose", message)
    for place, channel in enumerate(settings.channels):
        contents = template.all_of(channel)
        if not contents:
            has = ", ".join(sorted(template.contents))
            message = f"The template has no content for {channel}; it has it for: {has}."
            at = f"/route/channels/{place}" if settings.route else "/channel"
            raise refused_at(at, "channel_without_content", message)
        for content in contents if channel is Channel.EMAIL else ():
            ports.senders.choose(key.tenant, content.sender, pointer)
    return TemplateRef(template.id, template.version)
