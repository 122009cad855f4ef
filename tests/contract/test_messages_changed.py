"""Steps of a message, and what is due at a minute."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from outbound.domain.due import SHARDS, minute_of, next_minute
from outbound.domain.message import (
    WAITING,
    CampaignRef,
    Change,
    Decision,
    Entry,
    Provider,
    Status,
)
from outbound.domain.price import CarrierFees, Price
from outbound.domain.words import Channel, Lane
from tests.builders import make_body, make_message, ref_of
from tests.memory.clock import START

LEASE = timedelta(seconds=60)
SECOND = timedelta(seconds=1)
SENDING = frozenset({Status.SENDING})


@pytest.fixture
def sending(messages):
    """A message that was claimed once."""
    message = make_message()
    messages.insert(message, make_body(), due=START)
    return messages.claim(ref_of(message), now=START, lease=LEASE).message


def step(to, expected=SENDING, **changes):
    return Change(to, Entry(to, START + SECOND, "why", "rule", "code"), expected, **changes)


def is_due(messages, ref, at):
    return any(ref in refs for _, _, refs in messages.due(next_minute(at)))


def test_a_step_writes_status_timeline_and_what_it_brings(messages, sending):
    provider, decision = Provider("sns", "id-1"), Decision("block", "a rule", "a law", "why")
    price = Price(Decimal("0.00881"), CarrierFees.INCLUDED, estimated=False)
    change = step(Status.BLOCKED, attempt=1, provider=provider, decision=decision, price=price)
    changed = messages.apply(ref_of(sending), change)
    assert changed == messages.get(ref_of(sending))
    assert changed == replace(
        sending,
        status=Status.BLOCKED,
        timeline=(*sending.timeline, change.entry),
        provider=provider,
        decision=decision,
        price=price,
        lease_until=None,
    )


def test_a_recipient_goes_on_to_the_next_channel_once(messages):
    campaign = CampaignRef("cam_1", "run_1", "a", reserved=True)
    message = make_message(campaign=campaign)
    assert not messages.pass_on(ref_of(message))
    messages.insert(message, make_body(), due=None)
    assert messages.pass_on(ref_of(message))
    assert not messages.pass_on(ref_of(message))
    passed = replace(message, campaign=replace(campaign, passed=True))
    assert messages.get(ref_of(message)) == passed


def test_the_decision_at_intake_stays(messages):
    first = Decision("send", "at intake")
    message = make_message(decision=first, decision_at_intake=first)
    messages.insert(message, make_body(), due=None)
    claimed = messages.claim(ref_of(message), now=START, lease=LEASE).message
    messages.apply(ref_of(message), step(Status.BLOCKED, decision=Decision("block", "later")))
    changed = messages.get(ref_of(message))
    assert claimed.decision_at_intake == first
    assert (changed.decision.rule, changed.decision_at_intake) == ("later", first)


@pytest.mark.parametrize(
    "change",
    [
        step(Status.SENT, frozenset({Status.ACCEPTED, Status.UNCONFIRMED})),
        step(Status.SENT, attempt=2),
        step(Status.SENT, attempt=0),
        step(Status.SENT, frozenset({Status.ACCEPTED}), attempt=1),
    ],
)
def test_a_step_that_finds_the_message_elsewhere_changes_nothing(messages, sending, change):
    assert not messages.apply(ref_of(sending), change)
    assert messages.get(ref_of(sending)) == sending
    assert is_due(messages, ref_of(sending), START + LEASE)


def test_a_step_of_what_is_not_there_is_none(messages):
    ref = ref_of(make_message())
    assert not messages.apply(ref, step(Status.SENT, frozenset(Status)))
    assert messages.get(ref) is None


def test_recording_removes_due(messages, sending):
    assert is_due(messages, ref_of(sending), START + LEASE)
    messages.apply(ref_of(sending), step(Status.SENT, attempt=1))
    assert not is_due(messages, ref_of(sending), START + LEASE)


def test_deferral_moves_due_and_when_it_may_be_claimed(messages, sending):
    ref, again = ref_of(sending), START + timedelta(minutes=7)
    assert messages.apply(ref, step(Status.DEFERRED, attempt=1, due=again, not_before=again))
    assert messages.get(ref).not_before == again
    assert messages.get(ref).lease_until is None
    assert not is_due(messages, ref, START + LEASE)
    assert is_due(messages, ref, again)
    assert messages.claim(ref, now=again - SECOND, lease=LEASE) is None
    assert messages.claim(ref, now=again, lease=LEASE).message.attempt == 2


@pytest.mark.parametrize("length", [1, 1000])
def test_a_message_that_leaves_later_is_kept_as_long_after(messages, clock, length):
    message, body = make_message(not_before=START), make_body(data={"order": "A" * length})
    messages.insert(message, body, due=START)
    ref, later = ref_of(message), START + timedelta(days=500)
    change = step(
        Status.SCHEDULED, WAITING, due=later, not_before=later, decision=Decision("defer", "a rule")
    )
    ends = later + timedelta(days=1)
    assert messages.reschedule(ref, change, expires_at=ends)
    clock.advance_to(later)
    moved = messages.get(ref)
    assert (moved.status, moved.not_before, moved.expires_at) == (Status.SCHEDULED, later, ends)
    assert moved.decision.rule == "a rule"
    assert not is_due(messages, ref, START)
    assert is_due(messages, ref, later)
    assert messages.claim(ref, now=later, lease=LEASE).body == body


def test_what_has_left_leaves_at_no_other_time(messages, sending):
    later = START + timedelta(days=1)
    change = step(Status.SCHEDULED, WAITING, due=later, not_before=later, decision=Decision("send"))
    assert not messages.reschedule(ref_of(sending), change, expires_at=later)
    assert messages.get(ref_of(sending)) == sending


def test_doubt_keeps_the_lease(messages, sending):
    messages.apply(ref_of(sending), step(Status.UNCONFIRMED, attempt=1, due=sending.lease_until))
    assert messages.get(ref_of(sending)).lease_until == sending.lease_until
    assert is_due(messages, ref_of(sending), START + LEASE)


def test_steps_follow_each_other(messages, sending):
    ref = ref_of(sending)
    assert messages.apply(ref, step(Status.SENT, attempt=1))
    assert messages.apply(ref, step(Status.DELIVERED, frozenset({Status.SENT, Status.FAILED})))
    assert messages.apply(ref, step(Status.BOUNCED, frozenset({Status.DELIVERED})))
    statuses = [entry.status for entry in messages.get(ref).timeline]
    assert statuses == ["accepted", "sending", "sent", "delivered", "bounced"]


def test_all_that_is_due_is_found_by_minute_and_lane(messages):
    minute = minute_of(START) + timedelta(minutes=5)
    kinds = [(Channel.SMS, Lane.EXPRESS), (Channel.SMS, Lane.BULK), (Channel.EMAIL, Lane.EXPRESS)]
    expected = {}
    for number in range(SHARDS * 9):
        channel, lane = kinds[number % 3]
        message = make_message(f"{number}", channel=channel, lane=lane)
        at = minute - timedelta(seconds=number % 60)
        messages.insert(message, make_body(channel), due=at)
        expected[ref_of(message)] = (channel, lane)
    early, late = make_message("early"), make_message("late")
    messages.insert(early, make_body(), due=minute - timedelta(seconds=60))
    messages.insert(late, make_body(), due=minute + SECOND)
    found = [(ref, (channel, lane)) for channel, lane, refs in messages.due(minute) for ref in refs]
    assert len(found) == len(expected)
    assert dict(found) == expected


def test_nothing_due_is_nothing(messages):
    assert [refs for _, _, refs in messages.due(minute_of(START)) if refs] == []
