from __future__ import annotations

import io
import json
from typing import Any

import pytest

from outbound.adapters.api.contract.checks import LISTED as ON_LIST
from outbound.adapters.api.contract.checks import REASSIGNED, REFUSED
from outbound.adapters.api.contract.contact_examples import CONTACT, DECIDED, SUPPRESSION
from outbound.adapters.api.contract.permission import LISTED, PAGE

OF_NOBODY: dict[str, Any] = REFUSED
KEPT = {"index": 0, "contacts": 1}
NOTHING: dict[str, Any] = {"items": [], "next_cursor": None}


@pytest.fixture
def look_ups(tmp_path):
    """Writes look-ups as a file, one in each line, and gives its name."""

    def write(*lines):
        file = tmp_path / "look-ups.jsonl"
        file.write_text("".join(f"{json.dumps(line) if line else ''}\n" for line in lines))
        return str(file)

    return write


def test_suppressed_addresses_are_listed_by_their_digests(api, outbound):
    api.answer(200, PAGE | {"next_cursor": "more"})
    result = outbound("suppressions", "list", "--limit", "1")
    assert result.out.splitlines()[1].split() == [
        *("5m2c9vd0t7wq1x8ehz4k5m2c9v", "bounced", "2026-11-23", "16:40:00Z"),
        *("ses", "5.1.1", "all"),
    ]
    assert "--cursor more" in result.err
    assert dict(api.asked[0].url.params) == {"limit": "1"}


def test_what_stands_against_an_address_is_shown_without_it(api, outbound):
    api.answer(200, LISTED)
    result = outbound("suppressions", "find", "--phone", "+14255550123")
    assert "bounced" in result.out
    assert "+14255550123" not in result.out + result.err


def test_an_address_is_stopped_for_some_purposes_until_a_time(api, outbound):
    limited = {"purposes": ["marketing"], "expires_at": "2027-01-01T00:00:00.000Z"}
    api.answer(200, {"items": [SUPPRESSION | limited], "next_cursor": None})
    result = outbound(
        *("suppressions", "add", "--email", "ada@example.com", "--source", "call"),
        *("--purpose", "marketing", "--expires-at", "2027-01-01T00:00:00Z"),
    )
    assert api.body() == {
        "email": "ada@example.com",
        "source": "call",
        "purposes": ["marketing"],
        "expires_at": "2027-01-01T00:00:00Z",
    }
    assert result.out.split()[-3:] == ["marketing", "2027-01-01", "00:00:00Z"]


def test_the_last_reason_is_taken_back(api, outbound):
    api.answer(200, NOTHING)
    result = outbound(
        *("suppressions", "lift", "--phone", "+14255550123", "--reason", "opted_out"),
        *("--proof", "call 4711"),
    )
    assert api.body() == {"phone": "+14255550123", "reason": "opted_out", "proof": "call 4711"}
    assert "Nothing stands against the address" in result.out


@pytest.mark.parametrize("words", [("list",), ("find", "--email", "ada@example.com")])
def test_suppressions_are_shown_as_json(api, outbound, words):
    api.answer(200, PAGE if words == ("list",) else LISTED)
    assert len(outbound("suppressions", *words, "--json").json()["items"]) == 1


@pytest.mark.parametrize("word", ["find", "add", "lift"])
@pytest.mark.parametrize("which", [(), ("--email", "ada@example.com", "--phone", "+14255550123")])
def test_a_suppression_is_of_one_address(api, outbound, word, which):
    more = ("--reason", "manual") if word == "lift" else ()
    assert (outbound("suppressions", word, *which, *more).code, api.asked) == (2, [])


def test_the_gate_is_asked_for_several_contacts(api, outbound):
    unknown = {"contact_id": "bob", "problem": OF_NOBODY["problem"]}
    api.answer(200, {"items": [*DECIDED["items"], unknown]})
    result = outbound("decide", "ada", "bob", "--channel", "sms", "--purpose", "marketing")
    assert api.body() == {"contact_ids": ["ada", "bob"], "channel": "sms", "purpose": "marketing"}
    assert [line.split() for line in result.out.splitlines()[1:]] == [
        ["ada", "defer", "outside_hours", "2026-11-24", "16:00:00Z", "us.tcpa.quiet-hours"],
        ["bob", "unknown_contact"],
    ]
    assert (result.code, "1 of 2" in result.err) == (1, True)


