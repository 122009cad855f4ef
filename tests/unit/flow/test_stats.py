"""Statistics over the ports in memory: each message once, where it stands."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outbound.domain.address import Address
from outbound.domain.errors import Refusal
from outbound.domain.message import FOLLOWS, CampaignRef, Entry, Provider, Status
from outbound.domain.price import Price
from outbound.domain.stats import By, counts_of, times_of
from outbound.domain.tally import BILLED, OPEN, Tally
from outbound.domain.words import Channel, Mode
from outbound.flow.counting import Changed
from outbound.flow.manage.stats import Span, look
from outbound.flow.stats import count, tell_doubt
from tests.builders import make_key, make_message
from tests.memory import MemoryClock, MemorySignals, MemoryStats
from tests.memory.clock import START

SECOND, DAY = timedelta(seconds=1), timedelta(days=1)
PRICE = Price(Decimal("0.0145"))
STATUSES = st.sampled_from(Status)


def text(**changes):
    return make_message(sms=("GSM-7", 2), price=PRICE, **changes)


def became(message, status, at=START + 3 * SECOND):
    provider = Provider("sns", "1") if status in BILLED else message.provider
    entries = (*message.timeline, Entry(status, at))
    return replace(message, status=status, timeline=entries, provider=provider)


def steps(message, *statuses):
    """The changes of a message from when it was written."""
    versions = [message]
    for number, status in enumerate(statuses):
        versions.append(became(versions[-1], status, START + number * SECOND))
    return [Changed(None, message), *map(Changed, versions, versions[1:])]


def found_in(stats, by=By.DAY, key=None):
    return look(Span(START.date(), START.date() + DAY), by, key or make_key(), MemoryClock(), stats)


def total(*changes, **named):
    stats = MemoryStats()
    count(changes, "one", stats, MemorySignals())
    return found_in(stats, **named).total


def test_a_message_counts_once_where_it_stands():
    counted = total(*steps(text(), Status.SENDING, Status.SENT, Status.DELIVERED))

    assert counted.counts == {
        "accepted": 1,
        "status:delivered": 1,
        "parts": 2,
        "time:16": 1,
        "estimated": 1,
    }
    assert counted.cost == PRICE.amount


def test_what_bounces_after_all_took_no_time():
    counted = total(*steps(text(), Status.SENT, Status.DELIVERED, Status.BOUNCED))

    assert times_of(counted) == {}
    assert counted.counts["status:bounced"] == 1


def test_what_was_charged_takes_the_place_of_the_estimate():
    sent = became(text(), Status.SENT)
    charged = replace(PRICE, amount=Decimal("0.00881"), estimated=False)
    delivered = replace(became(sent, Status.DELIVERED), price=charged)

    counted = total(Changed(None, sent), Changed(sent, delivered))

    assert counted.cost == charged.amount
    assert "estimated" not in counted.counts


def test_what_never_left_costs_nothing():
    counted = total(*steps(text(), Status.SENDING, Status.BLOCKED))

    assert counted == Tally({"accepted": 1, "status:blocked": 1})


def test_a_message_that_is_tried_again_stays_in_doubt_until_something_is_known():
    counted = total(*steps(text(), Status.SENDING, Status.UNCONFIRMED, Status.SENDING))

    assert counted.counts["status:unconfirmed"] == 1


def test_it_is_counted_on_the_day_on_which_it_left():
    scheduled = text()
    left = became(scheduled, Status.SENT, START + DAY)
    stats = MemoryStats()
    count([Changed(None, scheduled), Changed(scheduled, left)], "one", stats, MemorySignals())

    groups = found_in(stats).groups

    first, second = START.date().isoformat(), (START + DAY).date().isoformat()
    assert groups[first] == Tally({"accepted": 1})
    assert groups[second].counts == {"status:sent": 1, "parts": 2, "estimated": 1}


def test_time_to_deliver_begins_when_a_message_may_leave():
    deferred = text(not_before=START + timedelta(hours=9))
    sent = became(deferred, Status.SENT, START + timedelta(hours=9))
    arrived = became(sent, Status.DELIVERED, START + timedelta(hours=9, seconds=2))

    assert times_of(total(Changed(None, arrived))) == {16: 1}


@pytest.mark.parametrize(
    ("by", "value"),
    [
        (By.DAY, START.date().isoformat()),
        (By.CHANNEL, "sms"),
        (By.PURPOSE, "transactional"),
        (By.PROVIDER, "sns"),
        (By.REGION, "US"),
        (By.CAMPAIGN, "cam_1"),
        (By.TEMPLATE, None),
    ],
)
def test_counts_are_broken_down(by, value):
    stats = MemoryStats()
    message = text(campaign=CampaignRef("cam_1", "run_1"))
    count(steps(message, Status.SENT), "one", stats, MemorySignals())

    assert found_in(stats, by).groups[value].counts["status:sent"] == 1


def test_a_batch_that_comes_again_counts_nothing():
    stats = MemoryStats()
    for _ in range(2):
        count(steps(text(), Status.SENT), "one", stats, MemorySignals())

    assert found_in(stats).total.of(Status.SENT) == 1


def test_the_messages_of_somebody_who_was_erased_stay_as_they_were_counted():
    message = text()
    sent = became(message, Status.SENT)
    erased = replace(sent, address=Address("phone", ""))
    late = became(erased, Status.DELIVERED)
    changes = [(None, message), (message, sent), (sent, erased), (erased, late)]

    assert total(*(Changed(*each) for each in changes)).of(Status.SENT) == 1


def test_a_test_key_is_told_of_messages_of_test_keys_alone():
    changes = steps(text(mode=Mode.TEST), Status.SENT)

    assert total(*changes) == Tally()
    assert total(*changes, key=make_key(mode=Mode.TEST)).of(Status.SENT) == 1


def test_other_tenants_are_told_nothing():
    assert total(*steps(text(), Status.SENT), key=make_key(tenant="other")) == Tally()


def signals_of(*changes, batches=1):
    stats, signals = MemoryStats(), MemorySignals()
    for _ in range(batches):
        count(changes, "one", stats, signals)
    return signals


def test_operators_see_what_is_accepted_and_what_it_costs():
    signals = signals_of(*steps(text(), Status.SENDING, Status.SENT))

    assert signals.by_channel == {
        ("Accepted", Channel.SMS): 1,
        ("SpentUsd", Channel.SMS): float(PRICE.amount),
    }


def test_a_batch_that_comes_again_is_not_seen_again():
    assert signals_of(*steps(text()), batches=3).counts["Accepted"] == 1


def test_rehearsals_are_not_seen():
    assert signals_of(*steps(text(mode=Mode.TEST), Status.SENT)).counts == {}


def entered(message, entry):
    return replace(message, status=entry.status, timeline=(*message.timeline, entry))


@pytest.mark.parametrize("status", [Status.BLOCKED, Status.DEFERRED])
def test_operators_see_why_the_gate_holds_back(status):
    held = entered(text(), Entry(status, START, "outside_hours", "us.tcpa.quiet-hours"))

    signals = signals_of(Changed(text(), held))

    assert signals.by_reason == {("HeldBack", "outside_hours"): 1}
    assert signals.counts["ProviderErrors"] == 0


@pytest.mark.parametrize(
    ("entry", "errors"),
    [
        (Entry(Status.DEFERRED, START, "provider_busy", code="Throttling"), 1),
        (Entry(Status.FAILED, START, "provider_refused", code="InvalidParameter"), 1),
        (Entry(Status.UNCONFIRMED, START, "no_answer"), 1),
        (Entry(Status.DEFERRED, START, "channel_stopped", code="Paused"), 0),
        (Entry(Status.UNDELIVERED, START, "receipt", code="TEXT_BLOCKED"), 0),
        (Entry(Status.SENT, START), 0),
    ],
)
def test_operators_see_errors_of_providers(entry, errors):
    signals = signals_of(Changed(text(), entered(text(), entry)))

    assert signals.by_channel["ProviderErrors", Channel.SMS] == errors
    assert signals.by_reason == {}


def test_operators_see_how_many_are_in_doubt_now():
    stats, signals, clock = MemoryStats(), MemorySignals(), MemoryClock()
    doubted, settled = text(), make_message("settled")
    count(steps(doubted, Status.SENDING, Status.UNCONFIRMED), "one", stats, signals)
    count(
        steps(settled, Status.SENDING, Status.UNCONFIRMED, Status.DELIVERED), "two", stats, signals
    )
    told = []
    for _ in range(2):
        signals.counts.clear()
        tell_doubt(clock, stats, signals)
        told.append(signals.counts["InDoubt"])
        clock.advance(5 * DAY)

    assert told == [1, 0]


@given(st.lists(st.tuples(STATUSES, st.booleans()), max_size=8))
def test_however_a_message_goes_its_counts_are_those_of_where_it_stands(walk):
    """Claims are left out of the stream, but those of marked messages."""
    versions = [text()]
    for status, opened in walk:
        last = versions[-1]
        if status in FOLLOWS[last.status]:
            versions.append(became(last, status))
        elif opened:
            versions.append(replace(last, marks=last.marks | {"opened"}))
    told = [
        Changed(before, after)
        for before, after in zip([None, *versions], versions, strict=False)
        if after.status is not Status.SENDING or after.marks
    ]

    counted = total(*told)

    assert counted == sum(counts_of(versions[-1], "US").values(), Tally())
    settled = [entry.status for entry in versions[-1].timeline if entry.status not in OPEN]
    assert [each for each in Status if counted.of(each)] == settled[-1:]


@pytest.mark.parametrize(
    ("span", "says"),
    [
        (Span(date(2026, 12, 2), date(2026, 12, 1)), "must not be later"),
        (Span(date(2026, 12, 1), date(2027, 1, 1)), "at most 31 days"),
    ],
)
def test_days_that_cannot_be_told_are_refused(span, says):
    with pytest.raises(Refusal, match=says) as refused:
        look(span, By.DAY, make_key(), MemoryClock(), MemoryStats())

    assert refused.value.code == "invalid_parameter"


def test_without_days_it_is_the_week_that_ends_today():
    found = look(Span(), By.DAY, make_key(), MemoryClock(), MemoryStats())

    assert (found.first, found.last) == (START.date() - 6 * DAY, START.date())
