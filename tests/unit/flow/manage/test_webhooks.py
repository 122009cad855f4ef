"""Webhooks are made, changed, rotated and removed, with secrets that are shown once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from outbound.domain.errors import Refusal
from outbound.domain.webhook import MOST_SECRETS, MOST_WEBHOOKS, Ended
from outbound.flow.manage.webhooks import WebhookKeeping, find, put, remove, rotate, send_test
from tests.builders import TENANT, make_key
from tests.memory.clock import START, MemoryClock, MemoryTokens
from tests.memory.webhooks import MemoryWebhookQueue, MemoryWebhooks

URL = "https://shop.example.com/outbound"
TYPES = ("message.sent",)
KEY = make_key()
DAY = timedelta(days=1)


@pytest.fixture
def ports() -> WebhookKeeping:
    clock = MemoryClock()
    queue = MemoryWebhookQueue(clock)
    return WebhookKeeping(clock, MemoryTokens(), MemoryWebhooks(), queue, lambda event: event.id)


def refusal(call, *arguments):
    with pytest.raises(Refusal) as caught:
        call(*arguments)
    return caught.value.code


def test_a_secret_is_shown_where_it_is_new_and_stays_when_the_rest_changes(ports):
    made = put("shop", URL, TYPES, KEY, ports)
    changed = put("shop", f"{URL}/2", ("message.failed",), KEY, ports)

    assert made.secret == made.webhook.secrets[0].value
    assert changed.secret is None
    assert changed.webhook.secrets == made.webhook.secrets
    assert find("shop", KEY, ports.webhooks).url == f"{URL}/2"


def test_one_that_was_disabled_begins_anew_when_it_is_put(ports):
    made = put("shop", URL, TYPES, KEY, ports).webhook
    ports.webhooks.failed(made, START, START + DAY, "timeout")
    ports.webhooks.end(replace(made, failing_since=START), START, Ended.FAILING)
    rotated = rotate("shop", DAY, KEY, ports).webhook
    assert rotated.ended is Ended.FAILING
    assert find("shop", KEY, ports.webhooks).ended is Ended.FAILING

    put("shop", URL, TYPES, KEY, ports)
    again = find("shop", KEY, ports.webhooks)
    assert (again.ended, again.failing_since, again.blocked_until) == (None, None, None)


def test_rotations_overlap_and_are_bounded(ports):
    put("shop", URL, TYPES, KEY, ports)
    secrets = [rotate("shop", DAY, KEY, ports).secret for _ in range(MOST_SECRETS - 1)]

    assert len(set(secrets)) == MOST_SECRETS - 1
    assert refusal(rotate, "shop", DAY, KEY, ports) == "too_many_secrets"
    assert isinstance(ports.clock, MemoryClock)
    ports.clock.advance(DAY)
    assert rotate("shop", DAY, KEY, ports).secret is not None
    assert len(find("shop", KEY, ports.webhooks).secrets) == 2


def test_there_are_no_more_than_a_few(ports):
    for number in range(MOST_WEBHOOKS):
        put(f"w{number}", URL, TYPES, KEY, ports)

    assert refusal(put, "another", URL, TYPES, KEY, ports) == "too_many_webhooks"
    put("w0", f"{URL}/2", TYPES, KEY, ports)
    remove("w1", KEY, ports.webhooks)
    put("another", URL, TYPES, KEY, ports)


def test_nobody_reaches_those_of_another_tenant(ports):
    put("shop", URL, TYPES, KEY, ports)
    other = make_key(tenant="clinic")

    assert refusal(find, "shop", other, ports.webhooks) == "unknown_webhook"
    assert refusal(rotate, "shop", DAY, other, ports) == "unknown_webhook"
    assert refusal(send_test, "shop", other, ports) == "unknown_webhook"
    assert refusal(remove, "shop", other, ports.webhooks) == "unknown_webhook"
    assert ports.webhooks.all(TENANT) != ()
