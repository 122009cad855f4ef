"""Contacts over HTTP: who they are, what they agreed to, and their rights."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.functions.contacting import ADA, GRANTED, decide, put


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
