"""Campaigns are steered while others work on them."""

from __future__ import annotations

import random
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from outbound.domain.campaign import ENDED, Audience, Canary, Pace, State
from outbound.domain.errors import Refusal
from outbound.domain.message import Status
from outbound.domain.words import Channel
from outbound.flow.manage import steering
from tests.builders import TENANT, make_key, make_segment
from tests.unit.flow.campaign_recipients import fill, sent_once, statuses
from tests.unit.flow.campaigning import Campaigning

if TYPE_CHECKING:
    from outbound.domain.run import Run


class Busy:
    """Runs that somebody else writes just before the first who does."""

    def __init__(self, runs: Any):
        self._runs, self._waiting = runs, True

    def __getattr__(self, name: str) -> Any:
        return getattr(self._runs, name)

    def replace(self, run: Run) -> bool:
        if self._waiting:
            self._waiting = False
            now = self._runs.get(run.ref)
            self._runs.replace(replace(now, version=now.version + 1))
        return bool(self._runs.replace(run))


@pytest.mark.parametrize("step", [steering.resume, steering.cancel])
def test_a_run_hears_of_it_though_somebody_else_writes_it_at_the_same_time(step):
    world = Campaigning()
    campaign = world.launch(audience=fill(world, 100))
    world.run_to_the_first_step()
    world.become(campaign, State.PAUSED)
    step(campaign.id, make_key(), replace(world.campaign_ports, runs=Busy(world.runs)))
    [run] = world.runs.of(TENANT, campaign.id)
    assert run.asked_at == world.clock.now()


SETTINGS: list[dict[str, Any]] = [
    {},
    {"canary": Canary(0.1, timedelta(minutes=3))},
    {"canary": Canary(0.1, None), "hold_out": 0.2},
    {"pace": Pace(per_minute=20), "audience": Audience("all")},
    {"budget": Decimal("0.00200"), "audience": Audience("all")},
]


@pytest.mark.parametrize("channel", [Channel.EMAIL, Channel.SMS])
@pytest.mark.parametrize("settings", SETTINGS)
@pytest.mark.parametrize("seed", range(2))
def test_however_it_is_steered_nobody_gets_it_twice_and_the_sums_match(seed, settings, channel):
    world = Campaigning(seed=seed, odds=0.003, twice=0.2, channel=channel, together=10)
    people = fill(world, 60, channel=channel)
    world.segments.save(make_segment("all", "true"))
    campaign = world.launch(**{"audience": people, **settings})
    lots = random.Random(seed)

    def steer(*steps):
        with suppress(Refusal):
            lots.choice(steps)(campaign.id, make_key(), world.campaign_ports)

    for _ in range(20):
        if lots.random() < 0.5:
            steer(*[steering.pause] * 5, *[steering.resume] * 5, steering.cancel)
        world.run()
    for _ in range(20):
        steer(steering.resume)
        world.run(minutes=5)
    assert world.state(campaign) in ENDED
    counts = world.tally(campaign)
    assert sent_once(world)
    assert {status: counts.of(status) for status in Status if counts.of(status)} == statuses(world)
    assert counts.open == 0
    if world.state(campaign) is State.FINISHED:
        assert len(world.messages) == len(people.contact_ids)
