"""What is estimated of a campaign is what its run then does."""

from __future__ import annotations

from collections import Counter
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import repeat
from typing import Any

import pytest

from outbound.adapters.api.estimate_cursor import estimate_cursor, read_estimate_cursor
from outbound.adapters.expressions.expressions import JinjaExpressions
from outbound.domain.campaign import Audience, Canary, Pace, QuietHours, State
from outbound.domain.content import TemplateRef
from outbound.domain.errors import Refusal
from outbound.domain.timing import Schedule
from outbound.domain.variants import Variant
from outbound.domain.words import Channel, Scope
from outbound.flow.estimating import estimate
from tests.builders import TENANT, make_campaign, make_key, make_segment
from tests.memory.clock import START
from tests.memory.settled import SECRET
from tests.unit.flow.campaign_recipients import fill
from tests.unit.flow.campaigning import Campaigning

KEY = make_key(scopes=frozenset({Scope.CAMPAIGNS_READ}))
RATES = dict.fromkeys(Channel, 10.0)
ID = "cam_00000000000000000002"
ENOUGH, NEVER = repeat(True).__next__, repeat(False).__next__
SEGMENT = Audience("all")
TWO = (Variant("a", 1, TemplateRef("offer", 1)), Variant("b", 2, TemplateRef("offer", 1)))


def world_of(count, *, channel=Channel.EMAIL, **changes):
    """People of whom some have no consent, no address, forbid the channel or lack a name."""
    world = Campaigning(channel=channel)
    odd: tuple[dict[str, Any], ...] = (
        {"consents": ()},
        {"phones": (), "emails": ()},
        {"forbidden": frozenset({channel})},
        {"attributes": {}},
    )
    for number, contact_id in enumerate(fill(world, count, channel=channel, **changes).contact_ids):
        if number % 10 < len(odd):
            contact = world.contacts.contacts[TENANT, contact_id]
            world.contacts.contacts[TENANT, contact_id] = replace(contact, **odd[number % 10])
    world.segments.save(make_segment("all", "true"))
    return world


def listed(world):
    return Audience(contact_ids=tuple(contact_id for _, contact_id in world.contacts.contacts))


def estimated(world, *, may_go_on=ENOUGH, **changes):
    with drafted(world, **changes):
        return looked_at(world, may_go_on)


@contextmanager
def drafted(world, **changes):
    draft = make_campaign(channel=world.channel, id=ID, **changes)
    world.campaigns.insert(draft)
    yield draft
    del world.campaigns.kept[TENANT, draft.id]


def looked_at(world, may_go_on, looked=None):
    return estimate(
        ID,
        KEY,
        replace(world.bulk_ports, carrier=None),
        RATES,
        JinjaExpressions(),
        world.segments,
        may_go_on=may_go_on,
        looked=looked,
    )


def in_pieces(world, **changes):
    """An estimate that has time for one chunk or page in each request, and how many it takes."""
    with drafted(world, **changes):
        told, requests = looked_at(world, NEVER), 1
        while told.looked is not None:
            world.clock.advance(timedelta(seconds=9))
            cursor = estimate_cursor(told.looked, TENANT, ID, SECRET) or ""
            looked = read_estimate_cursor({"cursor": cursor}, TENANT, ID, SECRET)
            told, requests = looked_at(world, NEVER, looked), requests + 1
    return told, requests


def decided(world):
    said = (message.decision_at_intake for message in world.messages)
    return Counter((each.verdict, replace(each, until=None)) for each in said)


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"audience": SEGMENT},
        {"audience": SEGMENT, "pace": Pace(per_minute=60)},
        {"pace": Pace(over=timedelta(minutes=10))},
        {"hold_out": 0.3, "variants": TWO},
        {"budget": Decimal("0.00300")},
        {"audience": SEGMENT, "budget": Decimal("0.00300")},
        {"canary": Canary(0.2, timedelta(minutes=2))},
        {"exclude": Audience(contact_ids=("con_00004", "con_00005"))},
    ],
)
def test_it_counts_what_the_run_then_decides(changes):
    world = world_of(80)
    settings = {"audience": listed(world), **changes}
    # The lots of variants and canaries are drawn by the campaign's id.
    told = estimated(world, **settings)
    launched = world.launch(make_campaign(channel=world.channel, id=ID, **settings))
    world.run(minutes=25)
    assert world.state(launched) is State.FINISHED
    assert (told.complete, told.recipients) == (True, len(world.messages))
    assert told.decisions == decided(world)


