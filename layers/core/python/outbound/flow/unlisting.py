"""Unlisting: who is erased is taken out of the lists that name them.

What was approved stays approved: nothing would have been sent to them anyway.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from outbound.domain.campaign import Audience, digest_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from outbound.domain.campaign import Campaign
    from outbound.ports import Campaigns, Segments

PAGE, TRIES = 100, 20


class CampaignBusy(Exception):
    """Others change a campaign all the time."""


@dataclass(frozen=True, slots=True)
class Lists:
    """Where contacts are named."""

    segments: Segments
    campaigns: Campaigns


def unlist(tenant: str, contact_id: str, lists: Lists) -> None:
    """Take a contact out of all segments and campaigns of a tenant.

    Raises:
        CampaignBusy: others were quicker each time.
    """
    lists.segments.unlist(tenant, contact_id)
    for campaign in campaigns_of(tenant, lists.campaigns):
        if _without(campaign, contact_id) != campaign:
            _unlist(campaign, contact_id, lists.campaigns)


def campaigns_of(tenant: str, campaigns: Campaigns) -> Iterator[Campaign]:
    """All campaigns of a tenant, newest first."""
    after: str | None = None
    while True:
        page = campaigns.newest(tenant, limit=PAGE, after=after)
        yield from page.campaigns
        after = page.after
        if after is None:
            return


def _unlist(campaign: Campaign, contact_id: str, campaigns: Campaigns) -> None:
    for _ in range(TRIES):
        rest = _without(campaign, contact_id)
        if campaigns.replace(replace(rest, version=campaign.version + 1)):
            return
        current = campaigns.get(campaign.tenant, campaign.id)
        if current is None:
            return
        campaign = current
    raise CampaignBusy


def _without(campaign: Campaign, contact_id: str) -> Campaign:
    settings = campaign.settings
    exclude = settings.exclude and _rest(settings.exclude, contact_id)
    settings = replace(settings, audience=_rest(settings.audience, contact_id), exclude=exclude)
    approval = campaign.approval
    if approval is not None and approval.digest == digest_of(campaign.settings):
        approval = replace(approval, digest=digest_of(settings))
    return replace(campaign, settings=settings, approval=approval)


def _rest(audience: Audience, contact_id: str) -> Audience:
    rest = tuple(each for each in audience.contact_ids if each != contact_id)
    return replace(audience, contact_ids=rest)
