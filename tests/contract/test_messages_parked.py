"""What waits for a stopped channel: found as a whole, and never twice in the index."""

from __future__ import annotations

from datetime import timedelta

import pytest

from outbound.domain.due import GRACE, SHARDS, next_minute
from outbound.domain.message import WAITING, Change, Entry, Status
from outbound.domain.words import Channel, Lane
from tests.builders import make_body, make_message, ref_of
from tests.memory.clock import START

LEASE = timedelta(seconds=60)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def park(messages):
    def park(cause="a cause", channel=Channel.SMS, **changes):
        message = make_message(cause, channel=channel, **changes)
        messages.insert(message, make_body(channel), due=START + GRACE)
        entry = Entry(Status.DEFERRED, START, "channel_stopped")
        assert messages.apply(
            ref_of(message), Change(Status.DEFERRED, entry, WAITING, parked=channel)
        )
        return ref_of(message)

    return park


def parked(messages, channel=Channel.SMS, shards=range(SHARDS), limit=1000):
    groups = messages.parked(channel, shards=shards, limit=limit)
    return [ref for _, refs in groups for ref in refs]


def minutes_due(messages):
    minutes = [next_minute(START) + n * MINUTE for n in range(12)]
    return [minute for minute in minutes if any(refs for _, _, refs in messages.due(minute))]


def test_a_parked_message_is_known_as_such_and_due_at_no_minute(messages, park):
    ref = park()
    assert messages.get(ref).parked
    assert parked(messages) == [ref]
    assert minutes_due(messages) == []


def test_each_channel_has_its_own(messages, park):
    text, email = park(), park("mail", Channel.EMAIL)
    assert parked(messages) == [text]
    assert parked(messages, Channel.EMAIL) == [email]


def test_all_are_found_in_shards_that_do_not_overlap(messages, park):
    refs = {park(f"cause {number}") for number in range(30)}
    by_shard = [parked(messages, shards=[shard]) for shard in range(SHARDS)]
    assert sum(map(len, by_shard)) == 30
    assert {ref for found in by_shard for ref in found} == refs
    assert len([found for found in by_shard if found]) > 1


def test_no_more_are_found_than_asked_for(messages, park):
    for number in range(12):
        park(f"cause {number}")
    assert len(parked(messages, limit=7)) == 7


def test_lanes_come_apart(messages, park):
    park("a", lane=Lane.BULK)
    park("b", lane=Lane.EXPRESS)
    groups = dict(messages.parked(Channel.SMS, shards=range(SHARDS), limit=9))
    assert set(groups) == {Lane.BULK, Lane.EXPRESS}


def test_the_claim_of_a_parked_message_is_due_at_the_end_of_its_lease(messages, park):
    ref = park()
    claimed = messages.claim(ref, now=START, lease=LEASE)
    assert not claimed.message.parked
    assert parked(messages) == []
    assert minutes_due(messages) == [next_minute(START + LEASE)]


def test_a_waiting_message_can_be_put_off(messages, park):
    ref = park()
    messages.put_off(ref, START + 3 * MINUTE)
    assert minutes_due(messages) == [next_minute(START + 3 * MINUTE)]
    assert messages.get(ref).status is Status.DEFERRED


def test_what_is_claimed_cannot_be_put_off(messages, park):
    ref = park()
    messages.claim(ref, now=START, lease=LEASE)
    messages.put_off(ref, START + 5 * MINUTE)
    assert minutes_due(messages) == [next_minute(START + LEASE)]
