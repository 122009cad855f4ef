"""Numbers looked up on request: once, kept with the contact, and unused where there is none."""

from __future__ import annotations

import pytest

from infra.local.carrier import Answer, Rule


@pytest.fixture
def refused(api):
    """The carrier answers no look-up."""
    rule = Rule(operation="CarrierLookup", answer=Answer(error="AccessDeniedException"))
    api.carrier.rules.replace([rule])
    yield
    api.carrier.rules.replace([])


def put(api, name, **body):
    return api.ask("PUT", f"/v1/contacts/{name}", body).body


def look(api, name, **more):
    return api.ask("POST", f"/v1/contacts/{name}/lookup", **more)


def test_what_kind_of_line_a_number_is_is_kept_with_it(api):
    put(api, "lined", phone="+14255550171")
    found = look(api, "lined").body["phones"][0]["line"]
    said = (found["type"], found["carrier"], found["country"])
    assert said == ("mobile", "Simulated carrier", "US")

    put(api, "lined", phone=["+14255550171", "+14255550172"])
    first, second = api.ask("GET", "/v1/contacts/lined").body["phones"]
    assert (first["line"], second["line"]) == (found, None)


def test_a_number_that_there_is_not_is_not_used_any_more(api):
    put(api, "unlined", phone="+14254147167")
    assert look(api, "unlined").body["phones"][0]["line"]["type"] == "invalid"
    query = {"phone": "+14254147167"}
    [standing] = api.ask("GET", "/v1/suppressions", query=query).body["items"]
    assert standing["reason"] == "invalid"
    assert "CarrierLookup" in standing["source"]


def test_within_a_day_and_for_a_test_key_nobody_is_asked(api, refused):
    put(api, "asked", phone="+14255550173")
    test = api.make_key(mode="test")["secret"]
    assert look(api, "asked", key=test).body["phones"][0]["line"] is None
    api.carrier.rules.replace([])
    found = look(api, "asked").body["phones"][0]["line"]
    api.carrier.rules.replace([Rule(operation="CarrierLookup", answer=Answer(error="NoSuch"))])
    assert look(api, "asked").body["phones"][0]["line"] == found


def test_where_aws_cannot_tell_nothing_changes(api, refused):
    made = put(api, "untold", phone="+14255550174")
    answer = look(api, "untold")
    assert (answer.status, answer.body["code"]) == (503, "lookup_failed")
    assert api.ask("GET", "/v1/contacts/untold").body == made


def test_who_has_no_number_or_is_nobody_is_told_so(api):
    put(api, "numberless", email="nobody@example.com")
    assert look(api, "numberless").body["code"] == "no_number"
    assert look(api, "nobody-at-all").body["code"] == "unknown_contact_id"
