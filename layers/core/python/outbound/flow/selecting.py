"""Selecting: a segment, ready to be asked, and read shard by shard.

What a segment needs is brought together once (`whole`), as it is then: whoever keeps that selects
the same contacts by the same rules, though the segment is changed or removed meanwhile.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from outbound.domain.errors import Refusal, refused_at
from outbound.domain.segment import DEEPEST, Whole
from outbound.domain.shards import shard_of

if TYPE_CHECKING:
    from datetime import datetime

    from outbound.domain.contact import Contact
    from outbound.domain.segment import Segment
    from outbound.ports import Contacts, Expressions, Predicate, SegmentReader

TOGETHER = 100
"""Contacts that are read at once by their ids."""


@dataclass(frozen=True, slots=True)
class Selected:
    """Some of a shard's contacts, by id: `read` of them were looked at, `contacts` are selected.

    `last` is the place of the last that was looked at, `ends` that there are none behind it.
    """

    contacts: tuple[Contact, ...]
    read: tuple[Contact, ...]
    last: str | None
    ends: bool


@dataclass(frozen=True, slots=True)
class Selection:
    """A segment as something that can be asked. Whoever is erased is never selected."""

    tenant: str
    predicate: Predicate | None
    listed: frozenset[str]
    excluding: Predicate | None
    left_out: frozenset[str]
    excluded: tuple[Selection, ...]

    def selects(self, contact: Contact, now: datetime) -> bool:
        """Whether a contact is in it."""
        if contact.erased or contact.id in self.left_out:
            return False
        if self.predicate is None:
            if contact.id not in self.listed:
                return False
        elif not self.predicate(contact, now):
            return False
        if self.excluding is not None and self.excluding(contact, now):
            return False
        return not any(each.selects(contact, now) for each in self.excluded)

    @property
    def attributes(self) -> frozenset[str]:
        """The attributes it looks at."""
        own = [each.attributes for each in (self.predicate, self.excluding) if each is not None]
        return frozenset().union(*own, *(each.attributes for each in self.excluded))


def whole(segment: Segment, segments: SegmentReader) -> Whole:
    """A segment with those that it leaves out.

    Raises:
        Refusal: one of them is gone, or leaves out others too deeply.
    """
    return _whole(segment, segments, DEEPEST)


def _whole(segment: Segment, segments: SegmentReader, deepest: int) -> Whole:
    if not deepest:
        message = f"Segments may leave out segments {DEEPEST - 1} deep, and never themselves."
        raise refused_at("/exclude/segments", "segment_too_deep", message)
    excluded = []
    for index, name in enumerate(segment.exclude.segments):
        other = segments.get(segment.tenant, name)
        if other is None:
            message = "There is no segment with this id."
            raise refused_at(f"/exclude/segments/{index}", "unknown_segment", message)
        excluded.append(_whole(other, segments, deepest - 1))
    return Whole(segment, tuple(excluded))


def find(segment_id: str, tenant: str, segments: SegmentReader) -> Segment:
    """A segment.

    Raises:
        Refusal: there is none.
    """
    segment = segments.get(tenant, segment_id)
    if segment is None:
        raise Refusal("unknown_segment_id", "There is no segment with this id.")
    return segment


def selection(whole: Whole, expressions: Expressions) -> Selection:
    """A segment, compiled.

    Raises:
        ExpressionFault: one of its expressions isn't one that we allow.
    """
    segment, exclude = whole.segment, whole.segment.exclude
    return Selection(
        tenant=segment.tenant,
        predicate=_compiled(segment.expression, expressions),
        listed=frozenset(segment.contact_ids),
        excluding=_compiled(exclude.expression, expressions),
        left_out=frozenset(exclude.contact_ids),
        excluded=tuple(selection(each, expressions) for each in whole.excluded),
    )


def _compiled(expression: str | None, expressions: Expressions) -> Predicate | None:
    return None if expression is None else expressions.compile(expression)


def read(
    selection: Selection,
    shard: int,
    after: str | None,
    contacts: Contacts,
    *,
    now: datetime,
    limit: int,
) -> Selected:
    """Look at the next contacts of a shard, at most `limit`, and tell who of them is selected."""
    if selection.predicate is None:
        return _read_listed(selection, shard, after, contacts, now=now, limit=limit)
    page = contacts.page(selection.tenant, shard, limit=limit, after=after)
    chosen = tuple(each for each in page.contacts if selection.selects(each, now))
    return Selected(chosen, page.contacts, page.after or after, page.after is None)


def _read_listed(
    selection: Selection,
    shard: int,
    after: str | None,
    contacts: Contacts,
    *,
    now: datetime,
    limit: int,
) -> Selected:
    """By id alone, where a segment names its contacts: others aren't read."""
    ids = sorted(
        each
        for each in selection.listed - selection.left_out
        if shard_of(each) == shard and (after is None or each > after)
    )
    some = ids[: min(limit, TOGETHER)]
    known = contacts.look_up(selection.tenant, contact_ids=some).contacts if some else {}
    found = tuple(known[each] for each in some if each in known and not known[each].erased)
    chosen = tuple(each for each in found if selection.selects(each, now))
    return Selected(chosen, found, some[-1] if some else after, len(some) == len(ids))