def test_decisions_are_shown_as_json(api, outbound):
    api.answer(200, DECIDED)
    result = outbound("decide", "ada", "--channel", "sms", "--purpose", "marketing", "--json")
    assert (result.code, result.json()["items"][0]["decision"]["verdict"]) == (0, "defer")


def test_a_yes_is_written_down(api, outbound):
    api.answer(200, CONTACT)
    result = outbound(
        *("contacts", "grant", "ada", "--channel", "sms", "--purpose", "marketing"),
        *("--level", "express", "--source", "web form", "--topic", "offers"),
    )
    yes = {"status": "granted", "level": "express", "topic": "offers", "source": "web form"}
    assert api.body() == {"consents": {"sms": {"marketing": yes}}}
    assert "sms.marketing.offers" in result.out


def test_a_no_is_passed_on_for_what_it_names(api, outbound):
    api.answer(200, CONTACT)
    outbound("contacts", "revoke", "ada", "--source", "phone call", "--channel", "voice")
    assert api.asked[0].url.path == "/v1/contacts/ada/revocations"
    assert api.body() == {"source": "phone call", "channels": ["voice"]}


def test_a_look_up_is_recorded_with_a_contact_and_shown(api, outbound):
    api.answer(200, CONTACT)
    given = {name: value for name, value in REASSIGNED.items() if name != "proof"}
    options = [word for name, value in given.items() for word in (f"--{name}", value)]
    result = outbound("contacts", "check", "ada", *options)
    assert api.body() == {"checks": [given]}
    told = "+14255550123 no since 2026-09-01, 2026-11-23 16:40:00Z"
    assert ["reassigned", told] in [line.split(maxsplit=1) for line in result.out.splitlines()]


def test_look_ups_are_recorded_and_who_is_refused_is_told_by_line(api, outbound, look_ups):
    api.answer(200, {"items": [KEPT, OF_NOBODY]})
    file = look_ups(REASSIGNED, None, ON_LIST)
    result = outbound("checks", "put", file)
    assert api.body() == {"checks": [REASSIGNED, ON_LIST]}
    assert (result.code, result.out) == (1, "1 of 2 are recorded\n")
    assert f"{file}, line 3: No contact has this number. (unknown_contact)" in result.err


def test_a_wrong_field_of_a_look_up_is_named(api, outbound, look_ups):
    errors = [
        {"pointer": f"/checks/0/{name}", "code": "invalid", "message": f"Say {name}."}
        for name in ("since", "at")
    ]
    problem = OF_NOBODY["problem"] | {"code": "invalid_request", "errors": errors}
    api.answer(200, {"items": [{"index": 0, "problem": problem}]})
    result = outbound("checks", "put", look_ups(ON_LIST))
    assert "line 1: since: Say since. at: Say at. (invalid_request)" in result.err


def test_many_look_ups_go_500_at_a_time_and_keep_their_lines(api, outbound, look_ups):
    api.answer(200, {"items": [{"index": index, "contacts": 1} for index in range(500)]})
    api.answer(200, {"items": [KEPT]})
    result = outbound("checks", "put", look_ups(*[REASSIGNED] * 501), "--json")
    assert [len(api.body(number)["checks"]) for number in (0, 1)] == [500, 1]
    assert [each["line"] for each in result.json()["items"]] == list(range(1, 502))


def test_look_ups_wait_for_the_next_minute_of_their_key(api, outbound, look_ups):
    api.answer(429, {"code": "rate_limited", "title": "Too many"}, Retry_After="42")
    api.answer(200, {"items": [KEPT]})
    result = outbound("checks", "put", look_ups(REASSIGNED))
    assert (result.code, api.waits) == (0, [42.0])


def test_the_mark_with_which_spreadsheets_begin_a_file_is_no_part_of_it(api, outbound, monkeypatch):
    api.answer(200, {"items": [KEPT]})
    monkeypatch.setattr("sys.stdin", io.StringIO("\ufeff" + json.dumps(REASSIGNED)))
    assert outbound("checks", "put", "-").code == 0
    assert api.body(0)["checks"] == [REASSIGNED]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "is empty"),
        ("{}\nx\n", "line 2: isn't JSON"),
        ("[]\n", "line 1: must be a JSON object"),
    ],
)
def test_a_file_without_look_ups_is_refused_before_anything_is_asked(
    api, outbound, monkeypatch, text, told
):
    monkeypatch.setattr("sys.stdin", io.StringIO(text))
    result = outbound("checks", "put", "-")
    assert (result.code, told in result.err, api.asked) == (2, True, [])
