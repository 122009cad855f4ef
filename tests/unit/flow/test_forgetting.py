"""Who is erased while a run is under way is named nowhere in it, and counts as all others do."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest

from outbound.domain.campaign import Audience, State
from outbound.domain.erasure import SETTLING, ErasureState
from outbound.domain.ids import contact_key
from outbound.domain.message import Status
from outbound.domain.run import ERASED, Call, Phase, right_before
from outbound.domain.segment import Exclusion
from outbound.domain.shards import shard_of
from outbound.domain.words import Channel
from outbound.flow import audience, erasing, selecting
from outbound.flow.expand import tending
from outbound.flow.expand.shards import expand
from tests.builders import TENANT, make_key, make_segment
from tests.memory.world import SECRET
from tests.unit.flow.campaign_recipients import fill, sent_once
from tests.unit.flow.campaigning import Campaigning
from tests.unit.flow.routed_campaign import RoutedCampaign

EVERYBODY = 'contact.region == "FR"'


def erase(world, contact_id):
    """Begin to erase somebody; what else is queued stays as it is."""
    others = world.tasks.take()
    erasure = erasing.request(contact_id, make_key(), world.erasure_ports)
    world.tasks.take()
    world.tasks.send(others)
    return erasure


def work(world, erasure):
    others = world.tasks.take()
    erasure = erasing.work(TENANT, erasure.id, world.erasure_ports)
    world.tasks.take()
    world.tasks.send(others)
    return erasure


def named(world):
    """Who is named in what is kept of runs."""
    runs = world.runs
    found = set()
    for chunk in runs.kept.values():
        found |= set() if chunk.done else set(chunk.members)
        found |= set(chunk.look.later) if chunk.look else set()
    for step in runs.steps_kept.values():
        found |= {step.last, *(member for each in step.chunks for member in each.members)}
    found |= {point.after for point in runs.shards.values()}
    for whole in runs.audiences.values():
        found |= {*whole.segment.contact_ids, *whole.segment.exclude.contact_ids}
    return found


def begun(monkeypatch, *, segment=None, count=40, page=8, shard=0, **changes):
    """A run of which one step is read, and who was read last; more steps are to come."""
    monkeypatch.setattr(audience, "PAGE", page)
    world = Campaigning(**changes)
    people = fill(world, count)
    if segment is not None:
        ids = () if segment else tuple(people.contact_ids)
        world.segments.save(make_segment("all", segment or None, contact_ids=ids))
        people = Audience("all")
    campaign = world.launch(audience=people)
    tending.sweep(world.expand)
    (task,) = world.tasks.take()
    tending.tend(task.tenant, task.id, world.expand, may_go_on=lambda: True)
    (run,) = world.runs.runs.values()
    expand(run, Phase.REST, shard, world.expand, may_go_on=partial(next, iter((True, False))))
    return world, campaign, run.ref


def finish(world, erasure):
    for _ in range(5):
        world.clock.advance(SETTLING)
        erasure = work(world, erasure)
    return erasure


@pytest.mark.parametrize("place", [0, 3, 7, 8, 39])
@pytest.mark.parametrize("odds", [0.0, 0.01])
def test_a_list_is_read_on_and_its_sums_match(monkeypatch, place, odds):
    world, campaign, _ = begun(monkeypatch, odds=odds)
    person = f"con_{place:05d}"
    erasure = erase(world, person)
    work(world, erasure)
    assert person not in named(world)
    world.run(minutes=20)
    assert finish(world, erasure).state is ErasureState.FINISHED
    assert person not in named(world)
    assert world.state(campaign) is State.FINISHED
    # Whoever wasn't read yet isn't there any more; the others count, as blocked.
    assert len(world.messages) == (40 if place < 8 else 39)
    blocked = [each.decision.reason for each in world.messages if each.status is Status.BLOCKED]
    assert blocked == (["erased"] if place < 8 else [])
    assert world.tally(campaign).settled == len(world.messages)
    assert sent_once(world)


@pytest.mark.parametrize("segment", [EVERYBODY, ""])
@pytest.mark.parametrize("odds", [0.0, 0.002])
def test_a_segment_is_read_on_though_the_last_that_was_read_is_erased(monkeypatch, segment, odds):
    world, campaign, ref = begun(
        monkeypatch, segment=segment, odds=odds, count=200, page=2, shard=5
    )
    last = world.runs.point(ref, Phase.REST, 5).after
    erasure = erase(world, last)
    work(world, erasure)
    assert last not in named(world)
    world.run(minutes=20)
    assert finish(world, erasure).state is ErasureState.FINISHED
    assert last not in named(world)
    assert world.state(campaign) is State.FINISHED
    assert len(world.messages) == world.tally(campaign).settled == 200
    assert sent_once(world)


@pytest.mark.parametrize("again", [True, False])
def test_where_a_shard_stands_names_nobody_erased_and_skips_and_repeats_nobody(monkeypatch, again):
    world, campaign, ref = begun(monkeypatch, segment=EVERYBODY, count=400, page=3, shard=5)
    shard = sorted(each for _, each in world.contacts.contacts if shard_of(each) == 5)
    assert world.runs.point(ref, Phase.REST, 5).after == shard[2]

    erasure = erase(world, shard[2])
    work(world, erasure)
    assert world.runs.point(ref, Phase.REST, 5).after == right_before(shard[3])
    if again:
        made = world.contacts.contacts[TENANT, shard[0]]
        world.contacts.add(replace(made, id=shard[2], emails=("again@example.com",)))
    read = audience.read(
        campaign,
        5,
        world.runs.point(ref, Phase.REST, 5).after,
        world.contacts,
        selection=selection_of(world, ref),
        at=world.clock.now(),
    )
    assert [each.id for each in read.contacts] == shard[3:6]

    following = erase(world, shard[3])
    work(world, following)
    assert world.runs.point(ref, Phase.REST, 5).after == right_before(shard[4])


def selection_of(world, ref):
    return selecting.selection(world.runs.audience(ref), world.expand.expressions)


def test_at_the_end_of_a_shard_nobody_comes_behind():
    assert right_before(None) > "zzzz"
    assert "con_00002" < right_before("con_00003") < "con_00003"
    assert right_before("con_00003") > "con_000029" + 54 * "z"


def test_what_a_call_has_claimed_is_left_alone_until_it_is_over(monkeypatch):
    world, _, _ = begun(monkeypatch, count=8)
    now, lease = world.clock.now(), timedelta(minutes=20)
    (place,) = world.runs.kept
    chunk = world.runs.kept[place]
    claimed = replace(chunk, call=Call(0, 8, now, now + lease, {}), version=2)
    assert world.runs.advance(claimed)
    erasure = erase(world, "con_00002")
    assert finish(world, erasure).state is ErasureState.RUNNING
    assert world.runs.kept[place] == claimed
    world.clock.advance(lease)
    assert finish(world, erasure).state is ErasureState.FINISHED
    members = world.runs.kept[place].members
    assert members[2] == ERASED + contact_key(SECRET, TENANT, "con_00002")
    assert len(members) == 8


def test_who_is_erased_before_their_next_channel_s_turn_is_not_called_and_counts_once():
    world = RoutedCampaign()
    campaign = world.begin(world.fill(10))
    world.run(minutes=2)
    erasure = erase(world, "con_00003")
    assert "con_00003" in named(world)
    work(world, erasure)
    assert "con_00003" not in named(world)
    world.run(minutes=15)
    assert finish(world, erasure).state is ErasureState.FINISHED
    assert world.left() == {Channel.SMS: 10, Channel.VOICE: 9}
    assert world.state(campaign) is State.FINISHED
    assert world.tally(campaign).settled == 10


def test_lists_of_a_segment_as_they_were_when_it_was_used_name_nobody_erased(monkeypatch):
    world, _, ref = begun(monkeypatch, segment="")
    whole = world.runs.audiences[ref]
    exclude = Exclusion(contact_ids=("con_00001",))
    world.runs.audiences[ref] = replace(whole, segment=replace(whole.segment, exclude=exclude))
    for person in ("con_00001", "con_00002"):
        finish(world, erase(world, person))
        assert person not in named(world)


def test_steps_of_a_run_that_is_over_name_nobody_erased(monkeypatch):
    world, campaign, _ = begun(monkeypatch)
    world.run(minutes=6)
    assert world.state(campaign) is State.FINISHED
    assert "con_00002" in named(world)
    finish(world, erase(world, "con_00002"))
    assert "con_00002" not in named(world)
