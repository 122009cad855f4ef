"""A tenant's budget of the month: what leaves is paid, and what surely didn't is put back."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from outbound.domain.budget import month_of
from outbound.domain.campaign import Pace
from outbound.domain.message import Status
from outbound.domain.outcome import Kind, Outcome
from outbound.domain.price import Price
from outbound.domain.stats import Book, By, Cell
from outbound.domain.tally import Tally
from outbound.domain.words import Channel, Mode, OnUnconfirmed, Purpose
from outbound.flow.deliver import deliver
from outbound.flow.manage.budgets import BudgetPorts, costs, put
from tests.builders import TENANT, make_key
from tests.memory import MemoryBudgets, MemoryClock, MemoryStats
from tests.memory.clock import START
from tests.unit.flow.campaign_recipients import fill, statuses
from tests.unit.flow.test_campaigns_budget import PRICES, priced

PRICE = Price(Decimal("0.0145"))
MONTH = month_of(START)
BOTH = pytest.mark.parametrize("channel", list(PRICES))


@pytest.fixture
def send(world, store):
    """Deliver a message that has a price, under a budget for two; what becomes of it."""
    world.budgets.put(TENANT, 2 * PRICE.amount)

    def send(cause="a cause", **changes):
        ref = store(cause, **{"price": PRICE, **changes})
        deliver(ref, world.deliver)
        return ref

    return send


def spent(world):
    """For how many messages the budget is taken."""
    return world.budgets.spent[TENANT, MONTH] / PRICE.amount


def test_what_leaves_is_paid_until_nothing_is_left(world, send, status):
    refs = [send(f"{number}") for number in range(3)]

    assert [status(ref) for ref in refs] == [Status.SENT, Status.SENT, Status.BLOCKED]
    decision = world.messages.kept[refs[2]].decision
    assert (decision.rule, decision.reason) == ("tenant.budget", "budget_spent")
    assert len(world.carrier.sent) == spent(world) == 2


def test_without_a_budget_nothing_is_taken(world, store, status):
    ref = store(price=PRICE)
    deliver(ref, world.deliver)

    assert status(ref) is Status.SENT
    assert spent(world) == 0


@pytest.mark.parametrize("kind", [Kind.PERMANENT, Kind.TEMPORARY, Kind.STOPPED])
def test_what_surely_was_not_sent_costs_nothing(world, send, kind):
    world.carrier.answer(Outcome(kind, "NO"))
    send()

    assert spent(world) == 0


def test_what_may_have_been_sent_is_paid(world, send, status):
    world.carrier.answer(Outcome(Kind.UNKNOWN))

    assert status(send(on_unconfirmed=OnUnconfirmed.NEVER)) is Status.UNCONFIRMED
    assert spent(world) == 1


def test_each_attempt_that_may_have_been_sent_is_paid(world, send, status):
    world.carrier.answer(Outcome(Kind.UNKNOWN), Outcome(Kind.SENT, provider_id="p"))
    ref = send(on_unconfirmed=OnUnconfirmed.RESEND)
    world.clock.advance(timedelta(minutes=5))
    deliver(ref, world.deliver)

    assert status(ref) is Status.SENT
    assert spent(world) == 2


def test_alerts_leave_though_nothing_is_left(world, send, status):
    world.budgets.put(TENANT, Decimal(0))

    assert status(send("one")) is Status.BLOCKED
    assert status(send("two", purpose=Purpose.EMERGENCY)) is Status.SENT


def test_rehearsals_cost_nothing(world, send, status):
    for number in range(3):
        assert status(send(f"{number}", mode=Mode.TEST)) is not Status.BLOCKED
    assert spent(world) == 0


def test_a_new_month_begins_with_all_of_it(world, send, status):
    send("one", price=replace(PRICE, amount=2 * PRICE.amount))
    assert status(send("two")) is Status.BLOCKED
    world.clock.advance(timedelta(days=31))

    assert status(send("three")) is Status.SENT


class Unreachable(MemoryBudgets):
    """Budgets that can't be taken of."""

    def take(self, tenant, month, amount, limit):
        raise ConnectionError("the table can't be reached")


