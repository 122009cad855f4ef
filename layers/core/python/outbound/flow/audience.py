"""Audience: who a campaign is for, read page by page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from outbound.domain.campaign import Campaign
    from outbound.domain.contact import Contact
    from outbound.ports import Contacts

PAGE = 500
"""Contacts of a step: enough to fill chunks of several zones, few enough to be one item."""


@dataclass(frozen=True, slots=True)
class Found:
    """Some of an audience; `last` is how far it was read, `ends` that there are none behind."""

    contacts: tuple[Contact, ...]
    last: str | None
    ends: bool


def shards_of(campaign: Campaign) -> int:
    """In how many parts an audience is read at the same time."""
    return 1


def read(campaign: Campaign, shard: int, after: str | None, contacts: Contacts) -> Found:
    """The next of an audience: those of a list that are contacts, without those excluded."""
    settings = campaign.settings
    left_out = set(settings.exclude.contact_ids) if settings.exclude else set()
    ids = sorted({*settings.audience.contact_ids} - left_out)
    some = [each for each in ids if after is None or each > after]
    page = some[:PAGE]
    known = contacts.look_up(campaign.tenant, contact_ids=page).contacts
    found = tuple(known[each] for each in page if each in known and not known[each].erased)
    return Found(found, page[-1] if page else after, len(page) == len(some))
