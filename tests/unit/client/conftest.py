"""An API that answers from a script, and a client that talks to it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest

from outbound_client import OutboundClient

MESSAGE = {
    "id": "msg_1",
    "status": "accepted",
    "channel": "sms",
    "purpose": "transactional",
    "to": {"contact_id": "con_1", "masked": "+1415•••0123"},
    "template": None,
    "decision": {
        "verdict": "send",
        "rule": None,
        "source": None,
        "reason": None,
        "until": None,
    },
    "sms": {"encoding": "GSM-7", "parts": 1},
    "price": {"amount": "0.00900", "currency": "USD", "estimated": True},
    "created_at": "2026-11-23T16:40:00.123Z",
}
KEY = {
    "id": "key_1",
    "name": "shop",
    "mode": "live",
    "tenant": "acme",
    "scopes": ["messages:write"],
    "purposes": ["transactional"],
    "created_at": "2026-11-23T16:40:00.123Z",
    "expires_at": None,
    "revoked_at": None,
}
TEMPLATE = {
    "id": "shipped",
    "version": 2,
    "purpose": "transactional",
    "channels": {"sms": {"text": "Order {{ order }} has shipped."}},
    "created_at": "2026-11-23T16:40:00.123Z",
}
MEDIA = {
    "id": "med_1",
    "state": "waiting",
    "reason": None,
    "name": "menu.pdf",
    "type": "application/pdf",
    "size": 18,
    "sha256": None,
    "created_at": "2026-11-23T16:40:00.123Z",
    "expires_at": "2026-12-23T16:40:00.123Z",
}
UPLOAD = {
    "url": "https://media-bucket.example.com/",
    "fields": {"key": "incoming/acme/1", "policy": "cG9saWN5"},
    "expires_at": "2026-11-23T16:55:00.123Z",
}
PROBLEM = {
    "type": "/problems/missing_variable",
    "title": "A template variable has no value",
    "status": 422,
    "code": "missing_variable",
    "detail": "order has no value for +14155550123",
    "request_id": "req_1",
    "errors": [
        {"pointer": "/data/order", "code": "missing_variable", "message": "give order a value"}
    ],
}


@dataclass
class Api:
    """Gives one scripted answer after the other and keeps what it was asked."""

    answers: list[httpx.Response | BaseException] = field(default_factory=list)
    asked: list[httpx.Request] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)

    def answer(self, status: int, document: Any, **headers: str) -> None:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.answers.append(httpx.Response(status, json=document, headers=named))

    def answer_text(self, status: int, text: str) -> None:
        self.answers.append(httpx.Response(status, text=text))

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request)
        answer = self.answers.pop(0)
        if isinstance(answer, BaseException):
            raise answer
        return answer

    def body(self, number: int = -1) -> Any:
        return json.loads(self.asked[number].content)


@pytest.fixture
def api() -> Api:
    return Api()


@pytest.fixture
def client(api: Api):
    with OutboundClient(
        "https://api.example.com/stage",
        "ob_test_secret",
        transport=httpx.MockTransport(api),
        sleep=api.waits.append,
        clock=lambda: sum(api.waits),
    ) as client:
        yield client


@pytest.fixture
def send(client: OutboundClient):
    def send(**changes: Any):
        asked = {
            "to": {"phone": "+14155550123"},
            "channel": "sms",
            "purpose": "transactional",
            "content": {"text": "Your order has shipped."},
        }
        return client.send_message(**(asked | changes))

    return send
