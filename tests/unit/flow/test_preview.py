"""Seeing a template first, and sending tests of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from outbound.adapters.templates.renderer import JinjaRenderer
from outbound.domain.errors import Refusal
from outbound.domain.lint.reading_ease import ease_of
from outbound.domain.organisation import Organisation
from outbound.domain.suppression import Reason
from outbound.domain.tester import Tester as Invited
from outbound.domain.words import Channel, Purpose, Scope
from outbound.flow.intake import TemplateChoice
from outbound.flow.preview import Wish, preview
from outbound.flow.trial import Trial, send_tests
from tests.builders import (
    EMAIL,
    PHONE,
    TENANT,
    make_contact,
    make_content,
    make_key,
    make_suppression,
    make_template,
)
from tests.memory.clock import START
from tests.memory.world import LEASE

KEY = make_key(purposes=frozenset({Purpose.TRANSACTIONAL}))
CLINIC = Organisation("Clinic", "12 Green Street", "+12065550142")
OFFER = {
    Channel.SMS: make_content(text="Clinic: {{ offer }}. Reply STOP to end."),
    Channel.EMAIL: make_content(
        Channel.EMAIL,
        subject="{{ offer|upper }}",
        text="{{ organisation.postal_address }} {{ links.unsubscribe }}",
    ),
}
CALL = {
    Channel.VOICE: make_content(
        Channel.VOICE,
        text="{{ organisation.name }}: {{ contact.attributes.name }}, call 206 555 0142.",
    )
}
LATEST = TemplateChoice("shipped")


@pytest.fixture
def world(world):
    world.renderer = JinjaRenderer()
    world.organisations.put(TENANT, CLINIC)
    return world


def stored(world, contents=OFFER, purpose=Purpose.MARKETING, **changes):
    publish = changes.pop("publish", True)
    draft = make_template(contents, purpose=purpose, **changes)
    return world.templates.put(draft, publish=publish)


def shown(world, data=None, **changes):
    wish = Wish(LATEST, {"offer": "shoes"} if data is None else data)
    before = world.snapshot()
    result = preview(replace(wish, **changes), KEY, world.intake)
    assert world.snapshot() == before
    return result


def refused(code, pointer, call, *arguments, **named):
    with pytest.raises(Refusal) as refusal:
        call(*arguments, **named)
    assert refusal.value.code == code
    assert [fault.pointer for fault in refusal.value.faults] == [pointer] * (pointer is not None)


def test_all_channels_are_shown_with_what_they_cost(world):
    stored(world)
    text, email = shown(world).ready
    assert text.bodies == {"text": "Clinic: shoes. Reply STOP to end."}
    assert (text.measured.sms, str(text.measured.price.amount)) == (("GSM-7", 1), "0.009")
    assert email.bodies["subject"] == "SHOES"
    assert email.bodies["text"].startswith("12 Green Street https://")
    assert str(email.measured.price.amount) == "0.0001"


def test_what_is_found_is_found_in_what_it_becomes(world):
    stored(world)
    findings = shown(world, {"offer": "all of our shoes!!"}).findings
    assert {(each.rule, each.place) for each in findings} == {
        ("shouting", "/bodies/sms/text"),
        ("shouting", "/bodies/email/subject"),
    }


def test_it_is_shown_for_a_contact_in_their_language(world):
    spanish = {
        Channel.VOICE: make_content(Channel.VOICE, text="Hola {{ contact.attributes.name }}")
    }
    stored(world, CALL, Purpose.INFORMATIONAL, translations={"es": spanish})
    ada = make_contact(locale="es-MX", attributes={"name": "Ada"})
    world.contacts.create_many([ada])
    (call,) = shown(world, {}, contact_id=ada.id).ready
    assert call.bodies == {"text": "Hola Ada"}
    english = TemplateChoice("shipped", locale="en")
    (call,) = shown(world, {}, contact_id=ada.id, template=english).ready
    assert call.bodies["text"].startswith("Clinic: Ada")
    assert call.measured.voice[1] > 0


def test_how_easy_it_is_to_read_is_told_by_channel_in_its_language(world):
    german = {Channel.VOICE: make_content(Channel.VOICE, text="Bitte kommen Sie am Montag.")}
    finnish = {Channel.VOICE: make_content(Channel.VOICE, text="Hei.")}
    stored(world, CALL, Purpose.INFORMATIONAL, translations={"de": german, "fi": finnish})

    def ease(locale):
        return shown(world, {}, template=TemplateChoice("shipped", locale=locale)).reading_ease

    expected = ease_of("Bitte kommen Sie am Montag.", "de")
    assert expected is not None
    assert ease("de") == {Channel.VOICE: round(expected)}
    assert ease("fi") == {Channel.VOICE: None}


def test_a_contact_without_an_address_for_a_channel_is_shown_it_too(world):
    stored(world)
    ada = make_contact()
    world.contacts.create_many([ada])
    assert len(shown(world, contact_id=ada.id).ready) == 2


def test_one_channel_and_one_version_can_be_asked_for(world):
    stored(world)
    stored(world, {Channel.SMS: make_content(text="Two. STOP ends.")}, publish=False)
    assert shown(world).template.version == 2
    first = TemplateChoice("shipped", 1)
    (email,) = shown(world, template=first, channel=Channel.EMAIL).ready
    assert email.request.channel is Channel.EMAIL


def test_all_that_is_missing_is_named_once(world):
    stored(world)
    refused("missing_variable", "/data/offer", shown, world, {})


@pytest.mark.parametrize(
    ("changes", "code", "pointer"),
    [
        ({"template": TemplateChoice("nothing")}, "unknown_template_id", None),
        ({"template": TemplateChoice("shipped", 9)}, "unknown_template_id", None),
        ({"channel": Channel.VOICE}, "channel_without_content", "/channel"),
        ({"contact_id": "nobody"}, "unknown_contact", "/contact_id"),
    ],
)
def test_what_is_not_there_is_told(world, changes, code, pointer):
    stored(world)
    refused(code, pointer, shown, world, **changes)


def test_a_partial_is_not_shown_by_itself(world):
    stored(world, purpose=None)
    refused("wrong_purpose", None, shown, world)


def invite(world, tester_id, address, verified=True):
    known = world.testers.all(TENANT)
    tester = Invited(tester_id, address, START, verified_at=START if verified else None)
    assert world.testers.write(TENANT, (*known.testers, tester), known.version)


def sent(world, *tester_ids, key=KEY, **changes):
    trial = Trial(LATEST, tester_ids, {"offer": "shoes"}, None, "a-key", "a fingerprint")
    return send_tests(replace(trial, **changes), key, world.tester_ports)


def test_testers_get_each_channel_that_their_address_serves(world):
    stored(world)
    invite(world, "ann", PHONE)
    invite(world, "ben", EMAIL)
    by_text, by_email = sent(world, "ann", "ben")
    assert (by_text.channel, by_email.channel) == (Channel.SMS, Channel.EMAIL)
    for tried, address in ((by_text, PHONE), (by_email, EMAIL)):
        message = tried.result
        assert (message.address, message.purpose) == (address, Purpose.TRANSACTIONAL)
        assert message.decision.verdict == "send"
        assert (message.template.id, message.template.version) == ("shipped", 1)
    refs = [ref for _, _, ref in world.queue.queued]
    claimed = [world.messages.claim(ref, now=world.clock.now(), lease=LEASE) for ref in refs]
    assert [each.message.id for each in claimed] == [by_text.result.id, by_email.result.id]


def test_the_same_request_again_sends_nothing_more(world):
    stored(world)
    invite(world, "ann", PHONE)
    first, again = sent(world, "ann"), sent(world, "ann")
    assert first[0].result.id == again[0].result.id
    assert len(world.queue.queued) == 1


@pytest.mark.parametrize("verified", [False, None])
def test_who_is_not_verified_gets_nothing_and_nor_does_anybody_else(world, verified):
    stored(world)
    invite(world, "ann", PHONE)
    if verified is not None:
        invite(world, "ben", EMAIL, verified=verified)
    before = world.snapshot()
    refused("tester_not_verified", "/testers/1", sent, world, "ann", "ben")
    assert world.snapshot() == before


def test_a_tester_who_said_no_gets_nothing(world):
    stored(world)
    invite(world, "ann", PHONE)
    world.suppressions.suppress(TENANT, PHONE, make_suppression(Reason.OPTED_OUT))
    (tried,) = sent(world, "ann")
    assert tried.result.decision.verdict == "block"


def test_what_a_template_lacks_is_told_for_each_test(world):
    stored(world)
    invite(world, "ann", PHONE)
    (tried,) = sent(world, "ann", data={})
    assert isinstance(tried.result, Refusal)
    assert tried.result.code == "missing_variable"


def test_a_key_for_other_purposes_sends_no_tests(world):
    stored(world)
    invite(world, "ann", PHONE)
    key = make_key(purposes=frozenset({Purpose.MARKETING}), scopes=frozenset(Scope))
    (tried,) = sent(world, "ann", key=key)
    assert tried.result.code == "purpose_not_allowed"
