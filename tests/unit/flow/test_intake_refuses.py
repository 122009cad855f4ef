"""Requests that can't be served: the code, the place, and nothing written."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest

from outbound.domain.errors import Refusal
from outbound.domain.price import Caps
from outbound.domain.words import Channel, Purpose
from outbound.flow.intake import TemplateChoice, accept
from outbound.flow.recipient import To
from tests.builders import (
    EMAIL,
    PHONE,
    TENANT,
    make_contact,
    make_content,
    make_key,
    make_request,
    make_template,
)
from tests.memory.clock import START

MOMENT = timedelta(milliseconds=1)
YEAR = timedelta(days=366)
EAST = timezone(timedelta(hours=14))
WEST = timezone(timedelta(hours=-14))


def sms(text):
    return {"content": make_content(text=text)}


def email(**bodies):
    full = {"subject": "Hello", "text": "Hello", **bodies}
    return {"channel": Channel.EMAIL, "content": make_content(Channel.EMAIL, **full)}


def voice(**bodies):
    return {"channel": Channel.VOICE, "content": make_content(Channel.VOICE, **bodies)}


def template(template_id, version=None, **changes):
    return {"template": TemplateChoice(template_id, version), **changes}


TIMES = [
    ({"send_at": START}, "time_in_the_past", "/send_at"),
    ({"send_at": START - MOMENT}, "time_in_the_past", "/send_at"),
    ({"send_at": START + YEAR + MOMENT}, "time_too_far", "/send_at"),
    ({"send_at": datetime(1, 1, 1, tzinfo=EAST)}, "time_in_the_past", "/send_at"),
    ({"send_at": datetime(9999, 12, 31, 23, tzinfo=WEST)}, "time_too_far", "/send_at"),
    ({"expires_at": START}, "time_in_the_past", "/expires_at"),
    ({"expires_at": START + YEAR + MOMENT}, "time_too_far", "/expires_at"),
    ({"expires_at": datetime(9999, 12, 31, 23, tzinfo=WEST)}, "time_too_far", "/expires_at"),
    (
        {"send_at": START + 2 * MOMENT, "expires_at": START + MOMENT},
        "expires_before_send",
        "/expires_at",
    ),
    (
        {"send_at": START + MOMENT, "expires_at": START + MOMENT},
        "expires_before_send",
        "/expires_at",
    ),
]
RECIPIENTS = [
    ({"to": To(contact_id="nobody")}, "unknown_contact", "/to/contact_id"),
    ({"to": To(contact_id="theirs")}, "unknown_contact", "/to/contact_id"),
    ({"to": To(contact_id="mailed")}, "no_address_for_channel", "/to/contact_id"),
    ({"to": To(address=EMAIL)}, "no_address_for_channel", "/to"),
    ({"to": To(address=PHONE), "channel": Channel.EMAIL}, "no_address_for_channel", "/to"),
    ({"to": To(address=EMAIL), "channel": Channel.VOICE}, "no_address_for_channel", "/to"),
]
TEMPLATES = [
    (template("nothing"), "unknown_template", "/template"),
    (template("theirs"), "unknown_template", "/template"),
    (template("shipped", 2), "unknown_template", "/template"),
    (template("shipped", 0), "unknown_template", "/template"),
    (template("shipped", -1), "unknown_template", "/template"),
    (template("shipped", purpose=Purpose.MARKETING), "wrong_purpose", "/purpose"),
    (template("shipped", channel=Channel.EMAIL), "channel_without_content", "/channel"),
    (template("shipped", data={}), "missing_variable", "/data/order"),
    (template("empty"), "invalid_content", "/template/text"),
]
CONTENTS = [
    ({"data": {}}, "missing_variable", "/data/order"),
    (sms("Hi {{ person.name }}"), "missing_variable", "/data/person/name"),
    (sms("{% for x in y %}"), "forbidden_template", "/content/text"),
    (sms("{{ order "), "invalid_template", "/content/text"),
    (sms("  \n "), "invalid_content", "/content/text"),
    (sms("a" * 1601), "invalid_content", "/content/text"),
    (sms("a\x00b"), "invalid_content", "/content/text"),
    (sms("a\x1bb"), "invalid_content", "/content/text"),
    (sms("a\ud800b"), "invalid_content", "/content/text"),
    (email(subject="One\r\nBcc: eve@example.com"), "invalid_content", "/content/subject"),
    (email(subject="One\u2028Two"), "invalid_content", "/content/subject"),
    (email(subject="a" * 256), "invalid_content", "/content/subject"),
    (email(subject=" "), "invalid_content", "/content/subject"),
    (email(text="a" * 100_001), "invalid_content", "/content/text"),
    (email(html="a" * 200_001), "invalid_content", "/content/html"),
    (voice(text="a" * 3001), "invalid_content", "/content/text"),
    (voice(text="7" * 751), "invalid_content", "/content/text"),
    (
        voice(ssml="<speak>a" + "<break time='10s'/>" * 30 + "</speak>"),
        "invalid_content",
        "/content/ssml",
    ),
    (voice(ssml="<speak>Hello"), "invalid_content", "/content/ssml"),
    (voice(ssml="Hello"), "invalid_content", "/content/ssml"),
    (voice(ssml="<p>Hello</p>"), "invalid_content", "/content/ssml"),
    (voice(ssml="<?xml version='1.0'?><speak/>"), "invalid_content", "/content/ssml"),
    (
        voice(ssml='<!DOCTYPE x [<!ENTITY a "b">]><speak>&a;</speak>'),
        "invalid_content",
        "/content/ssml",
    ),
]


@pytest.fixture
def furnished(world):
    """Contacts and templates to be mistaken about."""
    world.contacts.add(make_contact("theirs", PHONE, tenant="other"))
    world.contacts.add(make_contact("mailed", EMAIL))
    for tenant, name, text in (
        (TENANT, "shipped", "Order {{ order }}"),
        (TENANT, "empty", " "),
        ("other", "theirs", "Hello"),
    ):
        contents = {Channel.SMS: make_content(text=text)}
        world.templates.put(make_template(contents, name, tenant=tenant), publish=True)
    return world


def refused(world, request, key=None):
    before = world.snapshot()
    with pytest.raises(Refusal) as refusal:
        accept(request, key or make_key(), world.intake)
    assert world.snapshot() == before
    return refusal.value


@pytest.mark.parametrize(("changes", "code", "pointer"), TIMES + RECIPIENTS + TEMPLATES + CONTENTS)
@pytest.mark.parametrize("idempotency_key", [None, "order-77"])
def test_a_bad_request_is_refused_at_its_place_and_nothing_is_written(
    furnished, changes, code, pointer, idempotency_key
):
    refusal = refused(furnished, make_request(idempotency_key=idempotency_key, **changes))
    assert (refusal.code, refusal.faults[0].pointer) == (code, pointer)
    assert refusal.detail


def test_a_purpose_that_the_key_may_not_use_is_refused(world):
    key = make_key(purposes=frozenset({Purpose.MARKETING}))
    refusal = refused(world, make_request(), key)
    assert (refusal.code, refusal.faults[0].pointer) == ("purpose_not_allowed", "/purpose")


def test_a_text_that_costs_more_than_is_allowed_is_refused(world):
    world.terms = replace(world.terms, caps=Caps(sms=Decimal("0.0139")))
    refusal = refused(world, make_request(data={"order": "A" * 160}))
    assert (refusal.code, refusal.faults[0].pointer) == ("price_over_cap", "/to")
    assert "0.01400" in refusal.detail
    assert "0.01390" in refusal.detail


def test_a_minute_that_costs_more_than_is_allowed_is_refused(world):
    world.terms = replace(world.terms, caps=Caps(voice_minute=Decimal("0.01")))
    refusal = refused(world, make_request(channel=Channel.VOICE))
    assert (refusal.code, refusal.faults[0].pointer) == ("price_over_cap", "/to")


def test_all_bodies_that_are_wrong_are_named(world):
    refusal = refused(world, make_request(**email(subject=" ", html="\x00")))
    assert [fault.pointer for fault in refusal.faults] == ["/content/subject", "/content/html"]


def test_variables_that_break_the_subject_are_refused(world):
    request = make_request(channel=Channel.EMAIL, data={"order": "7\r\nBcc: eve@example.com"})
    refusal = refused(world, request)
    assert refusal.faults[0].pointer == "/content/subject"
    assert "eve" not in str(refusal)


@pytest.mark.parametrize(
    "changes",
    [
        {"send_at": START + MOMENT},
        {"send_at": START + YEAR},
        {"expires_at": START + MOMENT},
        {"send_at": START + YEAR, "expires_at": START + 2 * YEAR},
        {"send_at": (START + MOMENT).astimezone(EAST)},
        sms("a" * 1600),
        sms("\n\r\tHello"),
        email(subject="a" * 255, text="a" * 100_000, html="a" * 200_000),
        voice(text="a" * 3000),
        voice(text="7" * 750),
        voice(ssml="<speak>Hello <break time='1s'/> you</speak>"),
    ],
)
def test_what_is_just_within_the_limits_is_accepted(world, changes):
    message = accept(make_request(**changes), make_key(), world.intake).message
    assert message in world.messages.kept.values()
    assert message.not_before.tzinfo is UTC
