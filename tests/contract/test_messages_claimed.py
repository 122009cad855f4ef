"""The claim: which messages are to be had, by whom, and when the sweep looks again."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from outbound.domain.due import GRACE, next_minute
from outbound.domain.message import Change, Entry, Status
from outbound.domain.words import OnUnconfirmed
from tests.builders import make_body, make_message, ref_of
from tests.memory.clock import START

LEASE = timedelta(seconds=60)
SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
ANY = frozenset(Status)


@pytest.fixture
def store(messages):
    def store(due=START, **changes):
        message = make_message(**changes)
        assert messages.insert(message, make_body(), due=due)
        return ref_of(message)

    return store


def due_minutes(messages, ref, *, around):
    minutes = [next_minute(around) + n * MINUTE for n in range(-5, 12)]
    return [minute for minute in minutes if any(ref in refs for _, _, refs in messages.due(minute))]


def doubt(messages, ref, at):
    messages.claim(ref, now=at, lease=LEASE)
    entry = Entry(Status.UNCONFIRMED, at, "no_answer")
    change = Change(Status.UNCONFIRMED, entry, frozenset({Status.SENDING}), attempt=1)
    assert messages.apply(ref, change)


@pytest.mark.parametrize("status", [Status.ACCEPTED, Status.SCHEDULED, Status.DEFERRED])
def test_a_waiting_message_is_claimed(messages, store, status):
    ref = store(status=status)
    claimed = messages.claim(ref, now=START, lease=LEASE)
    assert claimed.message == messages.get(ref)
    assert claimed.message.status is Status.SENDING
    assert claimed.message.attempt == 1
    assert claimed.message.lease_until == START + LEASE
    assert claimed.message.timeline[-1] == Entry(Status.SENDING, START)
    assert claimed.body == make_body()


@pytest.mark.parametrize("status", sorted(ANY - {"accepted", "scheduled", "deferred"}))
def test_no_other_message_is_claimed(messages, store, status):
    ref = store(status=status)
    before = messages.get(ref)
    assert messages.claim(ref, now=START, lease=LEASE) is None
    assert messages.get(ref) == before


@pytest.mark.parametrize(("early", "had"), [(timedelta(), True), (SECOND / 1000, False)])
def test_not_before_its_time(messages, store, early, had):
    ref = store(status=Status.SCHEDULED, not_before=START + MINUTE, due=START + MINUTE)
    claimed = messages.claim(ref, now=START + MINUTE - early, lease=LEASE)
    assert (claimed is not None) is had


def test_a_claimed_message_is_not_claimed_again_even_after_its_lease(messages, store):
    ref = store()
    assert messages.claim(ref, now=START, lease=LEASE)
    assert messages.claim(ref, now=START + SECOND, lease=LEASE) is None
    assert messages.claim(ref, now=START + 2 * LEASE, lease=LEASE) is None


@pytest.mark.parametrize(
    ("on_unconfirmed", "later", "had"),
    [
        (OnUnconfirmed.RESEND, LEASE, True),
        (OnUnconfirmed.RESEND, LEASE - SECOND / 1000, False),
        (OnUnconfirmed.RESEND, timedelta(days=1) - SECOND / 1000, True),
        (OnUnconfirmed.RESEND, timedelta(days=1), False),
        (OnUnconfirmed.NEVER, LEASE, False),
        (OnUnconfirmed.NEVER, timedelta(hours=9), False),
    ],
)
def test_an_unconfirmed_message_is_claimed_after_its_lease_to_be_sent_again(
    messages, store, on_unconfirmed, later, had
):
    ref = store(on_unconfirmed=on_unconfirmed)
    doubt(messages, ref, START)
    claimed = messages.claim(ref, now=START + later, lease=LEASE)
    assert (claimed is not None) is had
    if had:
        assert claimed.message.attempt == 2
        assert claimed.message.lease_until == START + later + LEASE


def test_of_many_callers_one_gets_it(messages, store):
    ref = store()
    with ThreadPoolExecutor(8) as pool:
        claims = list(pool.map(lambda _: messages.claim(ref, now=START, lease=LEASE), range(24)))
    assert len([claim for claim in claims if claim is not None]) == 1
    assert messages.get(ref).attempt == 1


def test_the_claim_of_a_fresh_message_leaves_its_due_alone(messages, store):
    ref = store(due=START + GRACE)
    messages.claim(ref, now=START + SECOND, lease=LEASE)
    assert due_minutes(messages, ref, around=START) == [next_minute(START + GRACE)]


@pytest.mark.parametrize("due", [START, None, START + MINUTE])
def test_due_is_moved_to_the_end_of_the_lease(messages, store, due):
    ref = store(due=due)
    now = START + timedelta(seconds=50)
    messages.claim(ref, now=now, lease=LEASE)
    assert due_minutes(messages, ref, around=START) == [next_minute(now + LEASE)]


def test_a_late_claim_moves_due(messages, store):
    ref = store(due=START + GRACE)
    now = START + GRACE + SECOND
    messages.claim(ref, now=now, lease=LEASE)
    assert due_minutes(messages, ref, around=START) == [next_minute(now + LEASE)]
