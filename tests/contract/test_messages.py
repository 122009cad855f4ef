"""Messages written, found and listed."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from outbound.domain.content import TemplateRef
from outbound.domain.ids import MessageRef
from outbound.domain.message import Decision, Entry, Provider, RouteRef, Status
from outbound.domain.price import CarrierFees, Price
from outbound.domain.sender import Sender
from outbound.domain.voices import VoiceChoice
from outbound.domain.words import Channel, Lane, Mode, OnUnconfirmed, Purpose, RouteMode
from outbound.ports import Page
from tests.builders import EMAIL, make_body, make_content, make_message, ref_of
from tests.contract.conftest import RETENTION
from tests.memory.clock import START

LEASE = timedelta(seconds=60)
MINUTE = timedelta(minutes=1)


def test_a_message_comes_back_as_it_was_written(messages):
    message = make_message(
        channel=Channel.EMAIL,
        address=EMAIL,
        lane=Lane.BULK,
        purpose=Purpose.MARKETING,
        topic="offers",
        mode=Mode.TEST,
        template=TemplateRef("offer", 12),
        status=Status.SCHEDULED,
        not_before=START + timedelta(days=3),
        on_unconfirmed=OnUnconfirmed.NEVER,
        decision=Decision("defer", "quiet", "a law", "asleep", START + MINUTE),
        decision_at_intake=Decision("send"),
        timeline=(Entry(Status.SCHEDULED, START, "why", "rule", "code"),),
        price=Price(Decimal("0.00010")),
        provider=Provider("ses", None),
        attempt=2,
        lease_until=START + LEASE,
    )
    assert messages.insert(message, make_body(Channel.EMAIL), due=None)
    assert messages.get(ref_of(message)) == message


def test_a_message_of_a_route_comes_back_with_all_of_it(messages):
    channels = (Channel.VOICE, Channel.SMS, Channel.EMAIL)
    route = RouteRef(f"rte_{'0' * 36}", RouteMode.FIRST, timedelta(minutes=5), channels)
    message = make_message(route=route)
    messages.insert(message, make_body(), due=START)
    assert messages.get(ref_of(message)) == message


def test_messages_are_written_together_or_not_at_all(messages):
    first, second, third = (make_message(cause) for cause in ("one", "two", "three"))
    long = make_body(data={"order": "A" * 500})
    assert messages.insert_together([(first, long, START), (second, make_body(), START)])
    assert messages.body(ref_of(first)) == long

    assert not messages.insert_together([(third, long, START), (second, make_body(), START)])

    assert messages.get(ref_of(third)) is None
    assert messages.get_many([ref_of(first), ref_of(second)]) == {
        ref_of(first): first,
        ref_of(second): second,
    }


def test_a_text_comes_back_with_its_parts(messages):
    message = make_message(sms=("GSM-7", 3), price=Price(Decimal("0.02700"), CarrierFees.INCLUDED))
    messages.insert(message, make_body(), due=START)
    assert messages.get(ref_of(message)) == message


@pytest.mark.parametrize("fees", list(CarrierFees))
def test_a_call_comes_back_with_its_voice_its_seconds_and_its_price(messages, fees):
    price = Price(Decimal("0.02600"), fees)
    content = replace(
        make_content(Channel.VOICE, ssml="<speak>Hello</speak>"),
        voice=VoiceChoice("JOANNA", "en-US"),
    )
    message = make_message(channel=Channel.VOICE, voice=("JOANNA", 61), price=price)
    messages.insert(message, make_body(content=content), due=START)
    assert messages.get(ref_of(message)) == message
    claimed = messages.claim(ref_of(message), now=START, lease=LEASE)
    assert claimed.message.voice == ("JOANNA", 61)
    assert claimed.body.content == content


def test_an_email_comes_back_with_its_sender(messages):
    message = make_message(channel=Channel.EMAIL, sender=Sender("news@clinic.test", "Ärzte, Wien"))
    messages.insert(message, make_body(Channel.EMAIL), due=START)
    assert messages.get(ref_of(message)) == message
    claimed = messages.claim(ref_of(message), now=START, lease=LEASE)
    assert claimed.message.sender == message.sender


def test_a_text_comes_back_with_the_number_that_it_is_from(messages):
    message = make_message(origination="+12065550143")
    messages.insert(message, make_body(), due=START)
    assert messages.get(ref_of(message)) == message


def test_a_message_is_inserted_once(messages):
    message = make_message()
    assert messages.insert(message, make_body(), due=None)
    other = replace(message, status=Status.CANCELLED, topic="other")
    assert not messages.insert(other, make_body(data={"order": "B"}), due=None)
    assert messages.get(ref_of(message)) == message
    assert messages.claim(ref_of(message), now=START, lease=LEASE).body == make_body()


def test_what_is_not_there_is_none(messages):
    ref = ref_of(make_message())
    assert messages.get(ref) is None
    assert messages.claim(ref, now=START, lease=LEASE) is None
    messages.mark(ref, "complained")
    assert messages.get(ref) is None


def test_another_tenant_finds_nothing(messages):
    message = make_message()
    messages.insert(message, make_body(), due=START)
    other = MessageRef("other", message.id)
    assert messages.get(other) is None
    assert messages.claim(other, now=START, lease=LEASE) is None
    assert messages.newest("other", message.contact_id, limit=9, after=None) == Page((), None)


def test_a_message_past_its_retention_is_absent(messages, clock):
    message = make_message()
    messages.insert(message, make_body(), due=None)
    clock.advance(RETENTION - timedelta(seconds=1))
    assert messages.get(ref_of(message)) == message
    clock.advance(timedelta(seconds=1))
    assert messages.get(ref_of(message)) is None
    assert not messages.newest(message.tenant, message.contact_id, limit=9, after=None).messages


@pytest.mark.parametrize("limit", [1, 2, 3, 7, 8, 100])
def test_the_newest_come_first_page_by_page(messages, limit):
    written = [make_message(f"{n}", created_at=START + n * MINUTE) for n in range(7)]
    for message in [*written, make_message(contact_id="con_bob")]:
        messages.insert(message, make_body(), due=None)
    found: list[Any] = []
    after, pages = None, 0
    while pages == 0 or after is not None:
        page = messages.newest("acme", "con_ada", limit=limit, after=after)
        assert len(page.messages) <= limit
        found, after, pages = [*found, *page.messages], page.after, pages + 1
    assert found == written[::-1]
    assert pages <= 7 // limit + 1


LONG = "ß" * 90_000
BODIES = [
    make_body(),
    make_body(data={}),
    make_body(content=make_content(text=LONG), data={"name": "€" * 9000}),
    make_body(data={"text": "x" * 340}),
    make_body(data={"text": "x" * 400, "quote": "\"'\\\n\t\u2028 \U0001f600"}),
]


@pytest.mark.parametrize("body", BODIES, ids=["short", "empty", "long", "inline", "apart"])
def test_a_body_of_any_length_survives(messages, body):
    message = make_message()
    messages.insert(message, body, due=START)
    assert messages.get(ref_of(message)) == message
    assert messages.claim(ref_of(message), now=START, lease=LEASE).body == body


def test_a_body_pinned_to_a_template_survives(messages):
    message = make_message(template=TemplateRef("shipped", 3))
    body = make_body(content=None, template=TemplateRef("shipped", 3))
    messages.insert(message, body, due=START)
    assert messages.claim(ref_of(message), now=START, lease=LEASE).body == body


def test_numbers_of_the_data_come_back_exactly(messages):
    numbers = [0, -1, 10**25, 0.1, 1e-300, 1.7976931348623157e308, 1.0, -0.0, True, None]
    message = make_message()
    messages.insert(message, make_body(data={"numbers": numbers}), due=START)
    claimed = messages.claim(ref_of(message), now=START, lease=LEASE)
    assert json.dumps(claimed.body.data["numbers"]) == json.dumps(numbers)


def test_marks_are_added_once(messages):
    message = make_message()
    messages.insert(message, make_body(), due=None)
    for mark in ("complained", "opened", "complained"):
        messages.mark(ref_of(message), mark)
    assert messages.get(ref_of(message)).marks == {"complained", "opened"}
