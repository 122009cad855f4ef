"""Drafts of campaigns: what they may be, and the steps from them."""

from __future__ import annotations

import pytest

from tests.functions.campaigning import ACME, WANTED, create, furnish


@pytest.fixture(scope="module", autouse=True)
def people(api):
    furnish(api)


@pytest.fixture
def nowhere(api):
    """The organisation has no postal address, which law wants in an offer, until it says so."""
    campaigns = [create(api), create(api, channel="sms")]

    def settle(settings):
        assert api.ask("PUT", "/v1/settings", settings).status == 200

    settle({"name": "Acme"})
    yield campaigns
    settle(ACME)


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
