"""The examples of the document are real: each is sent as it stands, but for its days."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from outbound.adapters.api.contract.campaign_examples import WANTED
from outbound.adapters.api.contract.coupons import FILE
from outbound.adapters.api.contract.document import OPERATIONS
from outbound.adapters.api.contract.message_examples import BATCH, BATCH_ANSWER
from outbound.adapters.api.contract.message_examples import EXAMPLES as MESSAGES
from outbound.adapters.api.contract.reminder_examples import VISIT
from outbound.adapters.api.contract.settings import CLINIC
from outbound.adapters.api.contract.templates import APPOINTMENT
from outbound.adapters.api.contract.webhooks import WANTED as WEBHOOK
from outbound.domain.media import MediaState
from outbound.domain.tester import code_of
from outbound.wiring import catalog, process
from outbound.wiring import intake as wiring
from tests.builders import make_media
from tests.described import faults_in, operation_at
from tests.examples import ahead

OFFER = {
    "purpose": "marketing",
    "channels": {
        "email": {
            "subject": "Offer",
            "text": "{{ discount }} off: {{ links.unsubscribe }} {{ organisation.postal_address }}",
        },
        "sms": {"text": "Green Street: {{ discount }} off. Reply STOP to end."},
    },
}
OF_A_CONTACT = ("putContact", "patchContact", "putConsents", "putContactChecks", "revoke")


def examples(within="", dry_run=False):
    return [
        pytest.param(operation, ahead(example), id=f"{operation.id}: {name}")
        for operation in OPERATIONS
        if operation.body and operation.path.startswith(within)
        if not dry_run or any(each.name == "dry_run" for each in operation.parameters)
        for name, example in operation.body.examples.items()
    ]


def verified_tester(api):
    api.ask("PUT", "/v1/testers/ben", {"email": "ben@example.com"})
    (tester,) = wiring.tester_ports().testers.all("acme").testers
    code = code_of(process.secret(), "acme", tester)
    api.ask("POST", "/v1/testers/ben/verify", {"code": code})
    return tester.id


@pytest.fixture(scope="module")
def ready(api):
    """The template that the examples name, and a key to rotate."""
    api.ask("PUT", "/v1/templates/appointment", APPOINTMENT)
    api.ask("PUT", "/v1/coupon-pools/spring", {})
    codes = make_media(id=FILE["media_id"], name="codes.csv", type="text/csv")
    far = datetime.now(UTC) + timedelta(days=30)
    catalog.media().insert(replace(codes, state=MediaState.READY, expires_at=far))
    pools = dict.fromkeys(("addCodes", "importCodes"), "spring")
    people = dict.fromkeys(OF_A_CONTACT, "ada")
    named = {"putTemplate": "another", "publishTemplate": "appointment", "putCouponPool": "autumn"}
    testers = {"putTester": "ann", "verifyTester": verified_tester(api)}
    on_templates = dict.fromkeys(("previewTemplate", "sendTest"), "appointment")
    named |= {"rotateKey": api.make_key()["id"], **testers, **on_templates}
    named |= {
        "putProgramme": "garden",
        "putSegment": "florida",
        "putRule": "order-shipped",
        "estimateSegment": "counted",
    }
    assert api.ask("PUT", "/v1/segments/counted", {"expression": "1"}).status == 201
    api.ask("PUT", "/v1/settings", CLINIC)
    assert api.ask("PUT", "/v1/templates/winter-offer", OFFER).status == 201
    named |= {"putWebhook": "till", "rotateWebhook": "shop"}
    assert api.ask("PUT", "/v1/webhooks/shop", WEBHOOK).status == 201
    named |= {"patchCampaign": api.ask("POST", "/v1/campaigns", ahead(WANTED)).body["id"]}
    text = api.ask("POST", "/v1/messages", ahead(MESSAGES["Text"])).body
    api.ask("PUT", "/v1/contacts/zoe", {"email": "zoe@example.com"})
    visit = api.ask("POST", "/v1/reminders", ahead(VISIT)).body
    named |= {"rescheduleMessage": text["id"], "patchReminder": visit["id"]}
    return api, {**named, **people, **pools}


@pytest.mark.parametrize(("operation", "example"), examples())
def test_an_example_is_accepted(ready, operation, example):
    api, ids = ready
    path = operation.path.replace("{id}", ids.get(operation.id, ""))

    key = None
    if operation.id == "createAlert":
        key = api.make_key(purposes=["emergency"])["secret"]
    answer = api.ask(operation.method, path, example, key=key)

    assert answer.status == operation.answers[0].status


@pytest.mark.parametrize(("operation", "example"), examples("/v1/messages", dry_run=True))
def test_an_example_can_be_tried_without_sending_it(ready, operation, example):
    api, _ = ready
    before = api.written()

    answer = api.ask(operation.method, operation.path, example, query={"dry_run": "true"})

    assert answer.status == 200
    assert api.written() == before


def test_the_batch_of_the_example_ends_as_its_answer_says(ready):
    api, _ = ready
    (request,) = ahead(BATCH).values()
    documented = BATCH_ANSWER

    items = api.ask("POST", "/v1/messages/batch", request).body["items"]

    assert [sorted(item) for item in items] == [sorted(item) for item in documented["items"]]
    assert items[1]["problem"] == documented["items"][1]["problem"] | {
        "request_id": items[1]["problem"]["request_id"]
    }


@pytest.mark.parametrize("operation", [each for each in OPERATIONS if each.scope])
def test_the_documented_scope_is_the_one_that_is_asked_for(ready, operation):
    api, _ = ready
    other = "templates:read" if operation.scope != "templates:read" else "messages:read"
    key = api.make_key(scopes=[other])["secret"]

    answer = api.ask(operation.method, operation.path.replace("{id}", "x"), "{}", key=key)

    assert (answer.status, answer.body["code"]) == (403, "missing_scope")
    assert operation.scope in answer.body["detail"]


CALL: dict[str, Any] = {
    "to": {"phone": "+14255550123"},
    "channel": "voice",
    "purpose": "informational",
    "content": {"text": "We expect you."},
}
EMAIL: dict[str, Any] = {
    "to": {"email": "ada@example.com"},
    "channel": "email",
    "purpose": "informational",
    "content": {"subject": "Menu", "text": "The menu."},
}
MENU = {"name": "menu.pdf", "type": "application/pdf", "size": 1}


def call(**content):
    return "/v1/messages", CALL, {"content": content}


def email(**content):
    return "/v1/messages", EMAIL, {"content": {**EMAIL["content"], **content}}


@pytest.mark.parametrize(
    ("path", "right", "wrong"),
    [
        call(text="One.", ssml="<speak>Two.</speak>"),
        call(voice="JOANNA"),
        call(text="One.", voice="NOBODY"),
        email(subject="Two\nlines"),
        email(reply_to=["nobody"]),
        email(attachments=[{"media_id": "med_00000000000000000001", "name": "menu.pdf"}]),
        email(attachments=[{"media_id": "med_00000000000000000001", "disposition": "inline"}]),
        email(calendar={"start": "{{ start }}", "summary": "Visit"}),
        email(calendar={"start": "{{ start }}", "summary": "Visit", "end": "x", "duration": "y"}),
        email(calendar={"start": "x", "end": "y", "summary": "Visit", "method": "REQUEST"}),
        ("/v1/media", MENU, {"type": "application/x-msdownload"}),
        ("/v1/media", MENU, {"name": "../menu.pdf"}),
        ("/v1/media", MENU, {"expires_in": "30 days"}),
    ],
)
def test_what_is_refused_for_its_form_is_not_allowed_by_the_document(ready, path, right, wrong):
    api, _ = ready
    operation = operation_at("POST", path)
    assert operation is not None
    schema = operation["requestBody"]["content"]["application/json"]["schema"]

    refused = api.ask("POST", path, right | wrong)

    assert (refused.status, refused.body["code"]) == (422, "invalid_request")
    assert faults_in(right, schema) == []
    assert faults_in(right | wrong, schema) != []
