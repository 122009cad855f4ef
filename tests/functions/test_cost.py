"""What a message costs in requests to AWS: counts, which a slow machine doesn't change."""

from collections import Counter
from contextlib import contextmanager

import pytest

from outbound.wiring import process

BODY = {
    "to": {"phone": "+14255550177"},
    "channel": "sms",
    "purpose": "transactional",
    "content": {"text": "Order {{ order }} has shipped."},
    "data": {"order": "A-77"},
}


@contextmanager
def counted(*services):
    """Count the requests that the functions make, by operation."""
    counts: Counter[str] = Counter()

    def count(model, **_):
        counts[model.name] += 1

    clients = [process.client(service) for service in services]
    for client in clients:
        client.meta.events.register("before-call", count)
    yield counts
    for client in clients:
        client.meta.events.unregister("before-call", count)


@pytest.fixture
def known(api, monkeypatch):
    """The contact and its key are known, the processes warm."""
    api.ask("POST", "/v1/messages", BODY)
    api.work_off("sms", monkeypatch)
    api.feed_back()
    api.receipts.clear()
    return api


def test_a_text_costs_the_requests_that_the_readme_says(known, monkeypatch):
    with counted("dynamodb", "sqs") as intake:
        headers = {"idempotency-key": "counted"}
        assert known.ask("POST", "/v1/messages", BODY, headers=headers).status == 202
    with counted("dynamodb") as deliver:
        known.work_off("sms", monkeypatch)
    with counted("dynamodb") as feedback:
        known.feed_back()
    print("intake", dict(intake), "deliver", dict(deliver), "feedback", dict(feedback))

    assert intake == {"BatchGetItem": 1, "PutItem": 2, "SendMessage": 1}
    assert deliver == {"UpdateItem": 2, "GetItem": 1, "BatchGetItem": 1, "PutItem": 1}
    assert feedback == {"UpdateItem": 1, "GetItem": 1}


TEMPLATE = {
    "purpose": "transactional",
    "channels": {"sms": {"text": "{{ amount|money('EUR') }} {{ contact.id }}"}},
    "locales": {"de": {"sms": {"text": "{{ amount|money('EUR') }}{% include 'cost-part' %}"}}},
}
PART = {"partial": True, "channels": {"sms": {"text": "."}}}


def test_a_stored_template_costs_one_get_and_nothing_when_it_leaves(known, monkeypatch):
    """Which version is published; the version, its parts and the tenant's settings are kept."""
    assert known.ask("PUT", "/v1/templates/cost-part", PART).status == 201
    assert known.ask("PUT", "/v1/templates/cost", TEMPLATE).status == 201
    body = {**BODY, "template": {"id": "cost", "locale": "de"}, "data": {"amount": 1}}
    del body["content"]
    known.ask("POST", "/v1/messages", body)
    known.work_off("sms", monkeypatch)
    with counted("dynamodb", "sqs") as intake:
        assert known.ask("POST", "/v1/messages", body).status == 202
    with counted("dynamodb") as deliver:
        known.work_off("sms", monkeypatch)
    print("intake", dict(intake), "deliver", dict(deliver))

    assert intake == {"BatchGetItem": 1, "GetItem": 1, "PutItem": 1, "SendMessage": 1}
    assert deliver == {"UpdateItem": 2, "GetItem": 1, "BatchGetItem": 1, "PutItem": 1}
