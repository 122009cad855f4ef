"""STOP by text in the deployed product, after a thousand messages were queued."""

import json
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import boto3
import httpx
import pytest

from infra.local.running import LocalRun
from outbound.adapters.clock import SystemClock
from outbound.adapters.dynamodb.messages import DynamoMessages
from outbound.adapters.dynamodb.table import Table
from outbound.adapters.sqs import SqsQueue
from outbound.domain import ids
from outbound.domain.address import Address
from outbound.domain.ids import MessageRef
from outbound.domain.instant import to_milliseconds
from outbound.domain.words import Channel, Lane, OnUnconfirmed, Purpose
from tests.builders import make_body, make_content, make_message, ref_of
from tests.e2e.deployed import eventually, outbox

TENANT, ADA, NUMBER = "demo", "ada", "+14255550190"
MANY = 1_000
OFFER, ALARM = "An offer that was queued.", "Flood warning: leave now."


@dataclass
class Backlog:
    """What campaigns and alerts would write and queue, by the product's own adapters."""

    messages: DynamoMessages
    queue: SqsQueue
    secret: bytes

    def fill(self, count: int, purpose: Purpose, lane: Lane, text: str) -> list[MessageRef]:
        now = to_milliseconds(datetime.now(UTC))
        contact = ids.contact_key(self.secret, TENANT, ADA)
        made = [
            make_message(
                text,
                id=ids.message_id(contact, now, TENANT, "live", f"{text} {number}"),
                tenant=TENANT,
                contact_id=ADA,
                address=Address("phone", NUMBER),
                purpose=purpose,
                lane=lane,
                created_at=now,
                on_unconfirmed=OnUnconfirmed.NEVER,
            )
            for number in range(count)
        ]
        body = make_body(content=make_content(text=text))
        self.messages.insert_new([(message, body, now + timedelta(minutes=30)) for message in made])
        refs = [ref_of(message) for message in made]
        self.queue.send(Channel.SMS, lane, refs)
        return refs

    def statuses(self, refs: list[MessageRef]) -> Counter[str]:
        found = self.messages.get_many(refs)
        return Counter(str(message.status) for message in found.values())


@pytest.fixture
def backlog(run: LocalRun) -> Backlog:
    def aws(service: str) -> Any:
        return boto3.client(
            service,  # type: ignore[call-overload]
            endpoint_url=run.aws["endpoints"]["default"],
            region_name=run.aws["region"],
            **run.aws["credentials"],
        )

    [variables] = [
        function["Environment"]["Variables"]
        for function in aws("lambda").list_functions()["Functions"]
        if function["Handler"] == "functions.intake.handler.handler"
    ]
    secret = aws("secretsmanager").get_secret_value(SecretId=variables["OUTBOUND_SECRET_ARN"])
    digest = secret["SecretString"].encode()
    table = Table(aws("dynamodb"), variables["OUTBOUND_MESSAGES_TABLE"])
    messages = DynamoMessages(table, digest, timedelta(days=1), SystemClock())
    return Backlog(messages, SqsQueue(aws("sqs"), json.loads(variables["OUTBOUND_QUEUES"])), digest)


@pytest.fixture
def api(run: LocalRun) -> Iterator[httpx.Client]:
    headers = {"Authorization": f"Bearer {run.api_key}"}
    with httpx.Client(base_url=run.url, headers=headers, timeout=30) as client:
        yield client


@pytest.fixture
def reply(run: LocalRun) -> Callable[[str], dict[str, Any]]:
    """Answers the newest text that the person got."""

    def reply(text: str) -> dict[str, Any]:
        newest = to_ada(run)[0]["provider_id"]
        answer = httpx.post(f"{run.outbox_url}/{newest}/reply", json={"text": text})
        assert answer.status_code == 202, answer.text
        told: dict[str, Any] = answer.json()
        assert (told["answered_by"], told["problem"]) == (None, None)
        assert told["topic"] is not None
        return told

    return reply


def to_ada(run: LocalRun) -> list[dict[str, Any]]:
    return [item for item in outbox(run) if item["to"] == NUMBER]


def saying(run: LocalRun, words: str) -> list[dict[str, Any]]:
    return [item for item in to_ada(run) if words in item["text"]]


def stopped(api: httpx.Client) -> bool:
    asked = {
        "at": datetime.now(UTC).isoformat(),
        "channel": "sms",
        "purpose": "informational",
        "contact_ids": [ADA],
    }
    [item] = api.post("/v1/decisions", json=asked).raise_for_status().json()["items"]
    return str(item["decision"]["reason"]) == "suppressed_opted_out"


def stop_takes(api: httpx.Client, reply: Callable[[str], dict[str, Any]]) -> float:
    """Say STOP, and the seconds until nothing more may be sent."""
    said = time.monotonic()
    reply("Stop!")
    while not stopped(api):
        assert time.monotonic() - said < 60
        time.sleep(0.05)
    return time.monotonic() - said


def test_a_stop_after_a_thousand_were_queued(run, client, api, backlog, reply, capsys):
    now = datetime.now(UTC).isoformat()
    consent = {
        "status": "granted",
        "level": "express_written",
        "source": "form",
        "at": now,
        "wording": "Yes, send me offers by text.",
        "proof": "form-1",
    }
    api.put(
        f"/v1/contacts/{ADA}",
        json={"phone": NUMBER, "region": "US-WA", "consents": {"sms": {"marketing": consent}}},
    ).raise_for_status()
    client.send_message(
        to={"contact_id": ADA},
        channel="sms",
        purpose="transactional",
        content={"text": "Your order has shipped."},
    )
    assert eventually(lambda: bool(saying(run, "shipped")), 120)
    idle = stop_takes(api, reply)
    # The emulator's SNS tells whole seconds, and of two texts in one second the STOP counts.
    later = int(time.time()) + 1
    assert eventually(lambda: time.time() >= later, 5)
    reply("START")
    assert eventually(lambda: not stopped(api), 120)
    assert eventually(lambda: bool(saying(run, "opted in again")), 120)
    offers = backlog.fill(MANY, Purpose.MARKETING, Lane.BULK, OFFER)

    said = time.monotonic()
    took, effect = stop_takes(api, reply), datetime.now(UTC)
    alert = backlog.fill(1, Purpose.EMERGENCY, Lane.CRITICAL, ALARM)

    assert eventually(lambda: len(saying(run, "opted out")) == 2, 120)
    answered = time.monotonic() - said
    assert eventually(lambda: bool(saying(run, ALARM)), 120)
    worked_off = {"blocked", "deferred", "sent", "delivered"}
    assert eventually(lambda: set(backlog.statuses(offers)) <= worked_off, 420)
    statuses = backlog.statuses(offers)
    with capsys.disabled():
        print()
        print(f"from STOP to its effect, nothing being queued (and a cold start): {idle:.2f} s")
        print(f"from STOP to its effect beside {MANY:,} offers: {took:.2f} s")
        print(f"from STOP to its answer beside them: {answered:.1f} s")
        print(f"what became of the offers: {dict(statuses)}")
    late = [
        item
        for item in saying(run, OFFER)
        if datetime.fromisoformat(item["at"]) > effect + timedelta(seconds=1)
    ]
    assert late == []
    assert len(saying(run, "opted out")) == 2
    assert set(backlog.statuses(alert)) <= {"sent", "delivered"}
    assert statuses["blocked"] > 0

    consents = api.get(f"/v1/contacts/{ADA}").json()["consents"]
    assert [each["status"] for each in consents["sms"]["marketing"]] == ["revoked"]
