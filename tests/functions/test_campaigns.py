"""A campaign from its draft to its report, by real events."""

from __future__ import annotations

import csv
import io
from hashlib import md5
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import boto3
import pytest

from functions.deliver.handler import handler as deliver
from functions.expand.handler import handler as expand
from functions.feedback.handler import handler as feedback
from outbound.domain.words import Channel
from outbound.flow.expand.tasks import tend_task
from outbound.wiring import catalog, process, queues, stores
from outbound.wiring import deliver as wiring
from tests.aws import BUCKET, QUEUE_ARN, items
from tests.functions.conftest import CONTEXT

if TYPE_CHECKING:
    from outbound.domain.run import Chunk

NEVER_REACHED = "+33755512502"
"""AWS's simulator of a number in France."""
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


@pytest.fixture(scope="module", autouse=True)
def people(api):
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


@pytest.fixture(autouse=True)
def _email(monkeypatch):
    monkeypatch.setenv("OUTBOUND_CHANNEL", "email")
    monkeypatch.setenv("OUTBOUND_EMAIL_TOGETHER", "50")
    _forget()
    yield
    _forget()


def _forget():
    for built in (
        process.settings,
        wiring.deliver,
        wiring.bulk,
        catalog.campaigns,
        catalog.stops,
    ):
        built.cache_clear()


@pytest.fixture
def nowhere(api):
    """The organisation has no postal address, which law wants in an offer, until it says so."""
    campaigns = [create(api), create(api, channel="sms")]

    def settle(settings):
        assert api.ask("PUT", "/v1/settings", settings).status == 200

    settle({"name": "Acme"})
    yield campaigns
    settle(ACME)


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


SLOW: Any = SimpleNamespace(
    aws_request_id="request-1", get_remaining_time_in_millis=lambda: 100_000
)


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
    _forget()
    api.ask("POST", f"{path}/launch", key=test_key)
    work_off(api, "sms")
    feedback(stream(before), CONTEXT)
    monkeypatch.setenv("OUTBOUND_CHANNEL", "email")
    _forget()
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


def test_the_same_request_makes_one_campaign(api):
    once = {"idempotency-key": "spring-1"}
    first = api.ask("POST", "/v1/campaigns", WANTED, headers=once)
    again = api.ask("POST", "/v1/campaigns", WANTED, headers=once)
    assert (first.body["id"], again.headers["idempotent-replayed"]) == (again.body["id"], "true")
    other = api.ask("POST", "/v1/campaigns", {**WANTED, "name": "Another"}, headers=once)
    assert (other.status, other.body["code"]) == (422, "idempotency_key_reused")


def test_a_draft_is_changed_and_nothing_else_is(api):
    campaign_id = create(api)
    path = f"/v1/campaigns/{campaign_id}"
    changed = api.ask("PATCH", path, {"name": "Summer", "topic": None, "pace": {"per_minute": 5}})
    assert (changed.body["name"], changed.body["topic"]) == ("Summer", None)
    assert changed.body["pace"] == {"per_minute": 5, "over": None}
    assert changed.body["data"] == WANTED["data"]
    api.ask("POST", f"{path}/launch")
    refused = api.ask("PATCH", path, {"name": "Autumn"})
    assert (refused.status, refused.body["code"]) == (409, "wrong_campaign_state")


def test_steps_taken_twice_are_taken_once(api):
    campaign_id = create(api)
    path = f"/v1/campaigns/{campaign_id}"
    for step, state in (
        ("launch", "scheduled"),
        ("pause", "paused"),
        ("resume", "scheduled"),
        ("cancel", "cancelled"),
    ):
        for _ in range(2):
            answer = api.ask("POST", f"{path}/{step}")
            assert (answer.status, answer.body["state"]) == (200, state)
    refused = api.ask("POST", f"{path}/launch")
    assert (refused.status, refused.body["code"]) == (409, "wrong_campaign_state")


def test_an_approval_takes_a_second_key_and_ends_with_a_change(api):
    campaign_id = create(api, needs_approval=True)
    path = f"/v1/campaigns/{campaign_id}"
    other = api.make_key(name="boss")["secret"]
    assert api.ask("POST", f"{path}/launch").body["code"] == "not_approved"
    assert api.ask("POST", f"{path}/approve").body["code"] == "approval_by_another_key"
    assert api.ask("POST", f"{path}/approve", key=other).body["approved"]
    assert not api.ask("PATCH", path, {"data": {"offer": "90 %"}}).body["approved"]
    assert api.ask("POST", f"{path}/launch").body["code"] == "not_approved"
    api.ask("POST", f"{path}/approve", key=other)
    assert api.ask("POST", f"{path}/launch").status == 200


