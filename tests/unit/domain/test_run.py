from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outbound.domain import ids
from outbound.domain.campaign import Pace
from outbound.domain.pace import LARGEST, longest
from outbound.domain.planning import Recipient, plan
from outbound.domain.run import Phase, Planned, Point, Step, behind, chunks_of, id_of
from outbound.domain.timing import Schedule
from tests.builders import make_campaign, make_run
from tests.memory.clock import START
from tests.memory.world import SECRET

POINT = Point(Phase.REST, 0)
ZONES = ("America/New_York", "Europe/Paris", "Asia/Tokyo")


def found(count, *zones):
    of = itertools.cycle([[zone] for zone in zones] or [[]])
    return [Recipient(f"con_{n:05d}", f"key{n:05d}", next(of)) for n in range(count)]


def test_recipients_are_put_together_fifty_at_a_time():
    planned = plan(make_campaign(), make_run(), POINT, found(120))
    assert [len(each.members) for each in planned] == [50, 50, 20]
    assert {each.at for each in planned} == {START}


@given(st.integers(0, 300), st.sampled_from([None, 3, 40, 100_000]), st.integers(1, 32))
def test_everybody_is_in_exactly_one_chunk(count, per_minute, shards):
    pace = Pace(per_minute=per_minute) if per_minute else None
    campaign = make_campaign(pace=pace)
    planned = plan(campaign, make_run(campaign, shards=shards), POINT, found(count))
    members = [each for chunk in planned for each in chunk.members]
    assert sorted(members) == [each[0] for each in found(count)]
    assert all(1 <= len(chunk.members) <= LARGEST for chunk in planned)


@pytest.mark.parametrize("per_minute", [7, 60, 640, 5_000])
def test_no_minute_has_more_than_the_pace(per_minute):
    campaign = make_campaign(pace=Pace(per_minute=per_minute))
    run = make_run(campaign, shards=4)
    released: dict[datetime, int] = {}
    for shard in range(4):
        for chunk in plan(campaign, run, Point(Phase.REST, shard), found(400)):
            minute = chunk.at.replace(second=0, microsecond=0)
            released[minute] = released.get(minute, 0) + len(chunk.members)
    # A chunk at the edge of a minute may belong to either side.
    assert max(released.values()) <= per_minute + 4 * min(LARGEST, max(1, per_minute // 4))


def test_those_of_a_zone_are_put_together():
    campaign = make_campaign(schedule=Schedule(local=datetime(2026, 12, 1, 9), timezone="UTC"))
    planned = plan(campaign, make_run(campaign), POINT, found(60, *ZONES))
    assert [(each.at.hour, len(each.members)) for each in planned] == [(0, 20), (8, 20), (14, 20)]


def test_over_a_time_they_are_spread_evenly():
    campaign = make_campaign(pace=Pace(over=timedelta(hours=1)))
    planned = plan(campaign, make_run(campaign), POINT, found(1_200))
    assert all(START <= each.at < START + timedelta(hours=1) for each in planned)
    assert len({each.at for each in planned}) == 60
    assert max(len(each.members) for each in planned) < 50


def test_the_same_step_makes_the_same_chunks():
    step = Step(
        Phase.REST, 7, 3, "con_2", False, (Planned(START, ("a",)), Planned(START, ("b", "c")))
    )
    run = make_run()
    assert chunks_of(run.ref, step) == chunks_of(run.ref, step)
    assert [chunk.ref.id for chunk in chunks_of(run.ref, step)] == [
        "2026-11-23T16:40:00.123Z#rest007#000003#000",
        "2026-11-23T16:40:00.123Z#rest007#000003#001",
    ]
    assert behind(Point(Phase.REST, 7, "con_1", 3, 10), step) == Point(
        Phase.REST, 7, "con_2", 4, 13
    )
    last = replace(step, ends=True)
    assert behind(Point(Phase.REST, 7, "con_1", 3, 10), last).after is None


def test_the_id_of_a_message_follows_from_run_and_contact():
    campaign, run = make_campaign(), make_run()
    ada = ids.contact_key(SECRET, campaign.tenant, "con_ada")
    one = id_of(ada, campaign, run.ref)
    assert one == id_of(ada, campaign, run.ref)
    assert ids.message_time(one) == run.ref.at == START
    assert one != id_of(ids.contact_key(SECRET, campaign.tenant, "con_bob"), campaign, run.ref)
    assert one != id_of(ada, campaign, make_run(campaign, at=START + timedelta(days=1)).ref)


@pytest.mark.parametrize(
    ("pace", "minutes"),
    [(None, 1), (Pace(per_minute=60), 10), (Pace(over=timedelta(hours=1)), 60)],
)
def test_a_run_takes_as_long_as_the_slower_of_pace_and_rate(pace, minutes):
    assert longest(600, pace, 10) == timedelta(minutes=minutes)
