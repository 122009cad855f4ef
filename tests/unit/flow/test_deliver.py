"""Claim, gate, render, hand over."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from outbound.domain.content import TemplateRef
from outbound.domain.ids import MessageRef
from outbound.domain.message import Status
from outbound.domain.outcome import Kind, Outcome
from outbound.domain.suppression import Reason
from outbound.domain.words import Channel, Mode, OnUnconfirmed, Purpose
from outbound.flow.deliver import deliver
from tests.builders import (
    EMAIL,
    PHONE,
    TENANT,
    make_body,
    make_content,
    make_message,
    make_suppression,
    make_template,
    ref_of,
)
from tests.memory import MemoryContacts
from tests.memory.world import LEASE

MOMENT = timedelta(milliseconds=1)
CALLED_OFF = [Status.CANCELLED, Status.BLOCKED, Status.EXPIRED, Status.FAILED]
HANDED_OVER = [Status.SENT, Status.DELIVERED, Status.UNDELIVERED, Status.BOUNCED]


class BrokenContacts(MemoryContacts):
    """Contacts that can't be read."""

    def look_up(self, tenant, **asked):
        raise ConnectionError("the table can't be reached")


def test_a_message_is_rendered_and_handed_over_once(world, store, status):
    ref = store()
    deliver(ref, world.deliver)
    (outgoing,) = world.carrier.sent
    assert (outgoing.ref, outgoing.attempt, outgoing.address) == (ref, 1, PHONE)
    assert outgoing.bodies == {"text": "Order A-77 has shipped."}
    assert status(ref) is Status.SENT
    assert ref not in world.messages.due_at


def test_an_email_carries_all_its_bodies(world, store):
    deliver(store(channel=Channel.EMAIL), world.deliver)
    (outgoing,) = world.carrier.sent
    assert outgoing.address == EMAIL
    assert outgoing.bodies == {"subject": "Order A-77", "text": "Order A-77 has shipped."}


def test_a_duplicate_from_the_queue_has_no_effect(world, store):
    ref = store()
    deliver(ref, world.deliver)
    before = world.snapshot()
    deliver(ref, world.deliver)
    assert world.snapshot() == before


def test_of_many_one_gets_the_message(world, store, status):
    ref = store()
    with ThreadPoolExecutor(20) as pool:
        list(pool.map(lambda _: deliver(ref, world.deliver), range(40)))
    assert world.carrier.calls == 1
    assert status(ref) is Status.SENT


@pytest.mark.parametrize("gone", CALLED_OFF + HANDED_OVER)
def test_what_is_over_is_left_alone(world, store, gone):
    ref = store(status=gone)
    before = world.snapshot()
    deliver(ref, world.deliver)
    assert world.snapshot() == before


def test_what_nobody_knows_is_left_alone(world):
    before = world.snapshot()
    deliver(MessageRef(TENANT, "msg_" + "0" * 36), world.deliver)
    assert world.snapshot() == before


@pytest.mark.parametrize("waiting", [Status.SCHEDULED, Status.DEFERRED])
def test_a_message_is_not_to_be_had_before_its_time(world, store, status, waiting):
    ref = store(status=waiting, not_before=world.clock.now() + LEASE)
    world.clock.advance(LEASE - MOMENT)
    deliver(ref, world.deliver)
    assert (status(ref), world.carrier.calls) == (waiting, 0)
    world.clock.advance(MOMENT)
    deliver(ref, world.deliver)
    assert (status(ref), world.carrier.calls) == (Status.SENT, 1)


def test_an_address_suppressed_since_intake_gets_nothing(world, store):
    ref = store()
    world.suppressions.suppress(TENANT, PHONE, make_suppression(Reason.OPTED_OUT))
    deliver(ref, world.deliver)
    message = world.messages.kept[ref]
    assert message.status is Status.BLOCKED
    assert (message.decision.rule, message.decision_at_intake.verdict) == ("suppressed", "send")
    assert message.timeline[-1].reason == "suppressed_opted_out"
    assert world.carrier.calls == 0
    assert ref not in world.messages.due_at