def test_what_a_template_lacks_by_now_keeps_it_a_draft(api, nowhere):
    path = f"/v1/campaigns/{nowhere[0]}"
    refused = api.ask("POST", f"{path}/launch")
    assert (refused.status, refused.body["code"]) == (422, "broken_rule")
    assert {fault["pointer"] for fault in refused.body["errors"]} == {"/template"}
    assert refused.body["errors"][0]["message"].startswith("In its channels/email")
    assert api.ask("GET", path).body["state"] == "draft"
    assert api.ask("PUT", "/v1/settings", ACME).status == 200
    assert api.ask("POST", f"{path}/launch").status == 200


def test_only_what_it_says_on_its_channel_is_looked_at(api, nowhere):
    assert api.ask("POST", f"/v1/campaigns/{nowhere[1]}/launch").status == 200


def test_each_of_several_templates_is_looked_at(api, nowhere):
    variants = [
        {"name": name, "weight": 1, "template": {"id": "offer", "version": 1}} for name in "ab"
    ]
    without = {name: value for name, value in WANTED.items() if name != "template"}
    made = api.ask("POST", "/v1/campaigns", {**without, "variants": variants}).body["id"]
    refused = api.ask("POST", f"/v1/campaigns/{made}/launch")
    pointers = [fault["pointer"] for fault in refused.body["errors"]]
    assert set(pointers) == {"/variants/0/template", "/variants/1/template"}


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


def test_campaigns_are_listed_newest_first_and_by_mode(api):
    campaign_id = create(api)
    assert api.ask("GET", "/v1/campaigns").body["items"][0]["id"] == campaign_id
    page = api.ask("GET", "/v1/campaigns", query={"limit": "1"}).body
    behind = api.ask("GET", "/v1/campaigns", query={"cursor": page["next_cursor"]}).body
    assert campaign_id not in [each["id"] for each in behind["items"]]
    test_key = api.make_key(mode="test", name="tests")["secret"]
    tested = api.ask("GET", "/v1/campaigns", key=test_key).body["items"]
    assert campaign_id not in [each["id"] for each in tested]
    assert api.ask("GET", f"/v1/campaigns/{campaign_id}", key=test_key).status == 404


def test_another_tenant_sees_nothing(api):
    campaign_id = create(api)
    other = api.make_key(tenant="rival", name="rival")["secret"]
    for method, path in (
        ("GET", f"/v1/campaigns/{campaign_id}"),
        ("GET", f"/v1/campaigns/{campaign_id}/report"),
        ("POST", f"/v1/campaigns/{campaign_id}/launch"),
    ):
        assert api.ask(method, path, key=other).body["code"] == "unknown_campaign"
    query = {"campaign_id": campaign_id}
    assert api.ask("GET", "/v1/messages", query=query, key=other).status == 404


@pytest.mark.parametrize(
    ("change", "status", "code", "pointer"),
    [
        ({"template": {"id": "nothing"}}, 422, "unknown_template", "/template"),
        ({"purpose": "transactional"}, 422, "wrong_purpose", "/template"),
        ({"channel": "voice"}, 422, "channel_without_content", "/channel"),
        ({"schedule": {"at": "2020-01-01T00:00:00Z"}}, 422, "time_in_the_past", "/schedule/at"),
        (
            {"schedule": {"local": "2020-01-01T09:00", "timezone": "UTC"}},
            422,
            "time_in_the_past",
            "/schedule/local",
        ),
        (
            {"schedule": {"local": "2099-01-01T09:00", "timezone": "UTC", "rule": "each day"}},
            422,
            "invalid_schedule",
            "/schedule/rule",
        ),
        ({"schedule": {"local": "2027-02-31T09:00", "timezone": "UTC"}}, 422, None, None),
        ({"schedule": {"timezone": "UTC"}}, 422, "invalid_request", "/schedule"),
        ({"pace": {"per_minute": 5, "over": "PT1H"}}, 422, "invalid_request", "/pace"),
        ({"pace": {"over": "PT1M"}}, 422, "invalid_request", "/pace/over"),
        ({"audience": {"contact_ids": []}}, 422, "invalid_request", "/audience/contact_ids"),
        ({"budget": {"amount": "a lot"}}, 422, "invalid_request", "/budget/amount"),
        ({"data": {"links": 1}}, 422, "reserved_name", "/data/links"),
        ({"coupon_pool": "nothing"}, 422, "unknown_coupon_pool", "/coupon_pool"),
        ({"variants": []}, 422, "invalid_request", "/variants"),
    ],
)
def test_what_cannot_be_is_refused_with_its_place(api, change, status, code, pointer):
    answer = api.ask("POST", "/v1/campaigns", {**WANTED, **change})
    assert answer.status == status
    if code is not None:
        assert answer.body["code"] == code
        assert [fault["pointer"] for fault in answer.body["errors"]] == [pointer]


