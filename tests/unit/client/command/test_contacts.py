from __future__ import annotations

import json

import pytest

from outbound.adapters.api.contract.contact_examples import CONTACT, ERASURE, EXPORT, HISTORY


def test_a_contact_is_put_by_options_over_a_file(api, outbound, tmp_path):
    (tmp_path / "ada.json").write_text(json.dumps({"locale": "en-US", "attributes": {"vip": True}}))
    api.answer(201, CONTACT)
    result = outbound(
        *("contacts", "put", "ada", str(tmp_path / "ada.json"), "--email", "ada@example.com"),
        *("--attribute", "plan=pro", "--locale", "fr"),
    )
    assert result.code == 0
    assert api.body(0) == {
        "locale": "fr",
        "email": ["ada@example.com"],
        "attributes": {"vip": True, "plan": "pro"},
    }
    assert "sms.marketing.offers" in result.out


def test_a_change_says_only_what_it_changes(api, outbound):
    api.answer(200, CONTACT)
    assert outbound("contacts", "change", "ada", "--forbid", "voice").code == 0
    assert (api.asked[0].method, api.body(0)) == ("PATCH", {"forbidden": ["voice"]})


def test_a_change_of_nothing_is_refused(api, outbound):
    result = outbound("contacts", "change", "ada")
    assert (result.code, api.asked) == (2, [])
    assert "Say what to change" in result.err


@pytest.mark.parametrize("step", ["get", "lookup"])
def test_a_number_is_shown_with_what_its_carrier_said(api, outbound, step):
    api.answer(200, CONTACT)
    result = outbound("contacts", step, "ada")
    assert (result.code, "+14255550123 mobile" in result.out) == (0, True)


@pytest.mark.parametrize(
    ("words", "query"),
    [
        (("find", "--email", "ada@example.com"), {"email": "ada@example.com"}),
        (("stale", "--for", "P1Y", "--limit", "5"), {"stale": "P1Y", "limit": "5"}),
    ],
)
def test_contacts_are_listed(api, outbound, words, query):
    api.answer(200, {"items": [CONTACT], "next_cursor": None})
    result = outbound("contacts", *words)
    assert (result.code, "ada@example.com" in result.out) == (0, True)
    assert dict(api.asked[0].url.params) == query


def test_what_was_said_is_shown(api, outbound):
    api.answer(200, HISTORY)
    assert "consent.granted" in outbound("contacts", "consents", "ada").out


def test_all_that_is_held_goes_to_a_file(api, outbound, tmp_path):
    api.answer(200, EXPORT | {"next_cursor": "MTIg"})
    api.answer(200, EXPORT)
    result = outbound("contacts", "export", "ada", "--to", str(tmp_path / "ada.jsonl"))
    lines = (tmp_path / "ada.jsonl").read_text().splitlines()
    assert (result.code, [json.loads(each)["contact"]["id"] for each in lines]) == (0, ["ada"] * 2)
    assert list(tmp_path.glob("*.part")) == []


def test_an_export_that_breaks_off_leaves_no_file(api, outbound, tmp_path):
    api.answer(200, EXPORT | {"next_cursor": "MTIg"})
    api.answer(404, {"code": "unknown_contact_id", "title": "Unknown", "status": 404})
    result = outbound("contacts", "export", "ada", "--to", str(tmp_path / "ada.jsonl"))
    assert result.code != 0
    assert list(tmp_path.iterdir()) == []


def test_an_erasure_is_waited_for(api, outbound):
    api.answer(202, ERASURE)
    api.answer(200, ERASURE)
    api.answer(200, ERASURE | {"state": "finished", "finished_at": "2026-11-23T16:41:00.000Z"})
    result = outbound("contacts", "erase", "ada")
    assert (result.code, "finished" in result.out, api.waits) == (0, True, [2.0, 2.0])


def test_an_erasure_need_not_be_waited_for(api, outbound):
    api.answer(202, ERASURE)
    result = outbound("contacts", "erase", "ada", "--no-wait", "--json")
    assert (result.code, json.loads(result.out)["state"]) == (0, "running")


def test_an_erasure_is_looked_at_later_by_its_own_id(api, outbound):
    api.answer(200, ERASURE)
    result = outbound("contacts", "erasure", ERASURE["id"])
    assert (api.asked[0].method, "running" in result.out) == ("GET", True)


def test_a_contact_is_changed_only_as_json_has_shown_it(api, outbound):
    for _ in range(2):
        api.answer(200, CONTACT, ETag='"3"')
    seen = outbound("contacts", "get", "ada", "--json").json()["etag"]
    outbound("contacts", "change", "ada", "--locale", "fr", "--if-match", seen)
    assert api.asked[1].headers["If-Match"] == '"3"'


def test_a_contact_is_put_only_if_it_is_new(api, outbound):
    api.answer(201, CONTACT)
    assert outbound("contacts", "put", "ada", "--locale", "fr", "--new").code == 0
    assert api.asked[0].headers["If-None-Match"] == "*"


@pytest.mark.parametrize("name", ["contact_id", "if_match", "only_new"])
def test_a_file_says_nothing_but_what_a_contact_is(api, outbound, tmp_path, name):
    (tmp_path / "ada.json").write_text(json.dumps({name: "x"}))
    result = outbound("contacts", "put", "ada", str(tmp_path / "ada.json"))
    assert (result.code, f"{name} is no field" in result.err, api.asked) == (2, True, [])
