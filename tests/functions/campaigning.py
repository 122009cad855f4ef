"""Campaigns as the functions meet them: who they are for, and the work that is queued."""

from __future__ import annotations

from hashlib import md5
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import boto3

from functions.deliver.handler import handler as deliver
from functions.expand.handler import handler as expand
from outbound.wiring import catalog, process, stores
from outbound.wiring import deliver as wiring
from tests.aws import QUEUE_ARN, items
from tests.functions.conftest import CONTEXT

if TYPE_CHECKING:
    from outbound.domain.run import Chunk

NAMES = ("ada", "bob", "eve")
ACME = {"name": "Acme", "postal_address": "12 Green Street, Portland, OR 97201"}
OFFER = {
    "purpose": "marketing",
    "channels": {
        "email": {
            "subject": "For {{ contact.attributes.name }} & you",
            "text": "Hello {{ contact.attributes.name }}: {{ offer }}. {{ links.unsubscribe }}"
            " {{ organisation.postal_address }}",
        },
        "sms": {"text": "Acme: {{ contact.attributes.name }}, {{ offer }}. STOP to end"},
    },
}
YES = {
    "status": "granted",
    "level": "express_written",
    "source": "form",
    "wording": "Send me offers.",
    "proof": "form 12",
}
WANTED = {
    "name": "Spring",
    "channel": "email",
    "purpose": "marketing",
    "topic": "offers",
    "template": {"id": "offer"},
    "audience": {"contact_ids": [*NAMES, "nobody"]},
    "data": {"offer": "20 %"},
}
SLOW: Any = SimpleNamespace(
    aws_request_id="request-1", get_remaining_time_in_millis=lambda: 100_000
)


def furnish(api):
    """Make who campaigns are for, and what they say."""
    assert api.ask("PUT", "/v1/settings", ACME).status == 200
    made = api.ask("PUT", "/v1/templates/offer", OFFER)
    assert made.status == 201, made.body
    for number, name in enumerate(NAMES):
        contact = {
            "email": f"{name}@example.com",
            "phone": f"+3361234567{number}",
            "region": "FR",
            "timezone": "Europe/Paris",
            "attributes": {"name": name.title()},
            "consents": {"email": {"marketing": YES}, "sms": {"marketing": YES}},
        }
        saved = api.ask("PUT", f"/v1/contacts/{name}", contact)
        assert saved.status in (200, 201), saved.body


def forget():
    """Let the function of another channel be met."""
    for built in (
        process.settings,
        wiring.deliver,
        wiring.bulk,
        catalog.campaigns,
        catalog.stops,
    ):
        built.cache_clear()


def records(url):
    found = boto3.client("sqs").receive_message(QueueUrl=url, MaxNumberOfMessages=10)
    messages = found.get("Messages", [])
    for message in messages:
        boto3.client("sqs").delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
    return [
        {"messageId": each["MessageId"], "body": each["Body"], "eventSourceARN": QUEUE_ARN}
        for each in messages
    ]


def work_off(api, channel="email"):
    """Bring all tasks and chunks that are queued to their functions."""
    rounds = 0
    while rounds < 10:
        tasks = records(api.account.expand_queue)
        chunks = records(api.account.queues[f"{channel}.bulk"])
        if not tasks and not chunks:
            return
        for each in tasks:
            assert expand({"Records": [each]}, SLOW) == {"batchItemFailures": []}
        if chunks:
            assert deliver({"Records": chunks}, CONTEXT) == {"batchItemFailures": []}
        rounds += 1


def stream(before: dict[str, Any]) -> dict[str, Any]:
    """What the table's stream brings of all that has changed."""
    changed = []
    for item in items(boto3.client("dynamodb"), "messages"):
        place = item["pk"]["S"] + item["sk"]["S"]
        old = before.get(place)
        if "campaign" in item and old != item:
            images = {"NewImage": item, **({"OldImage": old} if old else {})}
            record = {"eventID": md5(f"{item}".encode()).hexdigest(), "dynamodb": images}
            changed.append(record)
        before[place] = item
    return {"Records": changed}


def all_chunks() -> list[Chunk]:
    """The chunks of the newest campaign's run."""
    newest = max(catalog.campaigns().attended())
    return [chunk for run in stores.runs().of(*newest) for chunk in stores.runs().chunks(run.ref)]


def create(api, **changes):
    answer = api.ask("POST", "/v1/campaigns", {**WANTED, **changes})
    assert answer.status == 201, answer.body
    return answer.body["id"]
