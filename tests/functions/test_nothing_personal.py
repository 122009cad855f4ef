"""No address, name or word of a person is logged, counted or thrown, whatever goes well or wrong.

All tests of functions are watched for it (`conftest.watch`). Here every function is given somebody
whose name, addresses and words nothing else has, also while what it calls fails and says them.
"""

from __future__ import annotations

import json
import traceback
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlencode

import boto3
import pytest
from botocore.exceptions import ClientError

from functions.deliver.handler import handler as deliver
from functions.expand.handler import handler as expand
from functions.feedback.handler import handler as feedback
from functions.inbound.handler import handler as inbound
from functions.intake.handler import handler as intake
from functions.manage.handler import handler as manage
from functions.pages.handler import handler as pages
from functions.rules.handler import handler as rules
from functions.schedule.handler import handler as schedule
from functions.upkeep.handler import handler as upkeep
from infra.local.carrier import Answer, Rule
from outbound.adapters.api.contract.event_rules import EVENT
from outbound.adapters.log import Failed
from outbound.wiring import process
from tests.aws import PAGES, QUEUE_ARN, forget
from tests.functions.conftest import event
from tests.texts import envelope, payload, queue_event
from tests.watch import EMAIL, MARKS, PHONE

SAID = f"{EMAIL} {PHONE} Philippa persimmon"
CONTEXT: Any = SimpleNamespace(
    aws_request_id="request-1", get_remaining_time_in_millis=lambda: 100_000
)
LONG_AGO = "2024-01-01T00:00:00Z"
YES = {
    "status": "granted",
    "level": "express_written",
    "source": "form",
    "wording": "Philippa wants persimmon",
    "proof": SAID,
}
PHILIPPA = {
    "email": EMAIL,
    "phone": PHONE,
    "region": "US-WA",
    "attributes": {"name": "Philippa", "likes": "persimmon"},
    "consents": {"email": {"marketing": YES}, "sms": {"marketing": YES}},
}
CONTENTS = {
    "sms": {"text": "{{ name }}: persimmon"},
    "email": {"subject": "{{ name }}", "text": "persimmon {{ links.preferences }}"},
    "voice": {"text": "{{ name }} persimmon"},
}


RULE = {
    "pattern": {"source": ["com.example.shop"]},
    "contact": {"phone": "$.detail.phone"},
    "channel": "sms",
    "purpose": "transactional",
    "template": {"id": "shipped"},
    "data": {"name": "$.detail.name"},
}


def message(channel="sms", **changes):
    to = {"email": EMAIL} if channel == "email" else {"phone": PHONE}
    body = {"to": to, "channel": channel, "purpose": "transactional"}
    return body | {"content": CONTENTS[channel], "data": {"name": "Philippa"}} | changes


def records(*bodies):
    return {
        "Records": [
            {"messageId": str(number), "body": body, "eventSourceARN": QUEUE_ARN}
            for number, body in enumerate(bodies)
        ]
    }


