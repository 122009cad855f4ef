"""Runs of campaigns: their shards, steps, reviews and counts."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from outbound.adapters.dynamodb.run_traces import DynamoRunTraces
from outbound.domain.message import Status
from outbound.domain.review import Review
from outbound.domain.run import Chunk, ChunkRef, Look, Phase, Planned, Point, Step, behind
from outbound.domain.segment import Exclusion, Whole
from outbound.domain.tally import Place, Tally, total
from outbound.domain.words import Channel
from tests import memory
from tests.builders import TENANT, make_campaign, make_run, make_segment
from tests.memory.clock import START

RUN = make_run()
CHUNK = Chunk(ChunkRef(RUN.ref, "2026-11-23T16:40:00.123Z#rest000#000000#000"), START, ("a", "b"))


@pytest.fixture
def run_traces(runs):
    """Where runs name contacts, over the same store."""
    if isinstance(runs, memory.MemoryRuns):
        return memory.MemoryRunTraces(runs)
    return DynamoRunTraces(runs.table)


def test_a_run_is_opened_once(runs):
    assert runs.open(RUN) == RUN
    assert runs.open(replace(RUN, shards=32)) == RUN
    assert runs.get(RUN.ref) == RUN


def test_the_runs_of_a_campaign_are_listed_by_time(runs):
    campaign = make_campaign()
    later = make_run(campaign, at=START + timedelta(days=1))
    runs.open(later)
    runs.open(RUN)
    runs.open(make_run(make_campaign(id="cam_00000000000000000002")))
    assert list(runs.of(TENANT, campaign.id)) == [RUN, later]


def test_of_two_changes_of_a_run_one_is_made(runs):
    runs.open(RUN)
    earlier = START - timedelta(hours=1)
    closed = replace(
        RUN,
        closed_at=START,
        tried_until=START,
        counted=3,
        settled_at=earlier,
        asked_at=earlier,
        reviewed_at=START,
        lost=("rest000#000000#001",),
        unnamed=7,
        version=2,
    )
    assert runs.replace(closed)
    assert not runs.replace(replace(RUN, version=2))
    assert runs.get(RUN.ref) == closed


def test_who_is_meant_in_a_run_comes_back_as_it_was_written(runs):
    listed = Whole(make_segment("deep", None, contact_ids=("con_a", "con_b")))
    between = Whole(make_segment("between", exclude=Exclusion(segments=("deep",))), (listed,))
    beside = Whole(make_segment("beside", "contact.locale == 'fr'"))
    head = make_segment("vips", exclude=Exclusion("false", ("between", "beside"), ("con_eve",)))
    whole = Whole(head, (between, beside))
    assert runs.audience(RUN.ref) is None
    runs.keep_audience(RUN.ref, whole)
    assert runs.audience(RUN.ref) == whole


def test_of_two_who_say_who_is_meant_in_a_run_the_first_counts(runs):
    left_out = Whole(make_segment("left_out"))
    first = Whole(make_segment("vips", exclude=Exclusion(segments=("left_out",))), (left_out,))
    runs.keep_audience(RUN.ref, first)
    runs.keep_audience(RUN.ref, Whole(make_segment("vips", "false", version=2)))
    assert runs.audience(RUN.ref) == first
    assert runs.audience(make_run(at=START + timedelta(days=1)).ref) is None


def test_whom_a_run_was_for_is_forgotten_with_all_its_parts(runs):
    whole = Whole(make_segment("vips"), (Whole(make_segment("staff")),))
    for ref in (RUN.ref, make_run(at=START + timedelta(days=1)).ref):
        runs.keep_audience(ref, whole)
    for _ in range(2):
        runs.forget_audience(RUN.ref)
    assert runs.audience(RUN.ref) is None
    assert runs.audience(make_run(at=START + timedelta(days=1)).ref) == whole


def test_a_shard_moves_one_step_at_a_time(runs):
    assert runs.point(RUN.ref, Phase.REST, 3) == Point(Phase.REST, 3)
    one = Point(Phase.REST, 3, "con_b", 1, 2)
    assert runs.move(RUN.ref, one)
    assert not runs.move(RUN.ref, one)
    two = Point(Phase.REST, 3, None, 2, 2, done=True)
    assert runs.move(RUN.ref, two)
    assert list(runs.points(RUN.ref)) == [two]


def test_a_step_that_is_there_is_given_back(runs):
    step = Step(Phase.REST, 0, 0, "con_b", False, (Planned(START, ("con_a", "con_b")),))
    assert runs.keep_step(RUN.ref, step) == step
    assert runs.keep_step(RUN.ref, replace(step, chunks=(), ends=True)) == step
    assert runs.keep_step(make_run(at=START + timedelta(days=1)).ref, step) == step
    assert list(runs.steps(RUN.ref)) == [step]


def test_a_step_and_its_point_know_who_has_several_channels(runs):
    both = (Channel.SMS, Channel.VOICE)
    planned = (Planned(START, ("a",), both), Planned(START, ("b",), both[:1]))
    step = Step(Phase.REST, 0, 0, "b", True, planned)
    runs.keep_step(RUN.ref, step)
    assert list(runs.steps(RUN.ref)) == [step]
    point = behind(Point(Phase.REST, 0), step)
    assert (point.recipients, point.further) == (2, 1)
    assert runs.move(RUN.ref, point)
    assert runs.point(RUN.ref, Phase.REST, 0) == point


class TestTraces:
    """What names contacts is found, and written over as it was read."""

    STEP = Step(Phase.REST, 3, 0, "con_b", False, (Planned(START, ("con_a", "con_b")),))

    def test_steps_come_by_their_shard(self, runs, run_traces):
        steps = [
            self.STEP,
            replace(self.STEP, number=1, last=None, chunks=(), ends=True),
            replace(self.STEP, phase=Phase.FIRST),
            replace(self.STEP, shard=30),
        ]
        for each in steps:
            runs.keep_step(RUN.ref, each)
        assert set(run_traces.steps(RUN.ref, 3)) == set(steps[:3])

    def test_a_step_is_written_over_as_it_was_read(self, runs, run_traces):
        runs.keep_step(RUN.ref, self.STEP)
        rest = replace(self.STEP, last="con_a~", chunks=(Planned(START, ("con_a", "~key")),))
        assert run_traces.rewrite_step(RUN.ref, self.STEP, rest)
        assert not run_traces.rewrite_step(RUN.ref, self.STEP, replace(self.STEP, last="con_c"))
        assert list(run_traces.steps(RUN.ref, 3)) == [rest]

    def test_a_place_is_written_over_unless_the_shard_has_moved(self, runs, run_traces):
        point = Point(Phase.REST, 3, "con_b", 1, 2)
        runs.move(RUN.ref, point)
        nameless = replace(point, after="con_b~")
        assert run_traces.rewrite_point(RUN.ref, point, nameless)
        assert not run_traces.rewrite_point(RUN.ref, point, nameless)
        assert runs.point(RUN.ref, Phase.REST, 3) == nameless
        assert runs.move(RUN.ref, replace(nameless, after="con_d", steps=2, recipients=4))

    def test_chunks_come_that_name_a_contact(self, runs, run_traces):
        other = replace(CHUNK, ref=ChunkRef(RUN.ref, f"{CHUNK.ref.id}1"), members=("con_x",))
        look = Look(START, later=("con_y",), until=START)
        waits = replace(CHUNK, ref=ChunkRef(RUN.ref, f"{CHUNK.ref.id}2"), look=look)
        for each in (CHUNK, other, waits):
            runs.put_chunk(each)
        assert list(run_traces.chunks(RUN.ref, "con_x")) == [other]
        assert list(run_traces.chunks(RUN.ref, "con_y")) == [waits]
        assert list(run_traces.chunks(RUN.ref, "con_")) == []

    def test_lists_of_who_is_meant_lose_a_contact_in_all_parts(self, runs, run_traces):
        deep = Whole(make_segment("deep", None, contact_ids=("con_eve", "con_bob")))
        head = make_segment("vips", exclude=Exclusion("false", ("deep",), ("con_eve",)))
        runs.keep_audience(RUN.ref, Whole(head, (deep,)))
        assert run_traces.leave_out(RUN.ref, "con_eve")
        assert not run_traces.leave_out(RUN.ref, "con_eve")
        left = Whole(make_segment("deep", None, contact_ids=("con_bob",)))
        head = make_segment("vips", exclude=Exclusion("false", ("deep",)))
        assert runs.audience(RUN.ref) == Whole(head, (left,))


def test_a_review_comes_back_as_it_was_and_is_moved_by_one(runs):
    assert runs.review(RUN.ref) is None
    first = Review(START, total([Place(Status.SENT, cost=Decimal("0.1"))]))
    assert runs.keep_review(RUN.ref, first)
    assert not runs.keep_review(RUN.ref, first)
    found = total([Place(Status.FAILED, reason="no", back=Decimal("0.1"))])
    moved = replace(
        first,
        after=CHUNK.ref.id,
        members=3,
        missing=2,
        found=found,
        latest=START,
        turns=5,
        undone=1,
        done=True,
        version=2,
    )
    assert runs.keep_review(RUN.ref, moved)
    assert not runs.keep_review(RUN.ref, replace(moved, done=False))
    assert runs.review(RUN.ref) == moved


def test_what_is_brought_twice_counts_once(runs):
    sent = total([Place(Status.SENT, "a", hour="2026-11-23T16:00:00Z", cost=Decimal("0.1"))] * 3)
    assert runs.count(RUN.ref, "batch-1", sent)
    assert not runs.count(RUN.ref, "batch-1", sent)
    assert runs.count(RUN.ref, "batch-2", sent)
    tally = runs.tally(RUN.ref)
    assert (tally.of(Status.SENT), tally.cost) == (6, Decimal("0.6"))


def test_counts_move_down_too(runs):
    runs.count(RUN.ref, "batch-1", total([Place(Status.SENT)]))
    runs.count(RUN.ref, "batch-2", Tally({"status:sent": -1, "status:delivered": 1}))
    tally = runs.tally(RUN.ref)
    assert (tally.of(Status.SENT), tally.of(Status.DELIVERED)) == (0, 1)
