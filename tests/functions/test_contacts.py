"""Contacts and permission over HTTP: what callers can do, and what they can't."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

GRANTED = {
    "status": "granted",
    "level": "express_written",
    "source": "web form",
    "wording": "Text me offers.",
    "proof": "form 12",
}
ADA = {"email": "Ada@Example.com", "phone": "+14255550123", "region": "US-WA"}
NOON = "2026-11-24T20:00:00Z"
"""In Washington; 04:00 of the same day is eight in the evening there."""


@pytest.fixture
def somebody(request):
    """A path of a contact of this test's own."""
    digest = hashlib.sha256(request.node.name.encode()).hexdigest()
    return f"/v1/contacts/{digest[:16]}"


def put(api, somebody, body=None, **asked):
    return api.ask("PUT", somebody, body or {}, **asked)


class TestProfile:
    def test_is_made_read_and_replaced_whole(self, api, somebody):
        made = put(api, somebody, ADA | {"attributes": {"plan": "pro"}})
        assert (made.status, made.headers["etag"]) == (201, '"1"')
        assert made.body["email"] == ["Ada@example.com"]
        assert made.body["phones"][0]["zones"] == ["America/Los_Angeles"]
        read = api.ask("GET", somebody)
        assert read.body == made.body
        replaced = put(api, somebody, {"phone": ["+14255550123"]})
        assert (replaced.status, replaced.headers["etag"]) == (200, '"2"')
        assert (replaced.body["email"], replaced.body["attributes"]) == ([], {})

    def test_is_changed_by_a_merge_patch(self, api, somebody):
        put(api, somebody, ADA | {"attributes": {"plan": "pro", "seats": 3}, "locale": "en"})
        changed = api.ask(
            "PATCH", somebody, {"attributes": {"seats": None, "city": "Lyon"}, "locale": None}
        )
        assert changed.body["attributes"] == {"plan": "pro", "city": "Lyon"}
        assert (changed.body["locale"], changed.body["region"]) == (None, "US-WA")

    def test_is_written_only_over_the_version_that_was_seen(self, api, somebody):
        first = put(api, somebody, ADA)
        second = put(api, somebody, ADA, headers={"if-match": first.headers["etag"]})
        assert second.status == 200
        late = put(api, somebody, ADA, headers={"if-match": first.headers["etag"]})
        assert (late.status, late.body["code"]) == (412, "contact_changed")
        seen = {"if-match": first.headers["etag"]}
        patch = api.ask("PATCH", somebody, {"locale": "fr"}, headers=seen)
        assert (patch.status, patch.body["code"]) == (412, "contact_changed")
        assert api.ask("GET", somebody).body["locale"] is None
        again = put(api, somebody, ADA, headers={"if-none-match": "*"})
        assert (again.status, again.body["code"]) == (412, "contact_changed")
        wrong = put(api, somebody, ADA, headers={"if-match": "2"})
        assert (wrong.status, wrong.body["errors"][0]["pointer"]) == (400, "If-Match")
        both = put(api, somebody, ADA, headers={"if-match": "*", "if-none-match": "*"})
        assert both.status == 400

    def test_is_found_by_its_addresses_at_once_and_no_longer_by_those_it_lost(self, api, somebody):
        put(api, somebody, {"phone": "+14255557777", "email": "lookup@example.com"})
        for query in ({"phone": "+14255557777"}, {"email": "lookup@EXAMPLE.com"}):
            [found] = api.ask("GET", "/v1/contacts", query=query).body["items"]
            assert found["phone"] == ["+14255557777"]
        api.ask("PATCH", somebody, {"phone": None})
        assert api.ask("GET", "/v1/contacts", query={"phone": "+14255557777"}).body["items"] == []
        for wrong in ({}, {"phone": "1", "email": "a@example.com"}, {"phone": "1"}, {"id": "x"}):
            assert api.ask("GET", "/v1/contacts", query=wrong).status == 400

    def test_is_not_there_for_another_tenant(self, api, somebody):
        put(api, somebody, {"phone": "+14255557778"})
        key = api.make_key(tenant="other")["secret"]
        for method, path in (("GET", somebody), ("PATCH", somebody), ("DELETE", somebody)):
            body: Any = {} if method == "PATCH" else None
            answer = api.ask(method, path, body, key=key)
            assert (answer.status, answer.body["code"]) == (404, "unknown_contact_id")
        query = {"phone": "+14255557778"}
        assert api.ask("GET", "/v1/contacts", query=query, key=key).body["items"] == []

    @pytest.mark.parametrize(
        ("body", "pointer"),
        [
            ({"email": "nobody"}, "/email/0"),
            ({"phone": ["+14255550123", "0425"]}, "/phone/1"),
            ({"email": [f"a{number}@example.com" for number in range(6)]}, "/email"),
            ({"timezone": "PST"}, "/timezone"),
            ({"timezone": "../../etc/passwd"}, "/timezone"),
            ({"region": "US-XX"}, "/region"),
            ({"region": "XX"}, "/region"),
            ({"locale": "english"}, "/locale"),
            ({"forbidden": ["fax"]}, "/forbidden/0"),
            ({"attributes": {"x": "y" * 20_000}}, "/attributes"),
            ({"consents": {"sms": {"spam": GRANTED}}}, "/consents/sms/spam"),
            ({"consents": {"sms": {"marketing": {"status": "pending"}}}},
             "/consents/sms/marketing/status"),
            ({"consents": {"sms": {"marketing": {"status": "granted"}}}},
             "/consents/sms/marketing/level"),
            ({"consents": {"sms": {"marketing": [GRANTED | {"proof": None}]}}},
             "/consents/sms/marketing/0/proof"),
            ({"consents": {"email": {"marketing": GRANTED | {"level": "implied"}}}},
             "/consents/email/marketing/expires_at"),
            ({"consents": {"sms": {"marketing": GRANTED | {"at": "2099-01-01T00:00:00Z"}}}},
             "/consents/sms/marketing/at"),
            ({"consents": {"sms": {"marketing": [GRANTED] * 41}}}, "/consents"),
            ({"name": "Ada"}, "/name"),
        ],
    )  # fmt: skip
    def test_that_is_wrong_is_refused_at_its_place_and_not_written(
        self, api, somebody, body, pointer
    ):
        refused = put(api, somebody, body)
        assert refused.status == 422
        assert refused.body["errors"][0]["pointer"] == pointer
        assert api.ask("GET", somebody).status == 404


