"""Chunks of runs, and the budget that they take from."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from threading import Thread

import pytest

from outbound.domain.message import Decision, Status
from outbound.domain.run import Call, Chunk, ChunkRef, Look
from outbound.domain.tally import Place, total
from outbound.domain.words import Channel
from outbound.ports import BudgetSpent
from tests.builders import TENANT, make_run
from tests.memory.clock import START

RUN = make_run()
CHUNK = Chunk(ChunkRef(RUN.ref, "2026-11-23T16:40:00.123Z#rest000#000000#000"), START, ("a", "b"))
SECOND = replace(
    CHUNK,
    channels=(Channel.SMS, Channel.VOICE, Channel.EMAIL),
    turn=1,
    parent="2026-11-23T16:40:00.123Z#rest000#000000#000",
)


def test_a_chunk_is_written_once_and_comes_back_as_it_was(runs):
    assert runs.put_chunk(CHUNK)
    assert not runs.put_chunk(replace(CHUNK, members=("c",)))
    assert runs.chunk(CHUNK.ref) == CHUNK


@pytest.mark.parametrize(
    "look",
    [
        None,
        Look(START, over=2),
        Look(START, 0, ("c", "d"), START + timedelta(minutes=3)),
    ],
)
def test_a_chunk_of_a_later_channel_comes_back_with_what_was_seen(runs, look):
    chunk = replace(SECOND, look=look)
    assert runs.put_chunk(chunk)
    assert runs.chunk(chunk.ref) == chunk


def test_a_call_is_kept_with_its_verdicts(runs):
    runs.put_chunk(CHUNK)
    blocked = Decision("block", "suppressed", "list", "suppressed_bounced")
    deferred = Decision("defer", "us.quiet", "law", "outside_hours", START + timedelta(hours=3))
    call = Call(0, 2, START, START + timedelta(minutes=1), {0: blocked, 1: deferred})
    claimed = replace(CHUNK, call=call, version=2)
    assert runs.advance(claimed)
    assert runs.chunk(CHUNK.ref) == claimed
    assert not runs.advance(claimed)


def test_chunks_come_in_the_order_of_their_release(runs):
    times = [START + timedelta(minutes=minutes) for minutes in (0, 5, 10)]
    made = [
        Chunk(ChunkRef(RUN.ref, f"{at:%Y-%m-%dT%H:%M:%S}.123Z#rest000#000000#000"), at, ("a",))
        for at in times
    ]
    for chunk in reversed(made):
        runs.put_chunk(chunk)
    assert list(runs.chunks(RUN.ref)) == made
    assert list(runs.chunks(RUN.ref, until=times[1])) == made[:2]
    assert list(runs.chunks(RUN.ref, after=made[0].ref.id)) == made[1:]


def test_a_budget_is_never_overdrawn(runs):
    runs.put_chunk(CHUNK)
    three, budget = Decimal("0.3"), Decimal("0.5")
    assert runs.advance(replace(CHUNK, version=2), reserve=three, budget=budget)
    with pytest.raises(BudgetSpent):
        runs.advance(replace(CHUNK, version=3), reserve=three, budget=budget)
    with pytest.raises(BudgetSpent):
        runs.advance(replace(CHUNK, version=3), reserve=Decimal(1), budget=budget)
    assert runs.reserved(TENANT, RUN.ref.campaign) == three
    assert runs.chunk(CHUNK.ref).version == 2


def test_what_loses_the_race_takes_nothing_of_the_budget(runs):
    runs.put_chunk(CHUNK)
    ours = replace(CHUNK, version=2)
    assert runs.advance(ours, reserve=Decimal("0.1"), budget=Decimal(1))
    assert not runs.advance(ours, reserve=Decimal("0.1"), budget=Decimal(1))
    assert runs.reserved(TENANT, RUN.ref.campaign) == Decimal("0.1")


def test_many_workers_together_stay_within_a_budget(runs):
    refs = [ChunkRef(RUN.ref, f"2026-11-23T16:40:00.123Z#rest{n:03d}#0#0") for n in range(8)]
    taken = []

    def take(ref):
        chunk = Chunk(ref, START, ("a",))
        runs.put_chunk(chunk)
        while True:
            try:
                if runs.advance(
                    replace(chunk, version=2), reserve=Decimal("0.2"), budget=Decimal("1.0")
                ):
                    taken.append(ref)
                    return
            except BudgetSpent:
                return

    threads = [Thread(target=take, args=(ref,)) for ref in refs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(taken) == 5
    assert runs.reserved(TENANT, RUN.ref.campaign) == Decimal("1.0")


def test_what_is_given_back_can_be_taken_again(runs):
    runs.put_chunk(CHUNK)
    half, budget = Decimal("0.5"), Decimal("0.5")
    runs.advance(replace(CHUNK, version=2), reserve=half, budget=budget)
    given = replace(CHUNK, version=3, done=True)
    assert runs.advance(given, reserve=Decimal("-0.2"))
    assert not runs.advance(given, reserve=Decimal("-0.2"))
    assert runs.reserved(TENANT, RUN.ref.campaign) == Decimal("0.3")
    assert runs.advance(replace(CHUNK, version=4), reserve=Decimal("0.2"), budget=budget)


def test_what_a_batch_gives_back_comes_to_the_budget_once(runs):
    runs.put_chunk(CHUNK)
    runs.advance(replace(CHUNK, version=2), reserve=Decimal("0.5"), budget=Decimal("0.5"))
    failed = total([Place(Status.FAILED, back=Decimal("0.1"))])
    assert runs.count(RUN.ref, "batch-1", failed)
    assert not runs.count(RUN.ref, "batch-1", failed)
    assert runs.reserved(TENANT, RUN.ref.campaign) == Decimal("0.4")
    assert runs.tally(RUN.ref) == failed
