from __future__ import annotations

from datetime import timedelta

import pytest

from outbound.domain.consent import TRACKING, Consent, ConsentStatus, Level, revoked
from outbound.domain.tracking import tracked
from outbound.domain.words import Channel, Purpose
from tests.memory.clock import START

KEY = "address-key"
HOUR = timedelta(hours=1)


def consent(topic=TRACKING, status=ConsentStatus.GRANTED, **changes):
    values = {
        "channel": Channel.SMS,
        "purpose": Purpose.MARKETING,
        "topic": topic,
        "status": status,
        "level": Level.EXPRESS,
        "source": "web form",
        "at": START,
        "covers": frozenset({KEY}),
    }
    return Consent(**values | changes)


def noted(*consents, channel=Channel.SMS, purpose=Purpose.MARKETING):
    return tracked(consents, channel, purpose, address_key=KEY, now=START + HOUR)


def test_a_click_is_noted_with_a_yes_to_that():
    assert noted(consent())


@pytest.mark.parametrize(
    "consents",
    [
        (),
        (consent(topic=None),),
        (consent(topic="offers"),),
        (consent(status=ConsentStatus.PENDING),),
        (consent(status=ConsentStatus.REVOKED),),
        (consent(channel=Channel.EMAIL),),
        (consent(purpose=Purpose.INFORMATIONAL),),
        (consent(covers=frozenset({"another"})),),
        (consent(expires_at=START + HOUR),),
        (consent(), consent(topic=None, status=ConsentStatus.REVOKED, at=START + HOUR)),
    ],
)
def test_it_is_not_noted_without(consents):
    assert not noted(*consents)


def test_clicks_on_messages_of_health_are_never_noted():
    yes = consent(purpose=Purpose.HEALTHCARE)
    assert not noted(yes, purpose=Purpose.HEALTHCARE)


def test_a_no_to_being_watched_stops_no_message():
    no = consent(status=ConsentStatus.REVOKED)
    for topic in (None, "offers"):
        assert revoked([no], Channel.SMS, Purpose.MARKETING, topic) is None
    assert revoked([no], Channel.SMS, Purpose.MARKETING, TRACKING) == no