class TestConsent:
    def test_is_kept_with_its_proof_and_shown_without(self, api, somebody):
        made = put(api, somebody, ADA | {"consents": {"sms": {"marketing": GRANTED}}})
        [consent] = made.body["consents"]["sms"]["marketing"]
        assert (consent["status"], consent["level"]) == ("granted", "express_written")
        assert "Text me offers." not in json.dumps(made.body)
        [entry] = api.ask("GET", f"{somebody}/consents").body["items"]
        assert entry["kind"] == "consent.granted"
        assert entry["proof"] == {
            "address_1": "+14255550123",
            "wording": "Text me offers.",
            "proof": "form 12",
        }

    def test_is_not_taken_away_by_leaving_it_out(self, api, somebody):
        put(api, somebody, ADA | {"consents": {"sms": {"marketing": GRANTED}}})
        assert put(api, somebody, ADA).body["consents"]["sms"]["marketing"]

    def test_an_older_yes_does_not_undo_a_newer_no(self, api, somebody):
        put(api, somebody, ADA | {"consents": {"sms": {"marketing": {"status": "revoked"}}}})
        old = GRANTED | {"at": "2026-01-01T00:00:00Z", "topic": "offers"}
        refused = api.ask("PUT", f"{somebody}/consents", {"consents": {"sms": {"marketing": old}}})
        assert (refused.status, refused.body["code"]) == (422, "newer_revocation")
        newer = api.ask(
            "PUT", f"{somebody}/consents", {"consents": {"sms": {"marketing": GRANTED}}}
        )
        assert newer.body["consents"]["sms"]["marketing"][0]["status"] == "granted"

    def test_for_one_number_is_none_for_the_next(self, api, somebody):
        put(api, somebody, ADA | {"consents": {"sms": {"marketing": GRANTED}}})
        api.ask("PATCH", somebody, {"phone": "+14255559876"})
        decision = decide(api, somebody)
        assert decision["reason"] == "consent_for_another_address"