def test_an_alert_passes_an_opt_out(world, store, status):
    ref = store(purpose=Purpose.EMERGENCY)
    world.suppressions.suppress(TENANT, PHONE, make_suppression(Reason.OPTED_OUT))
    deliver(ref, world.deliver)
    assert status(ref) is Status.SENT


def test_a_message_past_its_end_expires(world, store, status):
    ref = store(expires_at=world.clock.now() + LEASE)
    world.clock.advance(LEASE)
    deliver(ref, world.deliver)
    assert (status(ref), world.carrier.calls) == (Status.EXPIRED, 0)
    assert world.messages.kept[ref].timeline[-1].rule == "expired"


def test_a_test_key_never_reaches_the_provider(world, store, status):
    ref = store(mode=Mode.TEST)
    rehearsed = Outcome(Kind.SENT, provider_id="rehearsal-1", receipt=Status.DELIVERED)
    world.rehearsal.answer(rehearsed)
    deliver(ref, world.deliver)
    assert (world.carrier.calls, world.rehearsal.calls) == (0, 1)
    assert status(ref) is Status.DELIVERED
    assert not world.correlation.links


@pytest.mark.parametrize("receipt", [Status.BOUNCED, Status.UNDELIVERED, Status.FAILED])
def test_a_rehearsal_ends_as_it_says(world, store, status, receipt):
    ref = store(mode=Mode.TEST)
    world.rehearsal.answer(Outcome(Kind.SENT, provider_id="rehearsal-1", receipt=receipt))
    deliver(ref, world.deliver)
    timeline = world.messages.kept[ref].timeline
    assert [entry.status for entry in timeline[-3:]] == [Status.SENDING, Status.SENT, receipt]


def test_a_failure_before_the_call_puts_the_message_back(world, store, status):
    ref = store()
    whole, world.contacts = world.contacts, BrokenContacts(world.suppressions, world.ledger)
    with pytest.raises(ConnectionError):
        deliver(ref, world.deliver)
    message = world.messages.kept[ref]
    assert (message.status, message.timeline[-1].reason) == (Status.DEFERRED, "internal_error")
    assert message.not_before > world.clock.now()
    assert world.messages.due_at[ref] >= message.not_before
    world.contacts = whole
    world.clock.advance_to(message.not_before)
    deliver(ref, world.deliver)
    assert (status(ref), world.carrier.calls) == (Status.SENT, 1)


def test_a_failure_before_the_call_is_retried_even_where_nothing_may_be_sent_twice(
    world, store, status
):
    ref = store(on_unconfirmed=OnUnconfirmed.NEVER)
    world.contacts = BrokenContacts(world.suppressions, world.ledger)
    with pytest.raises(ConnectionError):
        deliver(ref, world.deliver)
    assert status(ref) is Status.DEFERRED


@pytest.mark.parametrize(
    ("text", "reason"),
    [("{{ missing }}", "missing_variable"), ("{% now %}", "forbidden_template")],
)
def test_content_that_no_longer_renders_fails_for_good(world, text, reason):
    message = make_message()
    body = make_body(content=make_content(text=text))
    world.messages.insert(message, body, due=message.not_before)
    deliver(ref_of(message), world.deliver)
    failed = world.messages.kept[ref_of(message)]
    assert (failed.status, failed.timeline[-1].reason) == (Status.FAILED, reason)
    assert world.carrier.calls == 0


def test_a_pinned_message_is_rendered_from_its_version(world):
    for text in ("First {{ order }}", "Second {{ order }}"):
        contents = {Channel.SMS: make_content(text=text)}
        world.templates.put(make_template(contents, "t"), publish=True)
    message = make_message(template=TemplateRef("t", 1))
    body = make_body(content=None, template=message.template)
    world.messages.insert(message, body, due=message.not_before)
    deliver(ref_of(message), world.deliver)
    assert world.carrier.sent[0].bodies == {"text": "First A-77"}
