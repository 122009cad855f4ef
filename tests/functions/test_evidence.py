"""Why a message was sent: in one document, signed, and verified by whoever keeps it."""

from __future__ import annotations

import boto3
import pytest

from outbound.flow import erasing
from outbound.wiring import contacts as wiring
from tests.aws import items

YES = {
    "status": "granted",
    "level": "express_written",
    "source": "form",
    "wording": "Send me offers.",
    "proof": "form 12",
}
ADA = {
    "phone": "+33612345670",
    "region": "FR",
    "timezone": "Europe/Paris",
    "attributes": {"name": "Ada"},
    "consents": {"sms": {"informational": YES}, "email": {"informational": YES}},
}
NEWS = {
    "to": {"contact_id": "ada"},
    "channel": "sms",
    "purpose": "informational",
    "template": {"id": "news"},
    "data": {"day": "Monday"},
}


@pytest.fixture(scope="module")
def sent(api):
    """A message of a template to somebody who has agreed, handed over and delivered."""
    body = {"sms": {"text": "{{ contact.attributes.name }}, we open on {{ day }}."}}
    made = api.ask("PUT", "/v1/templates/news", {"purpose": "informational", "channels": body})
    assert made.status == 201, made.body
    assert api.ask("PUT", "/v1/contacts/ada", ADA).status == 201
    message_id = api.ask("POST", "/v1/messages", NEWS).body["id"]
    with pytest.MonkeyPatch.context() as patch:
        api.work_off("sms", patch)
    api.feed_back()
    return message_id


def test_all_that_shows_why_and_what_became_of_it_is_in_one_document(api, sent):
    answer = api.ask("GET", f"/v1/messages/{sent}/evidence")
    evidence = answer.body["evidence"]

    assert answer.status == 200
    assert evidence["message"] == api.ask("GET", f"/v1/messages/{sent}").body
    assert evidence["message"]["template"] == {"id": "news", "version": 1, "locale": None}
    assert evidence["message"]["provider"]["name"] == "sns"
    statuses = [each["status"] for each in evidence["message"]["timeline"]]
    assert statuses == ["accepted", "sending", "sent", "delivered"]
    assert evidence["decision_at_intake"]["verdict"] == "send"
    assert evidence["rendered"] == {"text": "Ada, we open on Monday."}
    assert (evidence["address"], evidence["data"]) == ("+33612345670", {"day": "Monday"})


def test_of_the_ledger_it_has_what_is_of_the_channel_and_purpose_with_its_proof(api, sent):
    evidence = api.ask("GET", f"/v1/messages/{sent}/evidence").body["evidence"]
    [consent] = evidence["consents"]

    assert (consent["facts"]["channel"], consent["facts"]["purpose"]) == ("sms", "informational")
    assert consent["proof"]["wording"] == "Send me offers."
    history = api.ask("GET", "/v1/contacts/ada/consents").body["items"]
    assert consent in history
    assert len(history) == 2


def test_whoever_keeps_it_can_have_it_verified_and_nobody_elses_is_valid(api, sent):
    found = api.ask("GET", f"/v1/messages/{sent}/evidence").body
    verified = api.ask("POST", "/v1/evidence/verify", {"jws": found["jws"]}).body
    head, document, signature = found["jws"].split(".")
    changed = ".".join((head, document[:-4] + "AAAA", signature))
    other = api.make_key(tenant="clinic", scopes=["contacts:export"])["secret"]

    assert verified == {"valid": True, "evidence": found["evidence"]}
    nothing = {"valid": False, "evidence": None}
    assert api.ask("POST", "/v1/evidence/verify", {"jws": changed}).body == nothing
    assert api.ask("POST", "/v1/evidence/verify", {"jws": found["jws"]}, key=other).body == nothing


def test_another_tenant_or_mode_finds_nothing(api, sent):
    other = api.make_key(tenant="clinic", scopes=["contacts:export"])["secret"]
    test = api.make_key(mode="test", scopes=["contacts:export"])["secret"]
    for key in (other, test):
        answer = api.ask("GET", f"/v1/messages/{sent}/evidence", key=key)
        assert answer.body["code"] == "unknown_message"
    assert api.ask("GET", "/v1/messages/x/evidence").body["code"] == "unknown_message"


def test_nothing_is_written_for_it(api, sent):
    before = items(boto3.client("dynamodb"), "messages")
    api.ask("GET", f"/v1/messages/{sent}/evidence")

    assert items(boto3.client("dynamodb"), "messages") == before


def test_an_email_shows_no_link_that_acts(api):
    settings = {"name": "Acme", "postal_address": "12 Green Street, Portland, OR 97201"}
    api.ask("PUT", "/v1/settings", settings)
    email = {
        "to": {"email": "ada@example.com"},
        "channel": "email",
        "purpose": "transactional",
        "content": {"subject": "News", "text": "Leave: {{ links.unsubscribe }}"},
    }
    message_id = api.ask("POST", "/v1/messages", email).body["id"]
    found = api.ask("GET", f"/v1/messages/{message_id}/evidence").body["evidence"]

    assert "https://links.invalid/" in found["rendered"]["text"]
    assert found["consents"] == []


def test_after_an_erasure_what_was_said_is_gone_and_the_rest_stands(api, sent):
    assert api.ask("DELETE", "/v1/contacts/ada").status == 202
    erasures = [each for each in items(boto3.client("dynamodb"), "catalog") if "era_" in str(each)]
    for each in erasures:
        tenant = each["pk"]["S"].partition("#")[0]
        erasing.work(tenant, each["sk"]["S"], wiring.erasure())
    found = api.ask("GET", f"/v1/messages/{sent}/evidence").body["evidence"]

    assert (found["address"], found["rendered"], found["data"]) == (None, None, None)
    assert [each["proof"] for each in found["consents"]] == [{}]
    assert "wording" in found["consents"][0]["digests"]