def decide(api, somebody, at=NOON, **changes):
    contact_id = somebody.rpartition("/")[2]
    question = {
        "at": at,
        "channel": "sms",
        "purpose": "marketing",
        "contact_ids": [contact_id],
    } | changes
    [item] = api.ask("POST", "/v1/decisions", question).body["items"]
    return item["decision"]


class TestDecisions:
    def test_tell_the_rule_and_its_source(self, api, somebody):
        ada = ADA | {"phone": "+14255550811", "email": None}
        put(api, somebody, ada)
        lacking = decide(api, somebody)
        assert (lacking["verdict"], lacking["rule"]) == ("block", "us.tcpa.written-consent")
        put(api, somebody, ada | {"consents": {"sms": {"marketing": GRANTED}}})
        assert decide(api, somebody)["verdict"] == "send"
        late = decide(api, somebody, at="2026-11-24T04:30:00Z")
        assert late == {
            "verdict": "defer",
            "rule": "us-wa.quiet-hours",
            "source": "RCW 80.36.390",
            "reason": "outside_hours",
            "until": "2026-11-24T16:00:00.000Z",
        }
        assert decide(api, somebody, at="2026-11-24T04:30:00Z", purpose="transactional") == (
            {"verdict": "send", "rule": None, "source": None, "reason": None, "until": None}
        )

    def test_answer_for_each_and_say_of_whom_nothing_is_known(self, api, somebody):
        put(api, somebody, {"email": "only@example.com"})
        contact_id = somebody.rpartition("/")[2]
        question = {"channel": "sms", "purpose": "marketing", "contact_ids": ["none", contact_id]}
        answer = api.ask("POST", "/v1/decisions", question)
        codes = [item["problem"]["code"] for item in answer.body["items"]]
        assert codes == ["unknown_contact", "no_address_for_channel"]

    def test_store_nothing(self, api, somebody):
        put(api, somebody, ADA | {"consents": {"sms": {"marketing": GRANTED}}})
        before = api.written()
        decide(api, somebody)
        assert api.written() == before

    @pytest.mark.parametrize(
        ("change", "pointer"),
        [
            ({"contact_ids": []}, "/contact_ids"),
            ({"contact_ids": ["x"] * 501}, "/contact_ids"),
            ({"channel": "fax"}, "/channel"),
            ({"at": "tomorrow"}, "/at"),
        ],
    )
    def test_need_a_question(self, api, change, pointer):
        question = {"channel": "sms", "purpose": "marketing", "contact_ids": ["x"]} | change
        refused = api.ask("POST", "/v1/decisions", question)
        assert (refused.status, refused.body["errors"][0]["pointer"]) == (422, pointer)


