"""What a message costs in requests to AWS: counts, which a slow machine doesn't change."""

from collections import Counter
from contextlib import contextmanager

import pytest

from outbound import wiring

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

    clients = [wiring.client(service) for service in services]
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
