"""Patterns of events, beside what moto makes of the same ones."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from moto.events.models import EventPattern

from outbound.domain.event_pattern import LONGEST, PatternFault, check, differs_at
from outbound.domain.incoming_event import NotThere, value_at

EVENT = {
    "source": "com.example.shop",
    "detail-type": "order.shipped",
    "detail": {
        "carrier": "ups",
        "weight": 4.5,
        "express": True,
        "note": None,
        "tags": ["new", "gift"],
        "ip": "10.0.0.7",
        "items": [{"sku": "A-1", "count": 2}, {"sku": "B-2", "count": 1}],
    },
}


def matches(**detail):
    pattern = {"source": ["com.example.shop"], "detail": detail}
    check(pattern)
    return differs_at(pattern, EVENT) is None


@pytest.mark.parametrize(
    ("detail", "expected"),
    [
        ({"carrier": ["dhl", "ups"]}, True),
        ({"carrier": ["dhl"]}, False),
        ({"carrier": [{"prefix": "u"}]}, True),
        ({"carrier": [{"prefix": {"equals-ignore-case": "UP"}}]}, True),
        ({"carrier": [{"suffix": "s"}]}, True),
        ({"carrier": [{"suffix": {"equals-ignore-case": "X"}}]}, False),
        ({"carrier": [{"equals-ignore-case": "UPS"}]}, True),
        ({"carrier": [{"anything-but": "ups"}]}, False),
        ({"carrier": [{"anything-but": ["dhl", "dpd"]}]}, True),
        ({"carrier": [{"anything-but": {"prefix": "d"}}]}, True),
        ({"carrier": [{"anything-but": {"suffix": ["s", "x"]}}]}, False),
        ({"carrier": [{"wildcard": "u*s"}]}, True),
        ({"carrier": [{"wildcard": "u\\*s"}]}, False),
        ({"weight": [4.5]}, True),
        ({"weight": [{"numeric": [">", 4, "<=", 5]}]}, True),
        ({"weight": [{"numeric": ["=", 4]}]}, False),
        ({"weight": [{"anything-but": 4.5}]}, False),
        ({"express": [True]}, True),
        ({"express": [1]}, False),
        ({"express": [{"numeric": ["=", 1]}]}, False),
        ({"note": [None]}, True),
        ({"note": [{"exists": True}]}, True),
        ({"gone": [{"exists": False}]}, True),
        ({"gone": [None]}, False),
        ({"gone": {"deeper": [{"exists": False}]}}, True),
        ({"gone": {"deeper": ["x"]}}, False),
        ({"tags": ["gift"]}, True),
        ({"tags": [{"prefix": "n"}]}, True),
        ({"ip": [{"cidr": "10.0.0.0/24"}]}, True),
        ({"ip": [{"cidr": "10.0.1.0/24"}]}, False),
        ({"carrier": [{"cidr": "10.0.0.0/24"}]}, False),
        ({"items": {"sku": ["B-2"], "count": [1]}}, True),
        ({"items": {"sku": ["B-2"], "count": [2]}}, False),
        ({"$or": [{"carrier": ["dhl"]}, {"weight": [{"numeric": [">", 4]}]}]}, True),
        ({"$or": [{"carrier": ["dhl"]}, {"weight": [1]}]}, False),
    ],
)
def test_an_operator_matches_as_eventbridge_says(detail, expected):
    assert matches(**detail) is expected


def test_where_they_differ_is_told():
    pattern = {"source": ["com.example.shop"], "detail": {"carrier": ["ups"], "weight": [1]}}
    assert differs_at(pattern, EVENT) == "/detail/weight"
    assert differs_at({"detail": {"$or": [{"a": ["b"]}, {"c": ["d"]}]}}, EVENT) == "/detail/$or"


@pytest.mark.parametrize(
    ("pattern", "pointer"),
    [
        ({}, ""),
        ({"kind": ["x"]}, "/kind"),
        ({"source": "x"}, "/source"),
        ({"source": []}, "/source"),
        ({"source": [["x"]]}, "/source/0"),
        ({"detail": {}}, "/detail"),
        ({"detail": {"a/b": 1}}, "/detail/a~1b"),
        ({"detail": {"a": [{"begins": "x"}]}}, "/detail/a/0"),
        ({"detail": {"a": [{"prefix": "x", "suffix": "y"}]}}, "/detail/a/0"),
        ({"detail": {"a": [{"prefix": 1}]}}, "/detail/a/0/prefix"),
        ({"detail": {"a": ["x", {"numeric": [">"]}]}}, "/detail/a/1/numeric"),
        ({"detail": {"a": [{"numeric": ["!=", 1]}]}}, "/detail/a/0/numeric"),
        ({"detail": {"a": [{"exists": "yes"}]}}, "/detail/a/0/exists"),
        ({"detail": {"a": [{"cidr": "10.0.0.0/99"}]}}, "/detail/a/0/cidr"),
        ({"detail": {"a": [{"anything-but": []}]}}, "/detail/a/0/anything-but"),
        ({"detail": {"a": [{"anything-but": ["x", 1]}]}}, "/detail/a/0/anything-but"),
        ({"detail": {"a": [{"wildcard": "a**"}]}}, "/detail/a/0/wildcard"),
        ({"detail": {"$or": [{"a": ["b"]}]}}, "/detail/$or"),
        ({"detail": {"$or": ["a", "b"]}}, "/detail/$or/0"),
        ({"source": ["x" * LONGEST]}, ""),
    ],
)
def test_what_is_no_pattern_is_refused_with_its_place(pattern, pointer):
    with pytest.raises(PatternFault) as fault:
        check(pattern)
    assert fault.value.pointer == pointer


def test_a_pattern_without_end_is_refused():
    pattern: Any = ["x"]
    for _ in range(100):
        pattern = {"a": pattern}
    with pytest.raises(PatternFault):
        check({"detail": pattern})


TEXTS = st.sampled_from(["", "a", "ab", "ba", "*", "A"])
VALUES = st.one_of(TEXTS, st.integers(2, 5), st.none())
OPERATORS = st.one_of(
    VALUES,
    st.fixed_dictionaries({"prefix": TEXTS}),
    st.fixed_dictionaries({"suffix": TEXTS}),
    st.fixed_dictionaries({"exists": st.booleans()}),
    st.fixed_dictionaries({"equals-ignore-case": TEXTS}),
    st.fixed_dictionaries({"anything-but": st.lists(TEXTS, min_size=1, max_size=2)}),
    st.fixed_dictionaries({"numeric": st.tuples(st.sampled_from("<>="), st.integers(2, 5))}),
    st.fixed_dictionaries({"wildcard": st.sampled_from(["a*", "*b", "\\*"])}),
)
LEAVES = st.lists(OPERATORS, min_size=1, max_size=3)
DETAIL = st.dictionaries(st.sampled_from("abc"), LEAVES, min_size=1, max_size=3)
BODY = st.dictionaries(
    st.sampled_from("abc"), st.one_of(VALUES, st.lists(VALUES, min_size=1, max_size=2)), max_size=3
)


@settings(max_examples=300)
@given(DETAIL, BODY)
def test_any_pattern_matches_what_moto_says(detail, body):
    pattern = json.loads(json.dumps({"detail": detail}))
    event: Any = {"detail": body}
    check(pattern)

    ours = differs_at(pattern, event) is None

    assert ours is EventPattern.load(json.dumps(pattern)).matches_event(event)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("$.detail.carrier", "ups"),
        ("$.detail.items[1].sku", "B-2"),
        ("$.detail-type", "order.shipped"),
    ],
)
def test_a_path_leads_to_its_value(path, value):
    assert value_at(path, EVENT) == value


@pytest.mark.parametrize(
    "path",
    ["$.detail.gone", "$.detail.items[2].sku", "$.detail.carrier.x", "$.detail.note", "$[0]"],
)
def test_a_path_that_leads_nowhere_says_so(path):
    with pytest.raises(NotThere):
        value_at(path, EVENT)
