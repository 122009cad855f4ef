"""Who a segment selects, shard by shard."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outbound.adapters.expressions.expressions import JinjaExpressions
from outbound.domain.errors import Refusal
from outbound.domain.segment import Exclusion
from outbound.domain.shards import SHARDS
from outbound.flow.manage.segments import Definition, SegmentPorts, delete, put
from outbound.flow.selecting import read, selection, whole
from tests import memory
from tests.builders import TENANT, make_contact, make_key, make_segment
from tests.memory.clock import START
from tests.memory.world import SECRET

KEY = make_key()


@pytest.fixture
def ports():
    return SegmentPorts(memory.MemoryClock(), memory.MemorySegments(), JinjaExpressions())


@pytest.fixture
def contacts():
    return memory.MemoryContacts(memory.MemorySuppressions(SECRET), memory.MemoryLedger())


def selected(segment, contacts, segments=None, limit=3):
    """All who are selected, and how many were read for it."""
    asked = selection(whole(segment, segments or memory.MemorySegments()), JinjaExpressions())
    found, looked_at = [], 0
    for shard in range(SHARDS):
        after, ends = None, False
        while not ends:
            page = read(asked, shard, after, contacts, now=START, limit=limit)
            found += [each.id for each in page.contacts]
            looked_at += len(page.read)
            after, ends = page.last, page.ends
    return sorted(found), looked_at


def add(contacts, *names, **changes):
    for name in names:
        contacts.add(make_contact(name, **changes))


class TestReading:
    def test_an_expression_is_asked_of_everybody(self, contacts):
        add(contacts, "ada", "bob", region="FR")
        add(contacts, *(f"con_{number}" for number in range(90)), region="DE")
        add(contacts, "eve", region="FR", tenant="other")
        assert selected(make_segment(expression='contact.region == "FR"'), contacts) == (
            ["ada", "bob"],
            92,
        )

    def test_a_list_reads_nobody_else(self, contacts):
        add(contacts, "ada", "bob", *(f"con_{number}" for number in range(90)))
        listed = make_segment("two", None, contact_ids=("ada", "bob", "gone"))
        assert selected(listed, contacts) == (["ada", "bob"], 2)

    @pytest.mark.parametrize("expression", [None, "1"])
    def test_who_is_erased_is_in_none(self, contacts, expression):
        contacts.add(replace(make_contact("ada"), created_at=None, erased_at=START, phones=()))
        segment = make_segment(expression=expression, contact_ids=("ada",))
        assert selected(segment, contacts) == ([], 0)

    def test_who_is_left_out_in_any_way_is_out(self, contacts):
        add(contacts, "ada", "bob", "carl")
        add(contacts, "dora", region="FR")
        segments = memory.MemorySegments()
        segments.save(make_segment("staff", None, contact_ids=("bob", "carl"),
                                   exclude=Exclusion(contact_ids=("carl",))))  # fmt: skip
        exclude = Exclusion('contact.region == "FR"', ("staff",), ("ada",))
        assert selected(make_segment(exclude=exclude), contacts, segments)[0] == ["carl"]

    def test_an_empty_tenant_has_nobody(self, contacts):
        assert selected(make_segment(), contacts) == ([], 0)

    @given(
        st.sets(st.integers(0, 40)), st.sets(st.integers(0, 40)), st.integers(1, 9), st.booleans()
    )
    def test_each_is_found_once_whatever_the_pages(self, there, out, limit, listed):
        contacts = memory.MemoryContacts(memory.MemorySuppressions(SECRET), memory.MemoryLedger())
        names = [f"c{number}" for number in there]
        add(contacts, *names)
        segment = make_segment(
            expression=None if listed else "1",
            contact_ids=tuple(names) if listed else (),
            exclude=Exclusion(contact_ids=tuple(f"c{number}" for number in out)),
        )
        found = selected(segment, contacts, limit=limit)[0]
        assert found == sorted(f"c{number}" for number in there - out)


class TestKeeping:
    def test_saying_the_same_again_changes_nothing(self, ports):
        first, new = put("a", Definition("1"), KEY, ports)
        assert new
        assert put("a", Definition("1"), KEY, ports) == (first, False)
        second, new = put("a", Definition("0"), KEY, ports)
        assert (second.version, second.created_at, new) == (2, first.created_at, False)

    def test_what_is_no_expression_is_refused_in_its_place(self, ports):
        wrong = Definition("contact.x()", exclude=Exclusion("1 +"))
        with pytest.raises(Refusal) as refusal:
            put("a", wrong, KEY, ports)
        pointers = [each.pointer for each in refusal.value.faults]
        assert pointers == ["/expression", "/exclude/expression"]
        assert ports.segments.get(TENANT, "a") is None

    def test_a_segment_that_is_left_out_must_be_there(self, ports):
        with pytest.raises(Refusal, match="unknown_segment"):
            put("a", Definition("1", exclude=Exclusion(segments=("b",))), KEY, ports)

    def test_a_segment_never_leaves_out_itself(self, ports):
        def leaving_out(*names):
            return Definition("1", exclude=Exclusion(segments=names))

        with pytest.raises(Refusal, match="segment_too_deep"):
            put("a", leaving_out("a"), KEY, ports)
        put("a", leaving_out(), KEY, ports)
        put("b", leaving_out("a"), KEY, ports)
        put("c", leaving_out("b"), KEY, ports)
        for name, other in (("a", "b"), ("a", "c"), ("d", "c")):
            with pytest.raises(Refusal, match="segment_too_deep"):
                put(name, leaving_out(other), KEY, ports)

    def test_what_others_leave_out_stays(self, ports):
        put("a", Definition("1"), KEY, ports)
        put("b", Definition("1", exclude=Exclusion(segments=("a",))), KEY, ports)
        with pytest.raises(Refusal, match="segment_in_use"):
            delete("a", KEY, ports)
        for name in ("b", "a"):
            assert delete(name, KEY, ports).id == name
        with pytest.raises(Refusal, match="unknown_segment_id"):
            delete("a", KEY, ports)
