"""A campaign from its draft to its report, by real events."""

from __future__ import annotations

import csv
import io
from typing import Any

import boto3
import pytest

from functions.expand.handler import handler as expand
from functions.feedback.handler import handler as feedback
from outbound.domain.words import Channel
from outbound.flow.expand.tasks import tend_task
from outbound.wiring import queues
from tests.aws import BUCKET
from tests.functions.campaigning import (
    NAMES,
    OFFER,
    SLOW,
    WANTED,
    all_chunks,
    create,
    forget,
    furnish,
    stream,
    work_off,
)
from tests.functions.conftest import CONTEXT

NEVER_REACHED = "+33755512502"
"""AWS's simulator of a number in France."""


@pytest.fixture(scope="module", autouse=True)
def people(api):
    furnish(api)


@pytest.fixture(autouse=True)
def _email(monkeypatch):
    monkeypatch.setenv("OUTBOUND_CHANNEL", "email")
    monkeypatch.setenv("OUTBOUND_EMAIL_TOGETHER", "50")
    forget()
    yield
    forget()


def test_a_campaign_goes_its_way(api):
    before: dict[str, Any] = {}
    stream(before)
    campaign_id = create(api)
    path = f"/v1/campaigns/{campaign_id}"
    assert api.ask("GET", path).body["state"] == "draft"
    assert api.ask("POST", f"{path}/launch").body["state"] == "scheduled"
    work_off(api)
    assert api.ask("GET", path).body["state"] == "running"
    changes = stream(before)
    feedback(changes, CONTEXT)
    feedback(changes, CONTEXT)
    report = api.ask("GET", f"{path}/report").body
    assert (report["recipients"], report["statuses"]) == (3, {"sent": 3})
    assert report["channels"] == [{"channel": "email", "status": "sent", "count": 3}]
    assert report["runs"][0]["expanded"]
    expand({}, SLOW)
    work_off(api)
    assert api.ask("GET", path).body["state"] == "finished"

    listed = api.ask("GET", "/v1/messages", query={"campaign_id": campaign_id}).body
    assert sorted(each["to"]["contact_id"] for each in listed["items"]) == list(NAMES)
    following = {"campaign_id": campaign_id, "cursor": listed["next_cursor"]}
    assert api.ask("GET", "/v1/messages", query=following).body["items"] == []
    outbox = [item for item in api.carrier.outbox.items() if item.operation == "SendBulkEmail"]
    assert {item.subject for item in outbox} >= {"For Ada & you"}
    api.feed_back()
    feedback(stream(before), CONTEXT)
    assert api.ask("GET", f"{path}/report").body["statuses"] == {"delivered": 3}