def test_it_has_one_template_or_several(api):
    several = [
        {"name": "a", "weight": 1, "template": {"id": "offer"}},
        {"name": "b", "weight": 3, "template": {"id": "offer", "version": 1}},
    ]
    assert api.ask("POST", "/v1/campaigns", {**WANTED, "variants": several}).status == 422
    without = {name: value for name, value in WANTED.items() if name != "template"}
    made = api.ask("POST", "/v1/campaigns", {**without, "variants": several, "hold_out": 0.1})
    assert made.status == 201
    assert [each["name"] for each in made.body["variants"]] == ["a", "b"]
    same = [several[0], {**several[1], "name": "a"}]
    assert api.ask("POST", "/v1/campaigns", {**without, "variants": same}).status == 422


def test_a_text_of_a_campaign_is_told_of_like_any(api, monkeypatch):
    monkeypatch.setenv("OUTBOUND_CHANNEL", "sms")
    monkeypatch.delenv("OUTBOUND_EMAIL_TOGETHER")
    _forget()
    campaign_id = create(api, channel="sms", purpose="marketing")
    api.ask("POST", f"/v1/campaigns/{campaign_id}/launch")
    work_off(api, "sms")
    listed = api.ask("GET", "/v1/messages", query={"campaign_id": campaign_id}).body["items"]
    assert len(listed) == 3
    assert {each["status"] for each in listed} <= {"sent", "deferred"}


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


@pytest.mark.parametrize(
    ("changes", "pointer", "code"),
    [
        ({"audience": {"segment": "none"}}, "/audience/segment", "unknown_segment"),
        ({"exclude": {"segment": "none"}}, "/exclude/segment", "unknown_segment"),
        ({"audience": {}}, "/audience", "invalid"),
        ({"audience": {"segment": "a", "contact_ids": ["b"]}}, "/audience", "invalid"),
    ],
)
def test_an_audience_that_there_is_not_is_refused_with_its_place(api, changes, pointer, code):
    refused = api.ask("POST", "/v1/campaigns", {**WANTED, **changes})
    assert refused.status == 422
    assert [(each["pointer"], each["code"]) for each in refused.body["errors"]] == [(pointer, code)]


def changed(api):
    api.ask("PUT", "/v1/segments/moving", {"expression": "not attributes.name"})


def made_anew(api):
    api.ask("DELETE", "/v1/segments/moving")
    changed(api)


def left_out_is_changed(api):
    api.ask("PUT", "/v1/segments/inner", {"contact_ids": []})


@pytest.mark.parametrize("step", [changed, made_anew, left_out_is_changed])
def test_an_approval_ends_when_what_its_segment_says_is_changed(api, step):
    api.ask("PUT", "/v1/segments/inner", {"contact_ids": ["ada"]})
    moving = {"expression": "attributes.name", "exclude": {"segments": ["inner"]}}
    api.ask("PUT", "/v1/segments/moving", moving)
    campaign_id = create(api, needs_approval=True, audience={"segment": "moving"})
    path = f"/v1/campaigns/{campaign_id}"
    other = api.make_key(name="head")["secret"]
    assert api.ask("POST", f"{path}/approve", key=other).body["approved"]
    step(api)
    assert api.ask("POST", f"{path}/launch").body["code"] == "not_approved"
    api.ask("POST", f"{path}/approve", key=other)
    assert api.ask("POST", f"{path}/launch").status == 200
