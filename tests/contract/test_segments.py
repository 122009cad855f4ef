"""Segments, as they are kept."""

from __future__ import annotations

from dataclasses import replace

import pytest

from outbound.adapters.dynamodb.segments import DynamoSegments
from outbound.domain.segment import MOST_LISTED, Exclusion
from outbound.ports import SegmentPage
from tests import memory
from tests.builders import TENANT, make_segment
from tests.memory.clock import START

LISTED = make_segment(
    "listed",
    None,
    contact_ids=("ada", "bob"),
    exclude=Exclusion('contact.region == "FR"', ("all",), ("eve",)),
)


@pytest.fixture
def segments(port):
    return port(memory.MemorySegments(), "catalog", DynamoSegments)


def test_what_is_saved_is_found_whole(segments):
    for segment in (LISTED, make_segment()):
        assert segments.get(TENANT, segment.id) is None
        assert segments.save(segment)
        assert segments.get(TENANT, segment.id) == segment


def test_the_longest_lists_are_kept(segments):
    ids = tuple(f"{number:064}" for number in range(MOST_LISTED))
    segment = make_segment("long", None, contact_ids=ids)
    assert segments.save(segment)
    assert segments.get(TENANT, "long") == segment


def test_of_two_who_change_a_version_one_does(segments):
    assert segments.save(LISTED)
    assert not segments.save(LISTED)
    second = replace(LISTED, version=2, contact_ids=(), expression="1")
    assert segments.save(second)
    assert not segments.save(replace(second, expression="0"))
    assert segments.get(TENANT, "listed") == second


def test_only_the_version_that_was_seen_is_removed(segments):
    segments.save(LISTED)
    segments.save(replace(LISTED, version=2))
    assert not segments.delete(LISTED)
    assert segments.delete(replace(LISTED, version=2))
    assert segments.get(TENANT, "listed") is None
    assert segments.save(make_segment("listed"))
    assert segments.get(TENANT, "listed").contact_ids == ()


def test_a_page_has_no_lists_of_contacts_and_no_segments_of_others(segments):
    for name in ("b", "a", "c"):
        segments.save(replace(LISTED, id=name))
    segments.save(make_segment("d", tenant="other", created_at=START))
    page = segments.page(TENANT, limit=2, after=None)
    assert [each.id for each in page.segments] == ["a", "b"]
    assert all(each.contact_ids == each.exclude.contact_ids == () for each in page.segments)
    rest = segments.page(TENANT, limit=2, after=page.after)
    assert [each.id for each in rest.segments] == ["c"]
    assert segments.page("nobody", limit=2, after=None) == SegmentPage((), None)


def test_who_is_taken_out_is_in_no_list_any_more(segments):
    alone = replace(LISTED, id="alone", contact_ids=("ada",), exclude=Exclusion(None, (), ()))
    left_out = make_segment("left-out", "1", exclude=Exclusion(None, (), ("ada", "eve")))
    other = replace(LISTED, tenant="other")
    for each in (LISTED, alone, left_out, other):
        segments.save(each)
    for _ in range(2):
        segments.unlist(TENANT, "ada")
    assert segments.get(TENANT, "listed") == replace(LISTED, contact_ids=("bob",))
    assert segments.get(TENANT, "alone") == replace(alone, contact_ids=())
    assert segments.get(TENANT, "left-out").exclude.contact_ids == ("eve",)
    assert segments.get("other", "listed") == other
