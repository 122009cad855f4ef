"""Segments: saved by their callers, checked before, and never taken from under another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from outbound.domain.errors import Fault, Refusal
from outbound.domain.segment import NOBODY, Exclusion, Segment
from outbound.flow.selecting import find, whole
from outbound.ports import ExpressionFault

if TYPE_CHECKING:
    from collections.abc import Iterator

    from outbound.domain.key import ApiKey
    from outbound.ports import Clock, Expressions, Segments

TRIES = 5
PAGE = 100


@dataclass(frozen=True, slots=True)
class SegmentPorts:
    """What the keeping of segments works with."""

    clock: Clock
    segments: Segments
    expressions: Expressions


@dataclass(frozen=True, slots=True)
class Definition:
    """What a segment shall say."""

    expression: str | None = None
    contact_ids: tuple[str, ...] = ()
    exclude: Exclusion = NOBODY


def put(
    segment_id: str, definition: Definition, key: ApiKey, ports: SegmentPorts
) -> tuple[Segment, bool]:
    """The segment that says this, and whether it is new; saying it again changes nothing.

    Raises:
        Refusal: an expression isn't one that we allow, or a segment that it leaves out isn't there.
    """
    _check(definition, ports)
    for _ in range(TRIES):
        before, now = ports.segments.get(key.tenant, segment_id), ports.clock.now()
        segment = Segment(
            tenant=key.tenant,
            id=segment_id,
            expression=definition.expression,
            contact_ids=definition.contact_ids,
            exclude=definition.exclude,
            created_at=before.created_at if before else now,
            updated_at=now,
            version=before.version + 1 if before else 1,
        )
        whole(segment, _With(segment, ports.segments))
        if before is not None and before.definition == segment.definition:
            return before, False
        if ports.segments.save(segment):
            return segment, before is None
    raise _busy()


@dataclass(frozen=True, slots=True)
class _With:
    """The segments as they would be, for one that leaves out itself never ends."""

    segment: Segment
    segments: Segments

    def get(self, tenant: str, segment_id: str) -> Segment | None:
        own = segment_id == self.segment.id
        return self.segment if own else self.segments.get(tenant, segment_id)


def delete(segment_id: str, key: ApiKey, ports: SegmentPorts) -> Segment:
    """Remove a segment.

    Raises:
        Refusal: there is none, or another segment leaves it out.
    """
    for _ in range(TRIES):
        segment = find(segment_id, key.tenant, ports.segments)
        others = [each.id for each in _all(key, ports) if segment_id in each.exclude.segments]
        if others:
            detail = f"It is left out by other segments: {', '.join(others)}. Change these first."
            raise Refusal("segment_in_use", detail)
        if ports.segments.delete(segment):
            return segment
    raise _busy()


def _all(key: ApiKey, ports: SegmentPorts) -> Iterator[Segment]:
    after, ends = None, False
    while not ends:
        page = ports.segments.page(key.tenant, limit=PAGE, after=after)
        yield from page.segments
        after, ends = page.after, page.after is None


def _check(definition: Definition, ports: SegmentPorts) -> None:
    faults = []
    for pointer, expression in (
        ("/expression", definition.expression),
        ("/exclude/expression", definition.exclude.expression),
    ):
        try:
            if expression is not None:
                ports.expressions.compile(expression)
        except ExpressionFault as fault:
            message = f"The expression is not allowed: {fault}."
            faults.append(Fault(pointer, "invalid_expression", message))
    if faults:
        raise Refusal("invalid_expression", faults[0].message, *faults)


def _busy() -> Refusal:
    return Refusal("segment_busy", "Others keep changing this segment. Try again.", retry_after=1)
