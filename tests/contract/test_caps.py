"""Frequency caps over the stores: however many workers ask at once, no slot is taken twice."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor

import pytest

from outbound.adapters.jurisdictions import rulebook
from outbound.adapters.jurisdictions.overlay import overlay_of
from outbound.domain.consent import Consent, ConsentStatus, Level
from outbound.domain.ids import address_key
from outbound.domain.words import Channel, Purpose
from outbound.flow.asking import Gate, ask, give_back
from tests.builders import PHONE, TENANT, make_contact, make_message
from tests.memory.clock import START
from tests.memory.world import SECRET

CAP = {
    "kind": "cap",
    "rule": "acme.weekly",
    "source": "our policy",
    "verified": "statute",
    "channels": ["sms"],
    "purposes": ["marketing"],
    "limit": 1,
    "within": "P7D",
}
YES = Consent(
    channel=Channel.SMS,
    purpose=Purpose.MARKETING,
    topic=None,
    status=ConsentStatus.GRANTED,
    level=Level.EXPRESS_WRITTEN,
    source="form",
    at=START,
    covers=frozenset({address_key(SECRET, TENANT, PHONE.value)}),
)


@pytest.fixture
def gate(contacts):
    """Of somebody in London, where it is afternoon, who may get one offer in a week."""
    contacts.create_many([make_contact("con_ada", PHONE, region="GB", consents=(YES,))])
    book = rulebook(overlay_of(json.dumps({"rules": [CAP]})))
    return Gate(contacts, book, SECRET)


def offer(number):
    return make_message(
        f"offer {number}", contact_id="con_ada", purpose=Purpose.MARKETING, created_at=START
    )


def test_of_fifty_workers_at_once_exactly_one_passes(gate):
    messages = [offer(number) for number in range(50)]
    with ThreadPoolExecutor(50) as pool:
        decisions = list(pool.map(lambda each: ask(each, START, gate), messages))
    assert [each.verdict for each in decisions].count("send") == 1
    assert {each.rule for each in decisions if each.verdict != "send"} == {"acme.weekly"}


def test_a_slot_that_is_given_back_is_taken_by_exactly_one_of_the_others(gate):
    first, *others = (offer(number) for number in range(20))
    assert ask(first, START, gate).verdict == "send"
    give_back(first, gate)
    with ThreadPoolExecutor(20) as pool:
        decisions = list(pool.map(lambda each: ask(each, START, gate), others))
    assert [each.verdict for each in decisions].count("send") == 1