@pytest.fixture(scope="module")
def asked(api):
    """Events for every function, each with all of the marks that it can hold."""
    sent = {"authorization": f"Bearer {api.secret}"}

    def ask(method, path, body=None, headers=sent, **query):
        text = body if isinstance(body, str) or body is None else json.dumps(body)
        return event(method, path, text, headers, query)

    def visit(path, form=None):
        method = "POST" if form else "GET"
        return event(method, path, urlencode(form) if form else None, {}, {})

    assert api.ask("PUT", "/v1/contacts/p1", PHILIPPA).status == 201
    with pytest.MonkeyPatch.context() as patch:
        made = [api.ask("POST", "/v1/messages", message(each)).body["id"] for each in CONTENTS]
        api.work_off("email", patch)
    api.carrier.play_receipts()
    [email] = [item for item in api.carrier.outbox.items() if item.to == (EMAIL,)]
    links = [part.removeprefix(PAGES) for part in email.text.split() if part.startswith(PAGES)]
    texts = [
        payload(originationNumber=PHONE, messageBody=body, inboundMessageId=f"p-{number}")
        for number, body in enumerate(("STOP persimmon", "START", "HELP", "persimmon?"))
    ]
    shipped = {"purpose": "transactional", "channels": {"sms": {"text": "{{ name }}"}}}
    assert api.ask("PUT", "/v1/templates/shipped", shipped).status == 201
    assert api.ask("PUT", "/v1/rules/shipped", RULE).status == 201
    now = datetime.now(UTC).isoformat()
    details = ({"phone": PHONE, "name": "Philippa"}, {"phone": SAID}, {"name": SAID})
    events = [{**EVENT, "time": now, "detail": each} for each in details]
    ses = {
        "eventType": "Bounce",
        "mail": {"destination": [EMAIL], "tags": {"message": [SAID]}, "headers": []},
        "bounce": {"bouncedRecipients": [{"emailAddress": EMAIL, "diagnosticCode": SAID}]},
    }
    return {
        "intake": [
            *(ask("POST", "/v1/messages", message(each)) for each in CONTENTS),
            ask("POST", "/v1/messages", message(), dry_run="true"),
            ask("POST", "/v1/messages", message(data={})),
            ask("POST", "/v1/messages", message(to={"phone": SAID})),
            ask("POST", "/v1/messages", message(to={"email": SAID})),
            ask("POST", "/v1/messages", f'{{"to": "{SAID}'),
            ask("POST", "/v1/messages", message(content={"text": "{{ persimmon"})),
            ask("POST", "/v1/messages", message(), {"authorization": f"Bearer {SAID}"}),
            ask("POST", "/v1/messages", message(), {**sent, "idempotency-key": SAID}),
            ask("POST", "/v1/messages", message(), {**sent, "idempotency-key": EMAIL}),
            ask("POST", "/v1/messages/batch", {"messages": [message(), message(to={}), SAID]}),
            ask("GET", "/v1/messages", contact_id=SAID),
            ask("GET", f"/v1/messages/{SAID}"),
            ask("GET", f"/v1/messages/{made[0]}"),
        ],
        "manage": [
            ask("PUT", "/v1/contacts/p1", PHILIPPA),
            ask("PUT", "/v1/contacts/p1", PHILIPPA | {"timezone": SAID, "region": SAID}),
            ask("PATCH", "/v1/contacts/p1", {"attributes": {"name": "Philippa Quince"}}),
            ask("PUT", f"/v1/contacts/{SAID}", PHILIPPA),
            ask("GET", "/v1/contacts", email=EMAIL),
            ask("GET", "/v1/contacts", phone=SAID),
            ask("PUT", "/v1/contacts/p1/consents", {"consents": {"sms": {"marketing": YES}}}),
            ask("PUT", "/v1/checks", {"checks": [{"phone": PHONE, "proof": SAID}, SAID]}),
            ask("POST", "/v1/contacts/p1/revocations", {"source": "call", "proof": SAID}),
            ask("PUT", "/v1/suppressions", {"phone": PHONE, "source": SAID}),
            ask("PUT", "/v1/suppressions", {"email": EMAIL, "reason": "opted_out"}),
            ask("GET", "/v1/suppressions", email=EMAIL),
            ask("DELETE", "/v1/suppressions", {"email": EMAIL, "reason": "opted_out"}),
            ask("POST", "/v1/decisions", {"contact_ids": ["p1", SAID], "channel": "sms"}),
            ask("PUT", "/v1/templates/p", {"purpose": SAID, "channels": CONTENTS}),
            ask("PUT", "/v1/templates/p", {"purpose": "informational", "channels": CONTENTS}),
            ask("GET", "/v1/contacts/p1/export"),
            ask("GET", f"/v1/{SAID}"),
            {"command": "create_key", "tenant": SAID, "name": SAID},
            {"command": SAID},
        ],
        "deliver": [
            records(*(json.dumps({"tenant": "acme", "id": each}) for each in made)),
            records(SAID, json.dumps({"tenant": SAID, "id": SAID}), "{}"),
        ],
        "feedback": [
            *(
                records(json.dumps(body), json.dumps(receipt.body), SAID)
                for receipt in [*api.receipts, SimpleNamespace(body={})]
                for body in (ses, {"eventType": SAID, "destinationPhoneNumber": PHONE})
            ),
            {"awslogs": {"data": SAID}},
        ],
        "inbound": [queue_event(*map(envelope, texts)), queue_event(SAID, envelope(SAID))],
        "schedule": [{}],
        "rules": [records(*map(json.dumps, events), json.dumps({"id": SAID}), SAID)],
        "expand": [{}, records(SAID, json.dumps({"task": "tend", "tenant": "x", "id": SAID}))],
        "pages": [
            *(visit(link) for link in links),
            *(visit(link, {"version": "1", "on": SAID, "timezone": SAID}) for link in links),
            visit(f"/u/{EMAIL}"),
            visit(f"/s/{EMAIL}", {"email": EMAIL, "phone": PHONE}),
            visit(f"/{SAID}"),
        ],
        "upkeep": [
            {"sweep": "mirror"},
            {"sweep": "anchor"},
            records(SAID, json.dumps({"task": "erase", "tenant": SAID, "id": SAID})),
            {"command": SAID},
            {"command": "import_suppressions", "source": SAID, "items": [], "last": True},
            {
                "command": "import_suppressions",
                "source": "ses",
                "items": [
                    {"kind": "email", "value": SAID, "reason": "bounced", "at": LONG_AGO},
                ],
                "last": True,
            },
        ],
    }


