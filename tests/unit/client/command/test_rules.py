from __future__ import annotations

import json

import pytest

from tests.unit.client.test_rules import REFUSED, RULE

ASKED = ("pattern", "contact", "channel", "purpose", "template", "data")


@pytest.fixture
def files(tmp_path):
    """Writes values as files, and gives their paths."""

    def write(**values):
        for name, value in values.items():
            (tmp_path / f"{name}.json").write_text(json.dumps(value))
        return [str(tmp_path / f"{name}.json") for name in values]

    return write


def test_a_rule_is_put_listed_and_removed(api, outbound, files):
    (file,) = files(rule={name: RULE[name] for name in ASKED})
    api.answer(201, RULE)
    api.answer(200, {"items": [RULE]})
    api.answer(200, RULE)

    put = outbound("rules", "put", "shipped", file)
    listed = outbound("rules", "list")
    removed = outbound("rules", "remove", "shipped")

    assert "shipped is stored" in put.out
    assert "order-shipped" in listed.out
    assert "shipped is removed" in removed.out


def test_a_rule_is_shown_with_what_it_makes(api, outbound):
    api.answer(200, RULE)
    api.answer(200, RULE)

    lines = [line.split() for line in outbound("rules", "get", "shipped").out.splitlines()]

    assert ["data.order", "$.detail.order"] in lines
    assert ["enabled", "yes"] in lines
    assert outbound("rules", "get", "shipped", "--json").json()["mode"] == "live"


@pytest.mark.parametrize(
    ("changes", "told"),
    [({"oops": 1}, "oops is not known; there are pattern, contact"), ({}, "pattern is missing")],
)
def test_a_rule_of_other_fields_is_refused_in_words(api, outbound, files, changes, told):
    (file,) = files(rule=changes)
    result = outbound("rules", "put", "shipped", file)
    assert (result.code, told in result.err, api.asked) == (2, True, [])


@pytest.mark.parametrize("whole", [True, False])
def test_a_pattern_is_tried_on_an_event(api, outbound, files, whole):
    pattern = RULE["pattern"]
    asked = files(pattern={"pattern": pattern} if whole else pattern, event={"source": "x"})
    api.answer(200, {"matches": True})
    api.answer(200, {"matches": False, "differs_at": "/pattern/source"})

    matching = outbound("rules", "test", *asked)
    other = outbound("rules", "test", *asked)

    assert (matching.code, matching.out) == (0, "The pattern matches the event.\n")
    assert other.code != 0
    assert "/pattern/source" in other.err
    assert api.body() == {"pattern": pattern, "event": {"source": "x"}}


def test_a_file_that_holds_no_object_is_named(api, outbound, files):
    result = outbound("rules", "test", *files(pattern=[], event={}))
    assert "must be one JSON object" in result.err
    assert not api.asked


def test_refused_events_are_shown_with_their_reason(api, outbound):
    api.answer(200, {"items": [REFUSED], "next_cursor": "more"})
    result = outbound("rules", "refused", "shipped")
    assert "path_missing" in result.out
    assert "--cursor more" in result.err