def test_where_it_cannot_be_paid_nothing_leaves_and_it_is_tried_again(world, store, status):
    world.budgets = Unreachable()
    world.budgets.put(TENANT, PRICE.amount)
    ref = store(price=PRICE)
    with pytest.raises(ConnectionError):
        deliver(ref, world.deliver)

    assert status(ref) is Status.DEFERRED
    assert world.carrier.sent == []


@BOTH
def test_a_campaign_sends_what_the_month_still_pays_for(channel):
    world = priced(channel=channel)
    people = fill(world, 120, channel=channel)
    world.budgets.put(TENANT, PRICES[channel] * 70)
    world.carrier.answer(*[Outcome(Kind.PERMANENT, "NO")] * 10)
    world.launch(audience=people, pace=Pace(per_minute=30))
    world.run(minutes=10)

    assert statuses(world) == {Status.SENT: 70, Status.FAILED: 10, Status.BLOCKED: 40}
    assert world.budgets.spent[TENANT, MONTH] == PRICES[channel] * 70


@BOTH
@pytest.mark.parametrize("seed", range(3))
def test_whoever_dies_a_month_is_never_overdrawn(channel, seed):
    odds = 0.01 if channel is Channel.EMAIL else 0.005
    world = priced(seed=seed, odds=odds, twice=0.3, channel=channel, together=20)
    people = fill(world, 120, channel=channel)
    limit = PRICES[channel] * 70
    world.budgets.put(TENANT, limit)
    world.launch(audience=people, pace=Pace(per_minute=30))
    for _ in range(30):
        world.run()
        assert world.budgets.spent[TENANT, MONTH] <= limit

    assert world.fuse.killed > 0
    assert len(world.carrier.sent) <= 70


@pytest.fixture
def ports():
    return BudgetPorts(MemoryClock(), MemoryBudgets(), MemoryStats())


def spend(ports, *cells):
    ports.stats.add(
        Book(TENANT, Mode.LIVE), "one", dict.fromkeys(cells, Tally({"status:sent": 1}, Decimal(3)))
    )


def test_a_budget_that_is_set_within_a_month_counts_what_it_has_cost(ports):
    spend(ports, Cell(START.date(), Channel.SMS, Purpose.MARKETING))
    first = put(Decimal(10), make_key(), ports)
    ports.budgets.take(TENANT, MONTH, Decimal(2), Decimal(10))
    second = put(Decimal(20), make_key(), ports)

    assert (first.taken, first.left) == (Decimal(3), Decimal(7))
    assert (second.taken, second.left) == (Decimal(5), Decimal(15))


def test_a_budget_below_what_is_taken_has_nothing_left(ports):
    spend(ports, Cell(START.date(), Channel.SMS, Purpose.MARKETING))

    assert put(Decimal(1), make_key(), ports).left == 0


def test_costs_are_those_of_the_month_and_in_parts(ports):
    texts = Cell(START.date(), Channel.SMS, Purpose.MARKETING, campaign="cam_1")
    emails = Cell(START.date().replace(day=1), Channel.EMAIL, Purpose.TRANSACTIONAL)
    before = Cell(START.date().replace(day=1) - timedelta(days=1), Channel.SMS, Purpose.MARKETING)
    spend(ports, texts, emails, before)

    found = costs(None, make_key(), ports)

    assert (found.month, found.total.cost) == (MONTH, Decimal(6))
    assert {value: each.cost for value, each in found.parts[By.CHANNEL].items()} == {
        "email": 3,
        "sms": 3,
    }
    assert set(found.parts[By.CAMPAIGN]) == {"cam_1", None}
    assert found.budget.monthly is None
    assert costs(before.day.replace(day=1), make_key(), ports).total.cost == 3
