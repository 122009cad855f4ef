"""Campaigns are steered while others work on them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from outbound.domain.campaign import State
from outbound.flow.manage import steering
from tests.builders import TENANT, make_key
from tests.unit.flow.campaigning import Campaigning
from tests.unit.flow.test_campaigns_run import fill

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