class TestSuppressions:
    def test_stop_an_address_and_are_taken_back_by_reason(self, api):
        phone = {"phone": "+14255550801"}
        answer = api.ask("PUT", "/v1/suppressions", phone | {"reason": "invalid"})
        assert [each["reason"] for each in answer.body["items"]] == ["invalid"]
        message = {
            "to": phone,
            "channel": "sms",
            "purpose": "transactional",
            "content": {"text": "Hello."},
        }
        blocked = api.ask("POST", "/v1/messages", message).body
        assert (blocked["status"], blocked["decision"]["reason"]) == (
            "blocked",
            "suppressed_invalid",
        )
        lifted = api.ask("DELETE", "/v1/suppressions", phone | {"reason": "invalid"})
        assert (lifted.status, lifted.body["items"]) == (200, [])
        assert api.ask("POST", "/v1/messages", message).body["status"] == "accepted"
        gone = api.ask("DELETE", "/v1/suppressions", phone | {"reason": "invalid"})
        assert (gone.status, gone.body["code"]) == (404, "unknown_suppression")
        assert api.ask("GET", "/v1/suppressions", query=phone).status == 404

    def test_a_no_of_the_owner_is_taken_back_with_a_proof_alone(self, api):
        phone = {"phone": "+14255550802"}
        api.ask("PUT", "/v1/suppressions", phone | {"reason": "opted_out", "source": "letter"})
        refused = api.ask("DELETE", "/v1/suppressions", phone | {"reason": "opted_out"})
        assert (refused.status, refused.body["errors"][0]["pointer"]) == (422, "/proof")
        lifted = api.ask(
            "DELETE", "/v1/suppressions", phone | {"reason": "opted_out", "proof": "call 12"}
        )
        assert lifted.status == 200

    def test_are_listed_by_digest_and_never_by_address(self, api):
        for number in range(3):
            api.ask("PUT", "/v1/suppressions", {"email": f"list{number}@example.com"})
        found, cursor = [], None
        while True:
            query = {"limit": "2"} | ({"cursor": cursor} if cursor else {})
            page = api.ask("GET", "/v1/suppressions", query=query).body
            found += page["items"]
            cursor = page["next_cursor"]
            if cursor is None:
                break
        assert len({item["address_key"] for item in found}) == len(found) >= 3
        assert "example.com" not in json.dumps(found)
        assert api.ask("GET", "/v1/suppressions", query={"cursor": "eHg="}).status == 400


class TestRevocation:
    def test_by_phone_stops_everything_but_alerts_at_once(self, api, somebody):
        put(api, somebody, ADA | {"consents": {"sms": {"marketing": GRANTED}}})
        for _ in range(2):
            answer = api.ask(
                "POST", f"{somebody}/revocations", {"source": "phone call", "proof": "ticket 1"}
            )
            assert answer.status == 200
        assert answer.body["consents"]["sms"]["marketing"][0]["status"] == "revoked"
        for purpose in ("marketing", "informational", "transactional"):
            assert decide(api, somebody, purpose=purpose)["reason"] == "suppressed_opted_out"
        assert decide(api, somebody, purpose="emergency")["verdict"] == "send"
        kinds = [each["kind"] for each in api.ask("GET", f"{somebody}/consents").body["items"]]
        assert kinds.count("consent.revoked") == len(set(answer.body["consents"]))
        for reason in ("email", "phone"):
            for address in answer.body[reason]:
                api.ask(
                    "DELETE",
                    "/v1/suppressions",
                    {reason: address, "reason": "opted_out", "proof": "the test is over"},
                )

    def test_of_one_topic_leaves_the_others(self, api, somebody):
        body: dict[str, Any] = ADA | {"phone": "+14255550803", "email": None}
        put(api, somebody, body | {"consents": {"sms": {"marketing": GRANTED}}})
        said = {"channels": ["sms"], "purposes": ["marketing"], "topic": "offers", "source": "call"}
        assert api.ask("POST", f"{somebody}/revocations", said).status == 200
        assert decide(api, somebody, topic="offers")["reason"] == "revoked"
        assert decide(api, somebody, topic="news")["verdict"] == "send"

    def test_must_say_how_it_came(self, api, somebody):
        put(api, somebody, ADA)
        refused = api.ask("POST", f"{somebody}/revocations", {"channels": ["sms"]})
        assert (refused.status, refused.body["errors"][0]["pointer"]) == (422, "/source")


