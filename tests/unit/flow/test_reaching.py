"""How far a segment reaches."""

from __future__ import annotations

from dataclasses import replace

import pytest

from outbound.adapters.expressions.expressions import JinjaExpressions
from outbound.adapters.jurisdictions import rulebook
from outbound.domain.consent import Consent, ConsentStatus, Level
from outbound.domain.errors import Refusal
from outbound.domain.ids import address_key
from outbound.domain.reach import EstimateState
from outbound.domain.segment import Exclusion
from outbound.domain.words import Channel, Purpose
from outbound.flow.asking import Gate
from outbound.flow.reaching import ReachPorts, Wish, look, request, work_on
from tests import memory
from tests.builders import EMAIL, PHONE, TENANT, make_contact, make_key, make_segment
from tests.memory.clock import START
from tests.memory.world import SECRET

KEY = make_key()
OFFER = Wish((Channel.EMAIL, Channel.SMS), Purpose.MARKETING, "offers", None)
EXPRESSION = 'attributes.plan == "pro"'
AHEAD = "not attributes.plna"


@pytest.fixture
def ports():
    contacts = memory.MemoryContacts(memory.MemorySuppressions(SECRET), memory.MemoryLedger())
    segments = memory.MemorySegments()
    segments.save(make_segment("pro", EXPRESSION))
    return ReachPorts(
        clock=memory.MemoryClock(),
        tokens=memory.MemoryTokens(),
        segments=segments,
        expressions=JinjaExpressions(),
        estimates=memory.MemoryEstimates(),
        gate=Gate(contacts, rulebook(), SECRET),
        idempotency=memory.MemoryIdempotency(),
        tasks=memory.MemoryTasks(),
    )


def add(ports, count, **changes):
    for number in range(count):
        ports.gate.contacts.add(
            make_contact(f"c{number}", EMAIL, attributes={"plan": "pro"}, **changes)
        )


def granted(channel, address):
    key = address_key(SECRET, TENANT, address.value)
    return Consent(channel, Purpose.MARKETING, None, ConsentStatus.GRANTED, Level.EXPRESS, "web",
                   START, None, frozenset({key}))  # fmt: skip


def ask(ports, segment="pro", wish=OFFER, may_go_on=lambda: True):
    return request(segment, wish, KEY, ports, may_go_on=may_go_on)


def work(ports, may_go_on=lambda: True):
    while tasks := ports.tasks.take():
        for task in tasks:
            work_on(task, ports, may_go_on=may_go_on)


def counts(found):
    return {
        (verdict.channel, verdict.verdict, verdict.reason): count
        for verdict, count in found.total.verdicts.items()
    }


def test_a_small_tenant_is_counted_at_once_for_each_channel_and_decision(ports):
    yes = (granted(Channel.EMAIL, EMAIL),)
    ports.gate.contacts.add(
        make_contact("ada", EMAIL, region="FR", attributes={"plan": "pro"}, consents=yes)
    )
    ports.gate.contacts.add(make_contact("bob", PHONE, attributes={"plan": "pro"}))
    ports.gate.contacts.add(make_contact("eve", PHONE, attributes={"plan": "free"}))
    found = ask(ports)
    assert (found.state, found.total.read, found.total.selected) == (EstimateState.FINISHED, 3, 2)
    assert sum(counts(found).values()) == 4
    assert counts(found)[Channel.EMAIL, "block", "no_address_for_channel"] == 1
    assert counts(found)[Channel.SMS, "block", "no_address_for_channel"] == 1
    assert counts(found)[Channel.EMAIL, "send", None] == 1
    assert ports.tasks.take() == []


def test_it_says_what_the_gate_says_of_each_and_takes_no_slot(ports):
    add(ports, 3, region="US-FL")
    found = ask(ports)
    assert found.total.selected == 3
    assert ports.gate.contacts.slots == {}


def test_a_large_tenant_is_counted_shard_by_shard_however_often_it_stops(ports):
    add(ports, 300)
    found = ask(ports, may_go_on=lambda: False)
    assert (found.state, len(ports.tasks.queued)) == (EstimateState.RUNNING, 32)
    work(ports, may_go_on=lambda: False)
    done = look(found.estimate.id, KEY, ports)
    assert (done.state, done.total.read, done.total.selected) == (EstimateState.FINISHED, 300, 300)
    assert len(done.total.sample) == 10
    assert {each.masked for each in done.total.sample} == {"a•••@example.com"}


def test_a_shard_that_is_counted_twice_counts_once(ports):
    add(ports, 60)
    found = ask(ports, may_go_on=lambda: False)
    tasks = ports.tasks.take()
    for task in [*tasks, *tasks]:
        work_on(task, ports, may_go_on=lambda: True)
    assert look(found.estimate.id, KEY, ports).total.selected == 60


def test_a_segment_that_is_changed_meanwhile_fails_instead_of_mixing(ports):
    add(ports, 60)
    found = ask(ports, may_go_on=lambda: False)
    before = ports.segments.get(TENANT, "pro")
    assert ports.segments.save(replace(before, expression="1", version=2))
    work(ports)
    assert look(found.estimate.id, KEY, ports).state is EstimateState.FAILED


def test_an_attribute_that_nobody_has_is_told(ports):
    add(ports, 3)
    ports.segments.save(make_segment("typo", f"{EXPRESSION} and {AHEAD}"))
    assert ask(ports, "typo").unknown == ("plna",)
    assert ask(ports).unknown == ()


def test_an_empty_tenant_has_nobody(ports):
    found = ask(ports)
    assert (found.state, found.total.selected, found.total.sample) == (
        EstimateState.FINISHED,
        0,
        (),
    )


def test_the_same_request_is_counted_once(ports):
    wish = replace(OFFER, idempotency_key="key-1", fingerprint="a")
    first, again = ask(ports, wish=wish), ask(ports, wish=wish)
    assert again.replayed
    assert again.estimate == first.estimate
    with pytest.raises(Refusal, match="idempotency_key_reused"):
        ask(ports, wish=replace(wish, fingerprint="b"))


def test_what_is_not_there_is_refused(ports):
    with pytest.raises(Refusal, match="unknown_segment_id"):
        ask(ports, "none")
    ports.segments.save(make_segment("gap", exclude=Exclusion(segments=("gone",))))
    with pytest.raises(Refusal, match="unknown_segment"):
        ask(ports, "gap")
    with pytest.raises(Refusal, match="unknown_estimate"):
        look("est_00000000000000000009", KEY, ports)
    found = ask(ports)
    with pytest.raises(Refusal, match="unknown_estimate"):
        look(found.estimate.id, make_key(tenant="other"), ports)
