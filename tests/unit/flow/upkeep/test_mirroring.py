"""AWS's lists come to say what our suppressions say, and nothing more than that."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from outbound.domain.address import Address
from outbound.domain.erasure import Erasure
from outbound.domain.mirror import (
    ANSWERED,
    ERASED_KEPT,
    KEPT,
    STUCK,
    Answer,
    Erased,
    Listed,
    hurried,
)
from outbound.domain.suppression import ANY_TENANT, Reason, Suppression
from outbound.domain.words import Channel, Purpose
from outbound.flow.upkeep import mirroring
from outbound.flow.upkeep.mirroring import mirror, sweep
from tests.memory.clock import START

PHONE = Address("phone", "+14155550123")
EMAIL = Address("email", "jane@example.com")
STOP = Suppression(Reason.OPTED_OUT, START, "STOP")
BOUNCED = Suppression(Reason.BOUNCED, START, "ses Permanent/General")
MINUTE = timedelta(minutes=1)


def because(reason, **changes):
    return replace(STOP, reason=reason, **changes)


def work_off(upkeep):
    """One run of the sweep, and all tasks that it queues."""
    sweep(upkeep.mirror_ports)
    for task in upkeep.tasks.take():
        mirror(task.tenant, task.id, upkeep.mirror_ports)


@pytest.mark.parametrize(
    ("tenant", "address", "suppression", "listed"),
    [
        ("clinic", EMAIL, BOUNCED, Listed.BOUNCE),
        ("clinic", EMAIL, because(Reason.INVALID), Listed.BOUNCE),
        ("clinic", EMAIL, because(Reason.COMPLAINED), Listed.COMPLAINT),
        (ANY_TENANT, EMAIL, because(Reason.MANUAL), Listed.COMPLAINT),
        (ANY_TENANT, PHONE, STOP, Listed.OPT_OUT),
        (ANY_TENANT, PHONE, because(Reason.MANUAL), Listed.OPT_OUT),
        ("clinic", PHONE, STOP, Listed.OPT_OUT),
        (ANY_TENANT, PHONE, because(Reason.COMPLAINED), Listed.OPT_OUT),
    ],
)
def test_what_holds_for_everything_stands_in_the_list(upkeep, tenant, address, suppression, listed):
    assert upkeep.suppressions.suppress(tenant, address, suppression)
    assert upkeep.lists.calls == 0
    upkeep.clock.advance(ANSWERED)
    work_off(upkeep)
    assert upkeep.lists.standing == {address: listed}
    assert upkeep.changes.waiting == {}


@pytest.mark.parametrize(
    ("tenant", "address", "suppression"),
    [
        ("clinic", EMAIL, STOP),
        ("clinic", EMAIL, because(Reason.MANUAL)),
        ("clinic", PHONE, because(Reason.INVALID)),
        (ANY_TENANT, PHONE, because(Reason.INVALID)),
        (ANY_TENANT, PHONE, replace(STOP, purposes=frozenset({Purpose.MARKETING}))),
        (ANY_TENANT, EMAIL, because(Reason.BOUNCED, expires_at=START + MINUTE)),
    ],
)
def test_what_holds_for_some_purposes_tenants_or_days_does_not(
    upkeep, tenant, address, suppression
):
    assert upkeep.suppressions.suppress(tenant, address, suppression)
    assert upkeep.changes.waiting == {}
    assert upkeep.suppressions.of(tenant, address) == (suppression,)


def test_a_number_stands_in_the_list_only_after_its_stop_was_answered(upkeep):
    upkeep.suppressions.suppress(ANY_TENANT, PHONE, STOP)
    upkeep.clock.advance(ANSWERED - MINUTE)
    work_off(upkeep)
    assert upkeep.lists.standing == {}
    upkeep.clock.advance(MINUTE)
    work_off(upkeep)
    assert PHONE in upkeep.lists.standing


def test_what_is_lifted_leaves_the_list(upkeep):
    upkeep.suppressions.suppress("clinic", EMAIL, BOUNCED)
    upkeep.clock.advance(MINUTE)
    work_off(upkeep)
    assert upkeep.suppressions.lift("clinic", EMAIL, Reason.BOUNCED)
    upkeep.clock.advance(MINUTE)
    work_off(upkeep)
    assert upkeep.lists.standing == {}


def test_what_is_lifted_stays_in_the_list_while_something_else_stands(upkeep):
    upkeep.suppressions.suppress("clinic", EMAIL, BOUNCED)
    upkeep.suppressions.suppress(ANY_TENANT, EMAIL, because(Reason.MANUAL))
    upkeep.suppressions.lift("clinic", EMAIL, Reason.BOUNCED)
    upkeep.clock.advance(MINUTE)
    work_off(upkeep)
    assert upkeep.lists.standing == {EMAIL: Listed.COMPLAINT}


def test_lifting_what_does_not_stand_changes_no_list(upkeep):
    upkeep.lists.standing[EMAIL] = Listed.COMPLAINT
    assert not upkeep.suppressions.lift("clinic", EMAIL, Reason.BOUNCED)
    upkeep.clock.advance(MINUTE)
    work_off(upkeep)
    assert upkeep.lists.standing == {EMAIL: Listed.COMPLAINT}


def test_lifting_what_no_list_was_told_of_leaves_what_aws_has_put_there(upkeep):
    upkeep.lists.standing[EMAIL] = Listed.COMPLAINT
    upkeep.suppressions.suppress("clinic", EMAIL, STOP)
    assert upkeep.suppressions.lift("clinic", EMAIL, Reason.OPTED_OUT)
    assert upkeep.changes.waiting == {}


def test_stop_and_start_within_minutes_leave_the_list_as_it_was(upkeep):
    upkeep.suppressions.suppress(ANY_TENANT, PHONE, STOP)
    upkeep.clock.advance(MINUTE)
    upkeep.suppressions.lift(ANY_TENANT, PHONE, Reason.OPTED_OUT)
    upkeep.clock.advance(ANSWERED)
    work_off(upkeep)
    assert upkeep.lists.standing == {}
    assert upkeep.changes.waiting == {}


def test_a_crash_before_the_suppression_changes_no_list(upkeep, monkeypatch):
    def crash(*_arguments):
        raise ConnectionError

    upkeep.lists.standing[EMAIL] = Listed.BOUNCE
    with monkeypatch.context() as patch:
        patch.setattr(upkeep.store, "suppress", crash)
        with pytest.raises(ConnectionError):
            upkeep.suppressions.suppress("clinic", EMAIL, BOUNCED)
    upkeep.clock.advance(MINUTE)
    work_off(upkeep)
    assert upkeep.lists.calls == 0
    assert upkeep.changes.waiting == {}


def test_a_task_that_was_lost_is_queued_again(upkeep):
    upkeep.suppressions.suppress("clinic", EMAIL, BOUNCED)
    upkeep.clock.advance(MINUTE)
    assert sweep(upkeep.mirror_ports) == 1
    upkeep.tasks.take()
    assert sweep(upkeep.mirror_ports) == 0
    upkeep.clock.advance(mirroring.TAKEN_UP)
    work_off(upkeep)
    assert EMAIL in upkeep.lists.standing


def test_a_task_twice_is_one_call(upkeep):
    upkeep.suppressions.suppress("clinic", EMAIL, BOUNCED)
    upkeep.clock.advance(MINUTE)
    sweep(upkeep.mirror_ports)
    (task,) = upkeep.tasks.take()
    assert mirror(task.tenant, task.id, upkeep.mirror_ports)
    assert not mirror(task.tenant, task.id, upkeep.mirror_ports)
    assert upkeep.lists.calls == 1


def test_what_aws_refuses_for_now_is_tried_later_each_time(upkeep):
    upkeep.suppressions.suppress("clinic", EMAIL, BOUNCED)
    upkeep.lists.answers = [(Answer.LATER, "TooManyRequestsException")] * 3
    tried = []
    for minute in range(20):
        upkeep.clock.advance(MINUTE)
        before = upkeep.lists.calls
        work_off(upkeep)
        if upkeep.lists.calls > before:
            tried.append(minute)
    assert tried == [0, 1, 3, 7]
    assert EMAIL in upkeep.lists.standing
    assert upkeep.signals.by_channel["MirrorDelayed", Channel.EMAIL] == 3
    assert upkeep.signals.notes == []


def test_what_is_refused_for_long_raises_the_alarm_and_is_let_go_in_the_end(upkeep):
    upkeep.suppressions.suppress(ANY_TENANT, PHONE, STOP)
    upkeep.lists.answers = [(Answer.LATER, "ResourceNotFoundException")] * 1000
    for _ in range(STUCK + 1):
        upkeep.clock.advance(timedelta(hours=6))
        work_off(upkeep)
    assert upkeep.signals.by_channel["MirrorStuck", Channel.SMS] == 1
    assert upkeep.signals.notes == [("mirror stuck", Channel.SMS, "ResourceNotFoundException")]
    upkeep.clock.advance(KEPT)
    work_off(upkeep)
    assert upkeep.lists.calls == STUCK + 1
    assert upkeep.changes.waiting == {}
    assert upkeep.signals.notes[1:] == [("mirror refused", Channel.SMS, "too_late")]


@pytest.fixture
def erased(upkeep):
    """Of whom the list waits, after some tries that AWS has refused."""
    upkeep.suppressions.suppress("clinic", EMAIL, BOUNCED)
    upkeep.lists.answers = [(Answer.LATER, "TooManyRequestsException")] * 3
    for _ in range(3):
        upkeep.clock.advance(MINUTE * 5)
        work_off(upkeep)
    now, (change,) = upkeep.clock.now(), upkeep.changes.waiting.values()
    upkeep.erasures.open(Erasure("era_1", "clinic", "c1", "jane", now, "key_1"))
    assert change.due_at > now
    upkeep.changes.put_off(change, hurried(change, Erased("clinic", "era_1", now)))
    return lambda: upkeep.erasures.get("clinic", "era_1")


def test_whoever_is_erased_comes_to_the_list_at_once(upkeep, erased):
    work_off(upkeep)
    assert (EMAIL in upkeep.lists.standing, erased().unlisted) == (True, ())
    assert upkeep.changes.waiting == {}


@pytest.mark.parametrize("answer", [Answer.LATER, Answer.NEVER])
def test_whoever_is_erased_waits_for_days_at_most_and_their_erasure_says_so(upkeep, erased, answer):
    upkeep.lists.answers = [(answer, "Refused")] * 1000
    until = upkeep.clock.now() + ERASED_KEPT
    while upkeep.clock.now() <= until:
        work_off(upkeep)
        upkeep.clock.advance(MINUTE * 30)
    assert upkeep.changes.waiting == {}
    assert erased().unlisted == ("email",)
    assert upkeep.suppressions.of("clinic", EMAIL) == (BOUNCED,)


def test_what_is_refused_for_good_is_counted_and_let_go(upkeep):
    upkeep.suppressions.suppress(ANY_TENANT, PHONE, STOP)
    upkeep.suppressions.lift(ANY_TENANT, PHONE, Reason.OPTED_OUT)
    upkeep.lists.answers = [(Answer.NEVER, "PHONE_NUMBER_CANNOT_BE_OPTED_IN")]
    upkeep.clock.advance(MINUTE)
    work_off(upkeep)
    assert upkeep.changes.waiting == {}
    assert upkeep.signals.by_channel["MirrorRefused", Channel.SMS] == 1


def test_a_sweep_takes_no_more_than_aws_does_in_a_minute(upkeep, monkeypatch):
    monkeypatch.setattr(mirroring, "AT_ONCE", 3)
    for number in range(7):
        upkeep.suppressions.suppress("clinic", Address("email", f"{number}@example.com"), BOUNCED)
    upkeep.clock.advance(MINUTE)
    assert [sweep(upkeep.mirror_ports) for _ in range(4)] == [3, 3, 1, 0]
