from __future__ import annotations

from dataclasses import replace

import pytest

from outbound.domain.campaign import Audience, State
from outbound.domain.message import Status
from outbound.domain.segment import Exclusion
from tests.builders import TENANT, make_segment
from tests.unit.flow.campaign_recipients import fill, sent_once, statuses
from tests.unit.flow.campaigning import Campaigning

PARIS = 'contact.timezone == "Europe/Paris"'


def of_a_segment(count, *, expression=PARIS, excluded=(), **changes):
    world = Campaigning(**changes)
    fill(world, count)
    exclude = Exclusion(contact_ids=excluded)
    world.segments.save(make_segment("paris", expression, exclude=exclude))
    return world


def written_to(world):
    return {message.contact_id for message in world.messages}


def test_whoever_is_in_the_segment_is_written_to_once():
    world = of_a_segment(300, excluded=("con_00000",))
    campaign = world.launch(audience=Audience("paris"))
    world.run(minutes=3)
    wanted = {f"con_{number:05d}" for number in range(3, 300, 3)}
    assert written_to(world) == wanted
    assert statuses(world) == {Status.SENT: len(wanted)}
    assert world.tally(campaign).of(Status.SENT) == len(wanted)
    assert world.state(campaign) is State.FINISHED
    assert world.runs.audiences == {}
    assert {point.after for point in world.runs.shards.values()} == {None}


@pytest.mark.parametrize("seed", range(4))
def test_whoever_dies_nobody_of_a_segment_is_lost_or_doubled(seed):
    world = of_a_segment(600, seed=seed, odds=0.004, twice=0.2, together=20)
    campaign = world.launch(audience=Audience("paris"))
    world.run(minutes=25)
    assert world.fuse.killed > 0
    assert len(world.messages) == 200
    assert sent_once(world)
    assert world.state(campaign) is State.FINISHED


def test_a_segment_that_is_changed_or_removed_meanwhile_changes_nothing_of_the_run():
    world = of_a_segment(300)
    campaign = world.launch(audience=Audience("paris"))
    world.run_to_the_first_step()
    segment = world.segments.get(TENANT, "paris")
    assert segment is not None
    changed = replace(segment, expression="false", version=segment.version + 1)
    assert world.segments.save(changed)
    assert world.segments.delete(changed)
    world.run(minutes=3)
    assert statuses(world) == {Status.SENT: 100}
    assert world.state(campaign) is State.FINISHED


def test_where_the_segment_is_gone_a_campaign_waits_until_it_is_back():
    world = of_a_segment(30)
    segment = world.segments.get(TENANT, "paris")
    assert segment is not None
    assert world.segments.delete(segment)
    campaign = world.launch(audience=Audience("paris"))
    world.run(minutes=2)
    assert (world.state(campaign), len(world.messages)) == (State.PAUSED, 0)
    assert world.campaigns.kept[TENANT, campaign.id].reason == "segment_gone"
    world.segments.save(make_segment("paris", PARIS))
    world.become(campaign, State.SCHEDULED, reason=None)
    world.run(minutes=3)
    assert statuses(world) == {Status.SENT: 10}


def test_those_of_another_segment_and_those_named_are_left_out():
    world = of_a_segment(90)
    world.segments.save(make_segment("some", 'attributes.name in ["Person 1", "Person 3"]'))
    everybody = make_segment("everybody", "contact.locale != 'xx'")
    world.segments.save(everybody)
    world.launch(audience=Audience("everybody"), exclude=Audience("paris"))
    world.launch(
        audience=Audience(contact_ids=("con_00001", "con_00002", "con_00003")),
        exclude=Audience("some"),
        id="cmp_another",
    )
    world.run(minutes=4)
    in_paris = {f"con_{number:05d}" for number in range(0, 90, 3)}
    first = {each.contact_id for each in world.messages if each.campaign.id != "cmp_another"}
    other = {each.contact_id for each in world.messages if each.campaign.id == "cmp_another"}
    assert (first & in_paris, len(first)) == (set(), 60)
    assert other == {"con_00002"}


def test_a_segment_of_nobody_is_accounted_for():
    world = of_a_segment(30, expression='contact.timezone == "Asia/Tokyo"')
    campaign = world.launch(audience=Audience("paris"))
    world.run(minutes=3)
    assert world.state(campaign) is State.FINISHED
    assert len(world.messages) == 0
