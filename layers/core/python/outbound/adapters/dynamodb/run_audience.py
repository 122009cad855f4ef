"""Who is meant in a run, as items of its partition: a segment with those that it leaves out.

The parts lie under the digest of all of them, and one item names the digest that counts: two who
begin a run at once, a segment being changed between them, can't mix what they write.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from outbound.adapters.dynamodb.segments import lists_of, segment_item, segment_of
from outbound.domain.segment import Whole

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

AUDIENCE = "audience"
DIGEST = "digest"


def part_items(whole: Whole) -> tuple[str, list[dict[str, Any]]]:
    """The digest, and an item for each segment without its partition; leaves come behind."""
    parts = [
        {
            **segment_item(each.segment),
            **lists_of(each.segment),
            "segment_id": each.segment.id,
            "left_out_by": parent,
        }
        for each, parent in _flat(whole)
    ]
    for part in parts:
        del part["pk"], part["sk"]
    digest = hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()[:32]
    return digest, [{"sk": part_place(digest, number), **part} for number, part in enumerate(parts)]


def part_place(digest: str, number: int) -> str:
    """Where a part lies."""
    return f"{AUDIENCE}#{digest}#{number:03d}"


def whole_of(items: Sequence[Mapping[str, Any]], tenant: str) -> Whole:
    """What `part_items` wrote, in the order of its places."""
    below: dict[int, list[Whole]] = {}
    for number, item in reversed(list(enumerate(items))):
        segment = segment_of({**item, "sk": item["segment_id"]}, tenant, item)
        excluded = tuple(reversed(below.pop(number, [])))
        below.setdefault(int(item["left_out_by"]), []).append(Whole(segment, excluded))
    (whole,) = below[-1]
    return whole


def _flat(whole: Whole) -> Iterator[tuple[Whole, int]]:
    waiting, number = [(whole, -1)], 0
    while waiting:
        each, parent = waiting.pop(0)
        yield each, parent
        waiting += [(below, number) for below in each.excluded]
        number += 1
