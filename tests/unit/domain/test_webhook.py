"""Signatures that the library of Standard Webhooks verifies, secrets that overlap, delays."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from standardwebhooks.webhooks import Webhook as Verifier
from standardwebhooks.webhooks import WebhookVerificationError

from outbound.domain.webhook import (
    DELAYS,
    LONGEST_BLOCK,
    Secret,
    again,
    block,
    current,
    headers_of,
    rotated,
    secret_of,
)
from tests.builders import make_delivery, make_webhook
from tests.memory.clock import START

DAY = timedelta(days=1)
OTHER = secret_of(b"another secret, of 32 characters")


def verify(webhook, secret, now=None):
    delivery = make_delivery()
    headers = headers_of(webhook, delivery, now or datetime.now(UTC))
    return Verifier(secret).verify(delivery.body, dict(headers))


def test_the_librarys_own_verifier_takes_what_is_signed():
    webhook = make_webhook()

    assert verify(webhook, webhook.secrets[0].value) == {"type": "message.sent"}
    with pytest.raises(WebhookVerificationError):
        verify(webhook, OTHER)
    with pytest.raises(WebhookVerificationError):
        verify(webhook, webhook.secrets[0].value, datetime.now(UTC) - timedelta(minutes=10))


def test_while_secrets_overlap_each_verifies():
    now = datetime.now(UTC)
    webhook = make_webhook()
    old = webhook.secrets[0].value
    changed = replace(webhook, secrets=rotated(webhook, OTHER, now + DAY, now))

    assert verify(changed, OTHER, now) == verify(changed, old, now)
    assert [each.value for each in current(changed, now + DAY)] == [OTHER]


def test_a_rotation_never_makes_an_older_secret_last_longer():
    webhook = make_webhook(secrets=(Secret("b"), Secret("a", START + timedelta(hours=1))))

    assert rotated(webhook, "c", START + DAY, START) == (
        Secret("c"),
        Secret("b", START + DAY),
        Secret("a", START + timedelta(hours=1)),
    )


def test_each_failure_waits_longer_and_as_long_as_was_asked_for():
    delivery, waits = make_delivery(), []
    for _ in range(len(DELAYS) + 2):
        delivery = again(delivery, START)
        waits.append(delivery.not_before - START)

    assert waits == [*DELAYS, DELAYS[-1], DELAYS[-1]]
    asked = again(make_delivery(), START, at_least=timedelta(minutes=10))
    assert asked.not_before == START + timedelta(minutes=10)
    far = again(make_delivery(), START, at_least=timedelta(days=300))
    assert far.not_before == START + LONGEST_BLOCK


def test_what_fails_for_long_is_tried_less_often():
    assert block(START, START) == START
    hour = START + timedelta(hours=1)
    assert block(START, hour) == hour + timedelta(minutes=15)
    later = START + timedelta(days=2)
    assert block(START, later) == later + LONGEST_BLOCK
