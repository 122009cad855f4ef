"""Declared variables: their types, and what data lack."""

from __future__ import annotations

import pytest

from outbound.domain.variable import Variable, VariableType, faults_of, filled, objection


@pytest.mark.parametrize(
    ("kind", "right", "wrong"),
    [
        ("text", ["", "a"], [1, None, ["a"], True]),
        ("number", [0, -1.5], ["1", True, None]),
        ("integer", [3, 3.0], [3.5, "3", False]),
        ("boolean", [True, False], [0, "true", None]),
        ("date", ["2026-12-24"], ["2026-02-30", "24.12.2026", "20261224", "2026-12-24T00:00:00Z"]),
        ("time", ["09:30", "23:59:59"], ["9:30", "24:00", "09", "09:30Z"]),
        (
            "datetime",
            ["2026-12-24T09:30:00Z", "2026-12-24T09:30:00.5+01:00", "2026-12-24T09:30Z"],
            ["2026-12-24T09:30:00", "2026-12-24", "2026-13-24T09:30:00Z", 1700000000],
        ),
        ("url", ["https://example.com/a?b=c"], ["http://example.com", "https://", "javascript:1"]),
        ("list", [[], [1]], ["a", {}, None]),
        ("object", [{}, {"a": 1}], [[], "a", None]),
    ],
)
def test_a_type_takes_what_it_names_and_nothing_else(kind, right, wrong):
    kind = VariableType(kind)
    assert [objection(value, kind) for value in right] == [None] * len(right)
    assert all(objection(value, kind) for value in wrong)


def test_every_type_can_be_asked():
    assert all(objection(object(), kind) for kind in VariableType)


def test_all_that_is_missing_or_wrong_is_named_and_no_value_is_repeated():
    variables = {
        "order": Variable(),
        "count": Variable(VariableType.INTEGER),
        "day": Variable(VariableType.DATE, default="2026-12-24"),
        "note": Variable(required=False),
    }
    data = {"count": "the secret", "more": 1}

    faults = faults_of(filled(data, variables), variables)

    assert [(each.pointer, each.code) for each in faults] == [
        ("/data/order", "missing_variable"),
        ("/data/count", "invalid_variable"),
    ]
    assert not any("secret" in each.message for each in faults)


def test_a_default_stands_for_what_data_lack_and_for_nothing_else():
    variables = {"name": Variable(default="you"), "order": Variable()}
    assert filled({"order": 1}, variables) == {"order": 1, "name": "you"}
    assert filled({"name": "Ada"}, variables) == {"name": "Ada"}