HANDLERS = {
    "intake": intake,
    "manage": manage,
    "deliver": deliver,
    "feedback": feedback,
    "inbound": inbound,
    "schedule": schedule,
    "rules": rules,
    "expand": expand,
    "pages": pages,
    "upkeep": upkeep,
}
FAILING = (
    "dynamodb.GetItem",
    "dynamodb.BatchGetItem",
    "dynamodb.Query",
    "dynamodb.PutItem",
    "dynamodb.UpdateItem",
    "dynamodb.TransactWriteItems",
    "sqs",
)


@pytest.fixture(scope="module")
def failing(api, asked):
    """What AWS is asked now fails if its name begins so, with a text that names the person."""
    names: list[str] = []

    def fail(model, **_):
        asked_for = f"{model.service_model.service_name}.{model.name}"
        if any(asked_for.startswith(name) for name in names):
            raise ClientError({"Error": {"Code": "InternalError", "Message": SAID}}, model.name)

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("OUTBOUND_CHANNEL", "sms")
        forget()
        process._session().events.register("before-call", fail)
        yield names
    forget()


def thrown(handler, events):
    """What Lambda would write of the exceptions that a function ends with."""
    texts = []
    for each in events:
        try:
            handler(each, CONTEXT)
        except Failed as failed:
            texts.append("".join(traceback.format_exception(failed)))
    return "".join(texts).lower()


@pytest.mark.parametrize("channel", ["sms", "email", "voice"])
def test_when_the_provider_refuses_it_by_name(api, watch, channel, monkeypatch):
    api.carrier.rules.replace(
        [Rule(answer=Answer(error="InvalidParameterException", message=SAID))]
    )
    made = api.ask("POST", "/v1/messages", message(channel)).body
    assert made["status"] == "accepted"
    api.work_off(channel, monkeypatch)
    api.carrier.rules.replace([])
    assert api.ask("GET", f"/v1/messages/{made['id']}").body["status"] != "accepted"
    assert watch.lines


@pytest.mark.parametrize("name", HANDLERS)
@pytest.mark.parametrize("what", [None, *FAILING])
def test_whether_what_it_calls_works_or_fails(asked, failing, watch, name, what):
    failing[:] = [what] if what else []
    text = thrown(HANDLERS[name], asked[name])
    failing[:] = []
    assert not any(mark.lower() in text for mark in MARKS)
    assert watch.lines


def test_queues_hold_names_of_nobody(asked):
    sqs = boto3.client("sqs")
    urls = [url for url in sqs.list_queues()["QueueUrls"] if "receipts" not in url]
    for url in urls:
        found = sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10, VisibilityTimeout=0)
        for each in found.get("Messages", []):
            assert not any(mark.lower() in each["Body"].lower() for mark in MARKS)
