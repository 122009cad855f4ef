"""Senders of tenants, from intake to hand-over."""

from __future__ import annotations

from dataclasses import replace

import pytest

from outbound.domain.errors import Refusal
from outbound.domain.message import Status
from outbound.domain.sender import Sender, Senders
from outbound.domain.words import Channel, Mode
from outbound.flow.batch import Batch, accept_batch, rehearse_batch
from outbound.flow.deliver import deliver
from outbound.flow.intake import TemplateChoice, accept, rehearse
from outbound.flow.manage import templates
from tests.builders import make_content, make_key, make_request, make_template, ref_of

CLINIC = Sender("Hello@clinic.test", "Clinic")
NEWS = Sender("news@clinic.test", "Spring news")
FOREIGN = Sender("info@bank.test")
MAIL = make_content(Channel.EMAIL)
KEY = make_key(tenant="clinic")
WITHOUT = Senders(Sender("hello@example.com"), {})


def email(sender=None, **changes):
    content = replace(MAIL, sender=sender)
    return make_request(channel=Channel.EMAIL, content=content, **changes)


def sent(world, message):
    deliver(ref_of(message), world.deliver)
    return [outgoing.sender for outgoing in world.carrier.sent]


@pytest.mark.parametrize(("stated", "chosen"), [(None, CLINIC), (NEWS, NEWS)])
def test_an_email_leaves_from_the_sender_that_was_chosen_at_intake(world, stated, chosen):
    message = accept(email(stated), KEY, world.intake).message

    assert message.sender == chosen
    assert sent(world, message) == [chosen]


def test_a_tenant_without_senders_of_its_own_stores_none(world):
    message = accept(email(), make_key(), world.intake).message

    assert message.sender is None
    assert sent(world, message) == [None]


def test_a_text_has_no_sender(world):
    assert accept(make_request(), KEY, world.intake).message.sender is None


def test_the_sender_is_stored_once(world):
    message = accept(email(NEWS), KEY, world.intake).message

    assert world.messages.bodies[ref_of(message)].content.sender is None


@pytest.mark.parametrize("run", [accept, rehearse])
def test_a_foreign_sender_is_refused_and_nothing_is_written(world, run):
    before = world.snapshot()
    with pytest.raises(Refusal) as refused:
        run(email(FOREIGN), KEY, world.intake)

    assert [(f.pointer, f.code) for f in refused.value.faults] == [
        ("/content/from", "sender_not_allowed")
    ]
    assert world.snapshot() == before


@pytest.mark.parametrize("run", [accept_batch, rehearse_batch])
def test_in_a_batch_each_item_has_its_own_sender(world, run):
    batch = Batch([email(NEWS), email(FOREIGN), email()], None, "fingerprint")

    first, second, third = run(batch, KEY, world.intake)

    assert (first.message.sender, third.message.sender) == (NEWS, CLINIC)
    assert (second.code, second.faults[0].pointer) == ("sender_not_allowed", "/content/from")


@pytest.mark.parametrize("now", [WITHOUT, Senders(FOREIGN, {"clinic": (FOREIGN,)})])
@pytest.mark.parametrize("mode", list(Mode))
def test_a_sender_taken_away_after_intake_fails_the_message_without_a_call(world, now, mode):
    message = accept(email(NEWS), replace(KEY, mode=mode), world.intake).message
    world.senders = now

    assert sent(world, message) == []
    kept = world.messages.kept[ref_of(message)]
    assert (kept.status, kept.timeline[-1].reason) == (Status.FAILED, "sender_gone")
    assert ref_of(message) not in world.messages.due_at
    assert world.rehearsal.sent == []


def test_a_sender_given_later_changes_no_message_that_was_accepted(world):
    message = accept(email(), make_key(), world.intake).message
    world.senders = Senders(Sender("new@example.com"), {"acme": (FOREIGN,)})

    assert sent(world, message) == [None]


def test_what_was_accepted_before_the_sender_was_taken_away_is_answered_again(world):
    request = email(NEWS, idempotency_key="order-77")
    first = accept(request, KEY, world.intake)
    world.senders = WITHOUT

    again = accept(request, KEY, world.intake)

    assert (again.message.id, again.replayed) == (first.message.id, True)


def put(world, sender):
    contents = {Channel.EMAIL: replace(MAIL, sender=sender)}
    return templates.put(make_template(contents, tenant=KEY.tenant), world.template_ports)


def test_a_template_may_have_a_sender_of_the_tenant(world):
    put(world, NEWS)
    request = make_request(channel=Channel.EMAIL, template=TemplateChoice("shipped"))

    assert accept(request, KEY, world.intake).message.sender == NEWS


def test_a_template_with_a_foreign_sender_is_not_stored(world):
    with pytest.raises(Refusal) as refused:
        put(world, FOREIGN)

    assert refused.value.code == "sender_not_allowed"
    assert [fault.pointer for fault in refused.value.faults] == ["/channels/email/from"]
    assert world.templates.get("clinic", "shipped") is None


def test_a_template_whose_sender_was_taken_away_is_refused_when_it_is_sent(world):
    contents = {Channel.EMAIL: replace(MAIL, sender=FOREIGN)}
    world.templates.put(make_template(contents, "old", tenant="clinic"), publish=True)
    request = make_request(channel=Channel.EMAIL, template=TemplateChoice("old"))

    with pytest.raises(Refusal) as refused:
        accept(request, KEY, world.intake)
    assert refused.value.faults[0].pointer == "/template/from"