class TestRights:
    def test_all_that_is_held_is_exported(self, api, somebody):
        contact_id = somebody.rpartition("/")[2]
        body = {"phone": "+14255550804", "consents": {"sms": {"marketing": GRANTED}}}
        put(api, somebody, body)
        api.ask("PUT", "/v1/suppressions", {"phone": "+14255550804", "reason": "manual"})
        for number in range(3):
            api.ask(
                "POST",
                "/v1/messages",
                {
                    "to": {"contact_id": contact_id},
                    "channel": "sms",
                    "purpose": "transactional",
                    "content": {"text": "Order {{ number }}"},
                    "data": {"number": number},
                },
            )
        exported = api.ask("GET", f"{somebody}/export").body
        assert exported["contact"]["phone"] == ["+14255550804"]
        assert exported["ledger"][0]["proof"]["wording"] == "Text me offers."
        assert exported["suppressions"][0]["reasons"][0]["reason"] == "manual"
        assert [each["data"]["number"] for each in exported["messages"]] == [2, 1, 0]
        assert exported["messages"][0]["content"] == {"text": "Order {{ number }}"}

    def test_who_is_erased_and_put_again_has_said_nothing_but_no(self, api, somebody):
        phone = "+14255550806"
        body = {"phone": phone, "region": "US-WA", "consents": {"sms": {"marketing": GRANTED}}}
        put(api, somebody, body)
        check = {"phone": phone, "kind": "do_not_call", "answer": "no", "source": "registry"}
        assert api.ask("PUT", "/v1/checks", {"checks": [check]}).status == 200
        assert decide(api, somebody)["verdict"] == "send"
        said = {"phone": phone, "reason": "opted_out", "purposes": ["informational"]}
        assert api.ask("PUT", "/v1/suppressions", said).status == 200
        assert api.ask("DELETE", somebody).status == 202

        del body["consents"]
        again = put(api, somebody, body).body
        assert (again["consents"], again["phones"][0]["checks"]) == ({}, [])
        later = (datetime.now(UTC) + timedelta(days=1)).isoformat()
        assert decide(api, somebody, at=later)["reason"] == "no_consent"
        informed = decide(api, somebody, at=later, purpose="informational")
        assert informed["reason"] == "suppressed_opted_out"

    def test_an_erasure_begins_at_once_and_can_be_looked_at(self, api, somebody):
        put(api, somebody, {"phone": "+14255550805"})
        begun = api.ask("DELETE", somebody)
        assert (begun.status, begun.body["state"]) == (202, "running")
        assert api.ask("GET", somebody).status == 404
        assert api.ask("GET", begun.headers["location"]).body == begun.body
        other = api.make_key(tenant="other")["secret"]
        assert api.ask("GET", begun.headers["location"], key=other).status == 404
        made = put(api, somebody, {"phone": "+14255550805"})
        assert (made.status, made.body["consents"]) == (201, {})


def test_an_offer_at_night_waits_for_the_morning(api):
    now = datetime.now(UTC)
    zone = f"Etc/GMT{(now.hour - 3) % 24:+d}" if (now.hour - 3) % 24 <= 12 else None
    zone = zone or f"Etc/GMT-{24 - (now.hour - 3) % 24}"
    api.ask(
        "PUT",
        "/v1/contacts/sleeper",
        {
            "phone": "+447860019066",
            "timezone": zone,
            "region": "GB",
            "consents": {"sms": {"marketing": GRANTED}},
        },
    )
    message = api.ask(
        "POST",
        "/v1/messages",
        {
            "to": {"contact_id": "sleeper"},
            "channel": "sms",
            "purpose": "marketing",
            "content": {"text": "An offer. Reply STOP to end."},
        },
    ).body
    assert (message["status"], message["decision"]["rule"]) == ("deferred", "gb.courtesy-hours")
    until = datetime.fromisoformat(message["decision"]["until"])
    # Over a weekend too, and where the hours of the number's country are others than the contact's.
    assert now < until < now + timedelta(days=4)
    assert 8 <= until.astimezone(ZoneInfo(zone)).hour < 21
