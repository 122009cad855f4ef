"""What End User Messaging publishes of a text is read, and nothing else is."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outbound.adapters.two_way import StrangeText, read_numbers, read_text
from outbound.domain.address import Address
from outbound.domain.inbound import InboundText
from outbound.domain.instant import rfc3339
from outbound.domain.two_way import NumberType, TwoWayNumber
from tests.aws import INBOUND_TOPIC
from tests.memory.clock import START
from tests.texts import PAYLOAD, envelope, payload

NOW = START + timedelta(seconds=1)


def read(body, topic=INBOUND_TOPIC):
    return read_text(body if isinstance(body, str) else json.dumps(body), topic, NOW)


def published(message, **changes):
    return envelope(message, **{"Timestamp": rfc3339(START), **changes})


def test_the_documented_payload_is_read():
    assert read(published(PAYLOAD)) == InboundText(
        id="cae173d2-66b9-564c-8309-21f858e9fb84",
        sender=Address("phone", "+14155550123"),
        to="+12065550143",
        body="STOP",
        at=START,
    )


@pytest.mark.parametrize("left_out", ["messageKeyword", "previousPublishedMessageId"])
def test_a_text_that_answers_nothing_is_read(left_out):
    assert read(published(payload(**{left_out: None}))) is not None


def test_a_text_to_a_short_code_and_one_without_words_are_read():
    text = read(published(payload(destinationNumber="12345", messageBody="")))
    assert text is not None
    assert (text.to, text.body) == ("12345", "")


def test_that_the_topic_is_tried_is_no_text():
    tried = "Successfully validated SNS topic for Amazon End User Messaging event publishing."
    assert read(published(tried)) is None


@pytest.mark.parametrize(
    ("body", "part"),
    [
        ("", "envelope"),
        ("{", "envelope"),
        ("[]", "envelope"),
        ("null", "envelope"),
        ("[" * 100_000, "envelope"),
        (json.dumps(PAYLOAD), "topic"),
        (published(PAYLOAD, TopicArn="arn:aws:sns:us-east-1:999999999999:inbound"), "topic"),
        (published(PAYLOAD, Type="SubscriptionConfirmation"), "topic"),
        (published("STOP"), "payload"),
        (published(json.dumps(PAYLOAD)[:-20]), "payload"),
        (published('["STOP"]'), "payload"),
        (published(PAYLOAD, Message=17), "Message"),
        (published(PAYLOAD, Timestamp=None), "Timestamp"),
        (published(PAYLOAD, Timestamp="yesterday"), "Timestamp"),
        (published(PAYLOAD, Timestamp="2026-11-23T16:40:00"), "Timestamp"),
        (published(PAYLOAD, Timestamp="2027-11-23T16:40:00Z"), "Timestamp"),
        (published(payload(messageBody=None)), "messageBody"),
        (published(payload(messageBody=["STOP"])), "messageBody"),
        (published(payload(messageBody="x" * 10_001)), "messageBody"),
        (published(payload(inboundMessageId=None)), "inboundMessageId"),
        (published(payload(inboundMessageId="")), "inboundMessageId"),
        (published(payload(inboundMessageId="a\nb")), "inboundMessageId"),
        (published(payload(originationNumber=None)), "originationNumber"),
        (published(payload(originationNumber="14155550123")), "originationNumber"),
        (published(payload(originationNumber="Acme")), "originationNumber"),
        (published(payload(originationNumber="+1415555012312345")), "originationNumber"),
        (published(payload(destinationNumber=None)), "destinationNumber"),
        (published(payload(destinationNumber={"a": 1})), "destinationNumber"),
    ],
)
def test_what_is_strange_is_refused_by_the_name_of_its_part(body, part):
    with pytest.raises(StrangeText) as refused:
        read(body)
    assert str(refused.value) == part


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(list(PAYLOAD)), inner),
    )
)
def test_whatever_is_published_it_is_a_text_or_strange(value):
    try:
        text = read(published(json.dumps(value)))
    except StrangeText:
        return
    assert isinstance(text, InboundText)


def test_numbers_are_read_as_the_deployment_tells_them():
    of = {"type": "toll_free", "self_managed": False, "tenant": "clinic", "emergency": True}
    numbers = read_numbers(json.dumps({"+12065550143": of}))
    assert numbers.number("+12065550143") == TwoWayNumber(
        "+12065550143", "clinic", NumberType.TOLL_FREE, self_managed=False, emergency=True
    )
    assert read_numbers("{}").number("+12065550143").tenant is None
