"""Permission over HTTP: decisions, suppressions and revocations."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.functions.contacting import ADA, GRANTED, decide, put


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