@pytest.mark.parametrize(
    "changes",
    [
        {"audience": SEGMENT},
        {"audience": SEGMENT, "pace": Pace(per_minute=30)},
        {"audience": SEGMENT, "budget": Decimal("0.00300")},
        {"audience": SEGMENT, "canary": Canary(0.2, timedelta(minutes=2))},
        {"hold_out": 0.3, "variants": TWO},
    ],
)
def test_in_as_many_requests_as_it_takes_it_says_the_same_as_in_one(changes):
    world = world_of(130)
    settings = {"audience": listed(world), **changes}
    whole = estimated(world, **settings)
    pieces, requests = in_pieces(world, **settings)
    assert requests > 3
    assert replace(pieces, sample=()) == replace(whole, sample=())
    assert whole.recipients > 100


def test_it_does_not_go_on_where_the_campaign_was_changed_meanwhile():
    world = world_of(60)
    with drafted(world, audience=listed(world)) as draft:
        looked = looked_at(world, NEVER).looked
        later = replace(draft, updated_at=draft.updated_at + timedelta(seconds=1))
        world.campaigns.kept[TENANT, draft.id] = later
        with pytest.raises(Refusal, match="was changed"):
            looked_at(world, ENOUGH, looked)


@pytest.mark.parametrize(
    ("tenant", "campaign_id", "cursor"),
    [
        (TENANT, ID, "x"),
        (TENANT, ID, "é"),
        (TENANT, ID, "0{cursor}"),
        (TENANT, ID, "{cursor}A"),
        ("other", ID, "{cursor}"),
        (TENANT, f"{ID[:-1]}9", "{cursor}"),
    ],
)
def test_a_cursor_that_is_not_ours_is_told(tenant, campaign_id, cursor):
    world = world_of(60)
    with drafted(world, audience=listed(world)):
        ours = estimate_cursor(looked_at(world, NEVER).looked, TENANT, ID, SECRET)
    forged = {"cursor": cursor.replace("{cursor}", ours)}
    with pytest.raises(Refusal) as refused:
        read_estimate_cursor(forged, tenant, campaign_id, SECRET)
    assert refused.value.code == "invalid_cursor"


@pytest.mark.parametrize("quiet_hours", QuietHours)
def test_whose_night_begins_before_their_turn_waits_as_is_told(quiet_hours):
    world = world_of(60, channel=Channel.SMS, timezone="Europe/Paris")
    # Three minutes before eight in the evening of a Tuesday.
    world.clock.advance_to(datetime(2026, 11, 24, 18, 57, tzinfo=START.tzinfo))
    settings = {
        "audience": listed(world),
        "quiet_hours": quiet_hours,
        "pace": Pace(per_minute=10),
    }
    told = estimated(world, **settings)
    world.launch(make_campaign(channel=Channel.SMS, id=ID, **settings))
    world.run(minutes=8)
    assert told.decisions == decided(world)
    verdicts = Counter[str]()
    for (verdict, _), count in told.decisions.items():
        verdicts[verdict] += count
    assert verdicts["send"] > 0
    assert told.deferred.total() == verdicts["defer"]
    assert bool(told.deferred) is (quiet_hours is QuietHours.DEFER)


def test_a_run_that_should_have_begun_is_judged_as_of_now():
    world = world_of(10, channel=Channel.SMS, timezone="Europe/Paris")
    schedule = Schedule(local=datetime(2026, 11, 24, 9), timezone="Europe/Paris", rule="FREQ=DAILY")
    passed = datetime(2026, 11, 24, 8, tzinfo=START.tzinfo)
    world.clock.advance_to(passed + timedelta(hours=13))
    told = estimated(world, audience=listed(world), schedule=schedule, next_at=passed)
    assert told.begins_at == passed
    assert told.deferred.total() == 6


def test_it_takes_as_long_as_until_the_last_ones_turn():
    world = world_of(90)
    local = Schedule(local=datetime(2026, 12, 1, 9))
    told = estimated(world, audience=listed(world), schedule=local)
    first = datetime(2026, 11, 30, 19, tzinfo=START.tzinfo)
    assert told.begins_at == first
    assert told.takes == datetime(2026, 12, 1, 9, tzinfo=START.tzinfo) - first
    paced = estimated(world, audience=listed(world), pace=Pace(per_minute=1))
    assert paced.takes == timedelta(minutes=90)


def test_a_budget_bounds_what_it_costs():
    world = world_of(60)
    told = estimated(world, audience=listed(world), budget=Decimal("0.00200"))
    assert Decimal(0) < told.price <= told.at_most <= Decimal("0.00200")


@pytest.mark.parametrize("expression", ["true", "false"])
def test_when_time_is_up_it_says_that_not_all_were_looked_at(expression):
    world = world_of(60)
    world.segments.save(make_segment("some", expression))
    told = estimated(world, audience=Audience("some"), may_go_on=lambda: False)
    assert not told.complete
    assert told.recipients < 60