def test_who_a_text_doesnt_reach_gets_an_email(api, monkeypatch):
    notice = {**OFFER, "purpose": "transactional"}
    assert api.ask("PUT", "/v1/templates/notice", notice).status == 201
    lee = {
        "email": "lee@example.com",
        "phone": NEVER_REACHED,
        "region": "FR",
        "attributes": {"name": "Lee"},
    }
    assert api.ask("PUT", "/v1/contacts/lee", lee).status in (200, 201)
    test_key = api.make_key(mode="test", name="routes")["secret"]
    route = {"mode": "first", "channels": ["sms", "email"], "after": "PT5M"}
    without = {name: value for name, value in WANTED.items() if name not in ("channel", "topic")}
    changes = {"purpose": "transactional", "template": {"id": "notice"}, "route": route}
    wanted = {**without, **changes, "audience": {"contact_ids": ["ada", "lee"]}}
    before: dict[str, Any] = {}
    stream(before)
    made = api.ask("POST", "/v1/campaigns", wanted, key=test_key)
    assert (made.body["channel"], made.body["route"]) == (None, route)
    path = f"/v1/campaigns/{made.body['id']}"
    estimate = api.ask("POST", f"{path}/estimate", key=test_key).body
    assert estimate["channels"] == [{"channel": "sms", "count": 2}]
    assert float(estimate["price_at_most"]["amount"]) > float(estimate["price"]["amount"])

    monkeypatch.setenv("OUTBOUND_CHANNEL", "sms")
    forget()
    api.ask("POST", f"{path}/launch", key=test_key)
    work_off(api, "sms")
    feedback(stream(before), CONTEXT)
    monkeypatch.setenv("OUTBOUND_CHANNEL", "email")
    forget()
    ours = Channel.EMAIL, [each.ref for each in all_chunks() if each.turn]
    queues.chunks().send(*ours)
    work_off(api)
    feedback(stream(before), CONTEXT)
    # The clock would look after all campaigns of this file.
    queues.expand().send([tend_task("acme", made.body["id"])])
    work_off(api)

    report = api.ask("GET", f"{path}/report", key=test_key).body
    assert (report["state"], report["statuses"]) == ("finished", {"delivered": 2})
    assert report["fell_back"] == 1
    assert report["channels"] == [
        {"channel": "email", "status": "delivered", "count": 1},
        {"channel": "sms", "status": "delivered", "count": 1},
        {"channel": "sms", "status": "undelivered", "count": 1},
    ]
    last = api.ask(
        "GET", "/v1/messages", query={"campaign_id": made.body["id"], "limit": "1"}, key=test_key
    ).body["items"][0]
    found = api.ask("GET", f"/v1/routes/{last['route']}", key=test_key).body
    assert found["without_address"] == []


def test_a_text_of_a_campaign_is_told_of_like_any(api, monkeypatch):
    monkeypatch.setenv("OUTBOUND_CHANNEL", "sms")
    monkeypatch.delenv("OUTBOUND_EMAIL_TOGETHER")
    forget()
    campaign_id = create(api, channel="sms", purpose="marketing")
    api.ask("POST", f"/v1/campaigns/{campaign_id}/launch")
    work_off(api, "sms")
    listed = api.ask("GET", "/v1/messages", query={"campaign_id": campaign_id}).body["items"]
    assert len(listed) == 3
    assert {each["status"] for each in listed} <= {"sent", "deferred"}


def test_a_template_withdrawn_or_changed_in_mid_run_says_what_was_launched(api):
    before: dict[str, Any] = {}
    stream(before)
    campaign_id = create(api)
    api.ask("POST", f"/v1/campaigns/{campaign_id}/launch")
    email = {
        "subject": "Another",
        "text": "{{ links.unsubscribe }} {{ organisation.postal_address }}",
    }
    other = {"purpose": "marketing", "channels": {"email": email}}
    assert api.ask("PUT", "/v1/templates/offer", other).status == 201
    assert api.ask("DELETE", "/v1/templates/offer").status in (200, 204)
    seen = len(list(api.carrier.outbox.items()))
    work_off(api)
    subjects = {item.subject for item in list(api.carrier.outbox.items())[seen:]}
    assert subjects and "Another" not in subjects
    feedback(stream(before), CONTEXT)
    report = api.ask("GET", f"/v1/campaigns/{campaign_id}/report").body
    assert report["statuses"] == {"sent": 3}
    assert api.ask("POST", "/v1/templates/offer/publish", {"version": 1}).status == 200


