"""Audience: who a campaign is for, read page by page.

Who a segment means is written down when a run begins. So whoever reads a shard again reads the
same, though the segment was changed or removed meanwhile.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from outbound.domain.errors import Refusal, refused_at
from outbound.domain.instant import rfc3339
from outbound.domain.segment import Exclusion, Segment, Whole
from outbound.domain.shards import SHARDS
from outbound.flow import selecting

if TYPE_CHECKING:
    from datetime import datetime

    from outbound.domain.campaign import Audience, Campaign
    from outbound.domain.contact import Contact
    from outbound.flow.selecting import Selection
    from outbound.ports import Contacts, SegmentReader

PAGE = 500
"""Contacts of a step: enough to fill chunks of several zones, few enough to be one item."""
NOBODY_ELSE = Exclusion()


@dataclass(frozen=True, slots=True)
class Found:
    """Some of an audience; `last` is how far it was read, `ends` that there are none behind."""

    contacts: tuple[Contact, ...]
    last: str | None
    ends: bool


def by_segment(campaign: Campaign) -> bool:
    """Whether a segment says who it is for, or who not."""
    settings = campaign.settings
    exclude = settings.exclude.segment if settings.exclude else None
    return (settings.audience.segment or exclude) is not None


def shards_of(campaign: Campaign) -> int:
    """In how many parts an audience is read at the same time."""
    return SHARDS if by_segment(campaign) else 1


def meant(campaign: Campaign, segments: SegmentReader) -> Whole:
    """Who is meant by the segments of a campaign, as they are now.

    Raises:
        Refusal: one of them is gone.
    """
    settings = campaign.settings
    found = _whole("audience", settings.audience, campaign, segments)
    if settings.exclude is None:
        return found
    if settings.exclude.segment is None:
        own = found.segment.exclude
        ids = tuple(
            {**dict.fromkeys(own.contact_ids), **dict.fromkeys(settings.exclude.contact_ids)}
        )
        segment = replace(found.segment, exclude=replace(own, contact_ids=ids))
        return replace(found, segment=segment)
    left_out = _whole("exclude", settings.exclude, campaign, segments)
    return replace(found, excluded=(*found.excluded, left_out))


def pinned(audience: Audience, pointer: str, tenant: str, segments: SegmentReader) -> Audience:
    """An audience with what stands for its segment as it is now, and for those that it leaves out.

    Raises:
        Refusal: there is no such segment, or one that it leaves out is gone.
    """
    if audience.segment is None:
        return audience
    segment = _segment(audience.segment, pointer, tenant, segments)
    return replace(audience, version=_version_of(selecting.whole(segment, segments)))


def read(
    campaign: Campaign,
    shard: int,
    after: str | None,
    contacts: Contacts,
    *,
    selection: Selection | None,
    at: datetime,
) -> Found:
    """The next of an audience. With a `selection`, those in it at `at`; else those of a list."""
    if selection is not None:
        some = selecting.read(selection, shard, after, contacts, now=at, limit=PAGE)
        return Found(some.contacts, some.last, some.ends)
    settings = campaign.settings
    left_out = set(settings.exclude.contact_ids) if settings.exclude else set()
    ids = sorted({*settings.audience.contact_ids} - left_out)
    behind = [each for each in ids if after is None or each > after]
    page = behind[:PAGE]
    known = contacts.look_up(campaign.tenant, contact_ids=page).contacts
    found = tuple(known[each] for each in page if each in known and not known[each].erased)
    return Found(found, page[-1] if page else after, len(page) == len(behind))


def _whole(name: str, audience: Audience, campaign: Campaign, segments: SegmentReader) -> Whole:
    if audience.segment is None:
        at = campaign.created_at
        return Whole(Segment(campaign.tenant, "", None, audience.contact_ids, NOBODY_ELSE, at, at))
    pointer = f"/{name}/segment"
    segment = _segment(audience.segment, pointer, campaign.tenant, segments)
    return selecting.whole(segment, segments)


def _version_of(found: Whole) -> str:
    """The same for the same segments. One that was removed and made anew counts from 1 again, so
    when it was made belongs to it."""
    own = found.segment
    parts = [own.id, str(own.version), rfc3339(own.created_at)]
    told = "\0".join([*parts, *map(_version_of, found.excluded)])
    return hashlib.sha256(told.encode()).hexdigest()[:20]


def _segment(segment_id: str, pointer: str, tenant: str, segments: SegmentReader) -> Segment:
    segment = segments.get(tenant, segment_id)
    if segment is None:
        raise refused_at(pointer, "unknown_segment", "There is no segment with this id.")
    return segment


def gone(refusal: Refusal) -> str:
    """Why a run can't begin, as a stable word."""
    return "segment_gone" if refusal.code == "unknown_segment" else refusal.code
