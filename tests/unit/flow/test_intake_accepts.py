"""What intake writes, queues and answers."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from outbound.domain import ids
from outbound.domain.content import TemplateRef
from outbound.domain.message import Decision, Status
from outbound.domain.price import CarrierFees, Price
from outbound.domain.suppression import Reason
from outbound.domain.voices import VoiceChoice
from outbound.domain.words import Channel, Lane, Mode, OnUnconfirmed, Purpose
from outbound.flow.deliver import deliver
from outbound.flow.intake import TemplateChoice, accept, initial
from outbound.flow.recipient import To
from tests.builders import (
    EMAIL,
    PHONE,
    TENANT,
    make_contact,
    make_content,
    make_key,
    make_request,
    make_suppression,
    make_template,
    ref_of,
)
from tests.memory.world import SECRET

HOUR = timedelta(hours=1)
DERIVED = ids.contact_id_of(SECRET, TENANT, PHONE.value)


def test_a_message_is_written_due_and_queued(world):
    message = accept(make_request(), make_key(), world.intake).message
    assert world.messages.get(ref_of(message)) == message
    assert world.queue.queued == [(Channel.SMS, Lane.EXPRESS, ref_of(message))]
    assert world.messages.due_at[ref_of(message)] >= world.clock.now() + timedelta(minutes=3)
    assert [entry.status for entry in message.timeline] == [Status.ACCEPTED]
    assert (message.tenant, message.address, message.mode) == (TENANT, PHONE, Mode.LIVE)
    assert message.expires_at == world.clock.now() + timedelta(days=1)


def test_what_it_says_is_kept_unrendered(world):
    request = make_request()
    message = accept(request, make_key(), world.intake).message
    body = world.messages.bodies[ref_of(message)]
    assert (body.content, body.template, body.data) == (request.content, None, {"order": "A-77"})


def test_an_address_becomes_the_same_contact_each_time(world):
    first = accept(make_request(), make_key(), world.intake).message
    world.clock.advance(HOUR)
    second = accept(make_request(), make_key(), world.intake).message
    assert first.contact_id == second.contact_id == DERIVED
    assert world.contacts.contacts[TENANT, DERIVED].addresses == (PHONE,)
    assert len(world.contacts) == 1
    assert first.id < second.id


def test_another_tenants_contact_is_another(world):
    mine = accept(make_request(), make_key(), world.intake).message
    theirs = accept(make_request(), make_key(tenant="other"), world.intake).message
    assert mine.contact_id != theirs.contact_id
    assert mine.id[:20] != theirs.id[:20]


def test_the_contact_that_has_the_address_is_used(world):
    world.contacts.add(make_contact("ada", PHONE, EMAIL))
    message = accept(make_request(), make_key(), world.intake).message
    assert message.contact_id == "ada"
    assert len(world.contacts) == 1


@pytest.mark.parametrize(
    ("channel", "address"),
    [(Channel.SMS, PHONE), (Channel.EMAIL, EMAIL), (Channel.VOICE, PHONE)],
)
def test_a_contact_is_reached_at_its_address_for_the_channel(world, channel, address):
    world.contacts.add(make_contact("ada", EMAIL, PHONE))
    request = make_request(to=To(contact_id="ada"), channel=channel)
    message = accept(request, make_key(), world.intake).message
    assert (message.contact_id, message.address) == ("ada", address)


def test_a_scheduled_message_waits_for_its_time_unqueued(world):
    later = world.clock.now() + HOUR
    message = accept(make_request(send_at=later), make_key(), world.intake).message
    assert (message.status, message.not_before) == (Status.SCHEDULED, later)
    assert message.expires_at == later + timedelta(days=1)
    assert later <= world.messages.due_at[ref_of(message)] < later + timedelta(minutes=1)
    assert len(world.queue) == 0


def test_a_suppressed_address_is_blocked_at_once(world):
    world.suppressions.suppress(TENANT, PHONE, make_suppression(Reason.OPTED_OUT))
    message = accept(make_request(), make_key(), world.intake).message
    assert message.status is Status.BLOCKED
    assert [entry.status for entry in message.timeline] == [Status.ACCEPTED, Status.BLOCKED]
    assert message.timeline[-1].rule == "suppressed"
    assert message.timeline[-1].reason == "suppressed_opted_out"
    assert initial(message)["status"] is Status.BLOCKED
    assert initial(message)["decision"].verdict == "block"
    assert len(world.queue) == 0
    assert not world.messages.due_at


def test_a_scheduled_message_to_a_suppressed_address_is_judged_again_at_its_time(world):
    world.suppressions.suppress(TENANT, PHONE, make_suppression())
    request = make_request(send_at=world.clock.now() + HOUR)
    message = accept(request, make_key(), world.intake).message
    assert message.status is Status.SCHEDULED
    assert message.decision.verdict == "block"
    assert initial(message)["status"] is Status.SCHEDULED


def test_the_suppression_of_another_tenant_does_not_count(world):
    world.suppressions.suppress("other", PHONE, make_suppression())
    assert accept(make_request(), make_key(), world.intake).message.status is Status.ACCEPTED


@pytest.mark.parametrize(
    ("order", "encoding", "parts", "amount"),
    [
        ("A", "GSM-7", 1, "0.009"),
        ("A" * 160, "GSM-7", 2, "0.018"),
        ("語", "UTF-16", 1, "0.009"),
        ("語" * 70, "UTF-16", 2, "0.018"),
    ],
)
def test_parts_and_price_are_those_of_the_rendered_text(world, order, encoding, parts, amount):
    message = accept(make_request(data={"order": order}), make_key(), world.intake).message
    assert message.sms == (encoding, parts)
    assert message.price == Price(Decimal(amount), CarrierFees.INCLUDED)


def test_where_no_price_is_known_none_is_told(world):
    french = To(address=PHONE.__class__("phone", "+33612345678"))
    assert accept(make_request(to=french), make_key(), world.intake).message.price is None


@pytest.mark.parametrize(
    ("choice", "voice"),
    [
        (VoiceChoice(), "MATTHEW"),
        (VoiceChoice(locale="fr-CA"), "CHANTAL"),
        (VoiceChoice(locale="fi"), "MATTHEW"),
        (VoiceChoice("HANS", "fr-CA"), "HANS"),
    ],
)
def test_a_call_is_read_by_the_voice_that_was_asked_for(world, choice, voice):
    content = replace(make_content(Channel.VOICE), voice=choice)
    request = make_request(channel=Channel.VOICE, content=content)
    message = accept(request, make_key(), world.intake).message
    assert message.voice == (voice, 3)
    deliver(ref_of(message), world.deliver)
    assert [outgoing.voice for outgoing in world.carrier.sent] == [voice]


def test_a_template_names_the_voice(world):
    content = replace(make_content(Channel.VOICE), voice=VoiceChoice(locale="de-AT"))
    contents = {Channel.VOICE: content}
    world.templates.put(make_template(contents), publish=True)
    request = make_request(channel=Channel.VOICE, template=TemplateChoice("shipped"))
    assert accept(request, make_key(), world.intake).message.voice == ("VICKI", 3)


@pytest.mark.parametrize(
    ("body", "seconds", "amount"),
    [
        ({"text": "Hello."}, 1, "0.013"),
        ({"text": "Order {{ order }}"}, 2, "0.013"),
        ({"ssml": "<speak>Hello <break time='10s'/> you</speak>"}, 11, "0.013"),
        ({"ssml": "<speak>a" + "<break time='10s'/>" * 6 + "</speak>"}, 61, "0.026"),
        ({"ssml": "<speak>a" + "<break time='10s'/>" * 29 + "</speak>"}, 291, "0.065"),
    ],
)
def test_a_call_is_priced_by_the_minutes_it_takes(world, body, seconds, amount):
    content = make_content(Channel.VOICE, **body)
    request = make_request(channel=Channel.VOICE, content=content)
    message = accept(request, make_key(), world.intake).message
    assert message.voice == ("MATTHEW", seconds)
    assert message.price == Price(Decimal(amount), CarrierFees.UNKNOWN)


def test_an_email_has_a_price_and_no_parts(world):
    message = accept(make_request(channel=Channel.EMAIL), make_key(), world.intake).message
    assert (message.price, message.sms) == (Price(Decimal("0.0001")), None)


def test_a_message_is_pinned_to_the_latest_version_of_its_template(world):
    for text in ("First {{ order }}", "Second {{ order }}"):
        contents = {Channel.SMS: make_content(text=text)}
        world.templates.put(make_template(contents), publish=True)
    message = accept(
        make_request(template=TemplateChoice("shipped")), make_key(), world.intake
    ).message
    old = accept(
        make_request(template=TemplateChoice("shipped", 1)), make_key(), world.intake
    ).message
    contents = {Channel.SMS: make_content(text="Third")}
    world.templates.put(make_template(contents), publish=True)
    assert message.template == TemplateRef("shipped", 2)
    assert old.template == TemplateRef("shipped", 1)
    for each in (message, old):
        deliver(ref_of(each), world.deliver)
    texts = [outgoing.bodies["text"] for outgoing in world.carrier.sent]
    assert texts == ["Second A-77", "First A-77"]


@pytest.mark.parametrize("purpose", list(Purpose))
def test_what_is_unconfirmed_follows_the_purpose_unless_the_caller_says(world, purpose):
    cautious = purpose in (Purpose.MARKETING, Purpose.HEALTHCARE)
    by_purpose = OnUnconfirmed.NEVER if cautious else OnUnconfirmed.RESEND
    silent = accept(make_request(purpose=purpose), make_key(), world.intake).message
    assert silent.on_unconfirmed is by_purpose
    for choice in OnUnconfirmed:
        request = make_request(purpose=purpose, on_unconfirmed=choice)
        assert accept(request, make_key(), world.intake).message.on_unconfirmed is choice


def test_the_first_answer_can_still_be_told_after_the_message_moved_on(world):
    accepted = accept(make_request(), make_key(), world.intake).message
    world.suppressions.suppress(TENANT, PHONE, make_suppression())
    deliver(ref_of(accepted), world.deliver)
    moved = world.messages.get(ref_of(accepted))
    assert moved is not None
    assert (moved.status, moved.decision.verdict) == (Status.BLOCKED, "block")
    assert initial(moved) == initial(accepted)
    assert initial(moved) == {"status": Status.ACCEPTED, "decision": Decision("send")}


def test_a_crash_between_write_and_queue_leaves_it_to_the_sweep(world):
    world.queue.broken = True
    with pytest.raises(ConnectionError):
        accept(make_request(), make_key(), world.intake)
    (message,) = world.messages
    assert message.status is Status.ACCEPTED
    assert ref_of(message) in world.messages.due_at