def test_a_page_may_be_smaller_than_a_chunk(api):
    campaign_id = create(api)
    api.ask("POST", f"/v1/campaigns/{campaign_id}/launch")
    work_off(api)
    seen, cursor = [], None
    for _ in range(5):
        query = {"campaign_id": campaign_id, "limit": "2", **({"cursor": cursor} if cursor else {})}
        page = api.ask("GET", "/v1/messages", query=query).body
        seen += [each["id"] for each in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert len(seen) == len(set(seen)) == 3


def test_an_estimate_stores_nothing_and_says_what_would_be(api):
    campaign_id = create(api, budget={"amount": "5", "currency": "USD"})
    before = api.written()
    found = api.ask("POST", f"/v1/campaigns/{campaign_id}/estimate").body
    assert api.written() == before
    assert (found["recipients"], found["price"]["amount"]) == (3, "0.00048")
    assert [(each["verdict"], each["count"]) for each in found["decisions"]] == [("send", 3)]
    assert found["sample"][0]["rendered"]["subject"] == "For Ada & you"


def test_an_estimate_says_who_would_be_blocked_and_why(api):
    assert api.ask("PUT", "/v1/contacts/mia", {"email": "mia@example.com", "region": "FR"})
    campaign_id = create(api, audience={"contact_ids": ["ada", "mia"]})
    found = api.ask("POST", f"/v1/campaigns/{campaign_id}/estimate").body
    assert {each["reason"] for each in found["decisions"]} == {None, "no_consent"}


def test_an_estimate_goes_on_with_no_cursor_but_its_own(api):
    campaign_id = create(api)
    path = f"/v1/campaigns/{campaign_id}/estimate"
    assert api.ask("POST", path).body["next_cursor"] is None
    for cursor in ("abc", "A" * 2000, "é😀"):
        refused = api.ask("POST", path, query={"cursor": cursor})
        assert (refused.status, refused.body["code"]) == (400, "invalid_cursor")


def test_a_segment_says_who_it_is_for(api):
    segment = {"expression": 'contact.region == "FR" and attributes.name != "Eve"'}
    assert api.ask("PUT", "/v1/segments/some", segment).status == 201
    campaign_id = create(api, audience={"segment": "some"}, exclude={"contact_ids": ["bob"]})
    path = f"/v1/campaigns/{campaign_id}"
    assert api.ask("GET", path).body["audience"] == {"segment": "some"}
    found = api.ask("POST", f"{path}/estimate").body
    assert found["complete"]
    reached = {each["contact_id"] for each in found["sample"] if each["verdict"] == "send"}
    assert (reached, "bob" in str(found)) == ({"ada"}, False)
    api.ask("POST", f"{path}/launch")
    work_off(api)
    report = api.ask("GET", f"{path}/report").body
    assert report["recipients"] == found["recipients"]


def test_every_recipient_of_a_run_is_listed_in_a_file(api):
    campaign_id = create(api, hold_out=0.5, audience={"contact_ids": list(NAMES)})
    path = f"/v1/campaigns/{campaign_id}/report/export"
    assert api.ask("POST", path).body["code"] == "unknown_run"
    api.ask("POST", f"/v1/campaigns/{campaign_id}/launch")
    work_off(api)
    assert api.ask("GET", path).body["code"] == "unknown_export"
    begun = api.ask("POST", path)
    assert (begun.status, begun.body["state"], begun.body["recipients"]) == (202, "running", 3)
    assert api.ask("POST", path).body["began_at"] == begun.body["began_at"]
    work_off(api)
    done = api.ask("GET", path, query={"run_id": begun.body["run_id"]}).body
    assert (done["state"], done["rows"], done["complete"]) == ("finished", 3, False)
    (key,) = [
        each["Key"]
        for each in boto3.client("s3").list_objects_v2(Bucket=BUCKET)["Contents"]
        if campaign_id in each["Key"]
    ]
    assert f"/{key}?" in done["file"]
    text = boto3.client("s3").get_object(Bucket=BUCKET, Key=key)["Body"].read().decode()
    listed = {row["contact_id"]: row for row in csv.DictReader(io.StringIO(text))}
    messages = api.ask("GET", "/v1/messages", query={"campaign_id": campaign_id}).body["items"]
    assert {each["id"]: each["status"] for each in messages} == {
        row["message_id"]: row["status"] for row in listed.values()
    }
    assert sorted(listed) == list(NAMES)
    assert "example.com" not in text


def test_an_export_is_of_a_run_of_the_campaign(api):
    path = f"/v1/campaigns/{create(api)}/report/export"
    wrong = api.ask("POST", path, query={"run_id": "run_1"})
    assert (wrong.status, wrong.body["code"]) == (400, "invalid_parameter")
    other = api.make_key(tenant="rival", name="rival-export")["secret"]
    assert api.ask("POST", path, key=other).body["code"] == "unknown_campaign"
