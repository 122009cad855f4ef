"""The language of segments."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outbound.adapters.expressions.expressions import JinjaExpressions
from outbound.domain.address import Address
from outbound.domain.consent import Consent, ConsentStatus, Level
from outbound.domain.words import Channel, Purpose
from outbound.ports import ExpressionFault
from tests.builders import EMAIL, PHONE, make_contact
from tests.memory.clock import START

YES = Consent(
    Channel.SMS,
    Purpose.MARKETING,
    "offers",
    ConsentStatus.GRANTED,
    Level.EXPRESS,
    "web",
    START,
    START + timedelta(days=1),
)
ADA = make_contact(
    "ada",
    PHONE,
    EMAIL,
    locale="en-US",
    region="US-FL",
    forbidden=frozenset({Channel.VOICE}),
    consents=(YES,),
    attributes={
        "plan": "Pro",
        "age": 41,
        "vip": True,
        "cars": ["VW", "Audi"],
        "address": {"city": "Miami", "first name": "Ada"},
        "seen": "2026-11-01",
        "empty": "",
        "nothing": None,
    },
)


def true(expression, contact=ADA, now=START):
    return JinjaExpressions().compile(expression)(contact, now)


@pytest.mark.parametrize(
    "expression",
    [
        'contact.region == "US-FL" and attributes.plan|lower in ["pro", "team"]',
        'contact.country == "US" and contact.language == "en"',
        'contact.email == "ada@example.com" and "sms" in contact.channels',
        '"voice" not in contact.channels and "voice" in contact.forbidden',
        "18 <= attributes.age < 65",
        "attributes.vip and attributes.vip is true and attributes.vip != 1",
        '"VW" in attributes.cars and attributes.cars[-1] == "Audi" and attributes.cars|length == 2',
        'attributes.address.city == "Miami" and attributes.address["first name"] is string',
        '"Mia" in attributes.address.city and "city" in attributes.address',
        "consents.sms.marketing and consents.sms.marketing.offers",
        "not consents.sms.marketing.news and not consents.email.marketing",
        "attributes.seen|days_ago > 10",
        "contact.created_at|days_ago == 0",
        "attributes.age > -1 or attributes.missing",
        'contact.attributes.plan == "Pro" and contact.attributes.cars[0] == "VW"',
        "1",
    ],
)
def test_true_of_ada(expression):
    assert true(expression)


@pytest.mark.parametrize(
    ("emails", "marks"),
    [
        ((), set()),
        (("ada@example.com",), set()),
        (("info@example.com", "ada@mailinator.com"), {"role"}),
        (("ada@mailinator.com",), {"disposable"}),
        (("sales@mailinator.com",), {"role", "disposable"}),
    ],
)
def test_marks_are_those_of_the_address_that_is_written_to(emails, marks):
    contact = make_contact("eve", *(Address("email", each) for each in emails))
    for mark in ("role", "disposable"):
        assert true(f'"{mark}" in contact.marks', contact) is (mark in marks)
        assert true(f'"{mark}" not in contact.marks', contact) is (mark not in marks)
    assert true(f"contact.marks|length == {len(marks)}", contact)


@pytest.mark.parametrize(
    "what",
    [
        "attributes.missing",
        "attributes.nothing",
        "attributes.plan.too.deep",
        "attributes.cars[7]",
        'attributes.cars["VW"]',
        "attributes.age[0]",
        "contact.timezone",
        "attributes.missing|lower",
        "attributes.plan|days_ago",
        "attributes.age|length",
    ],
)
def test_what_is_missing_is_false_equals_nothing_and_has_no_order(what):
    for compared in (what, '""', "0", "false", "1", '"x"', "attributes.missing"):
        for sign in ("==", "<", "<=", ">", ">="):
            assert not true(f"{what} {sign} {compared}")
        assert true(f"{what} != {compared}")
    assert not true(what)
    assert not true(f"{what} is defined")
    assert true(f"{what} is none")
    assert not true(f"{what} in [0, false, '']")
    assert true(f"{what} not in attributes.cars")


@pytest.mark.parametrize("sign", ["==", "<", "<=", ">", ">="])
@pytest.mark.parametrize("other", ['"41"', "true", "attributes.cars", "attributes.address"])
def test_what_is_of_different_kinds_is_neither_equal_nor_in_an_order(sign, other):
    assert not true(f"attributes.age {sign} {other}")


def test_a_yes_ends_with_its_time_and_with_a_no():
    assert not true("consents.sms.marketing", now=START + timedelta(days=1))
    no = replace(YES, topic=None, status=ConsentStatus.REVOKED, at=START + timedelta(hours=1))
    for names in ("consents.sms.marketing", "consents.sms.marketing.offers"):
        assert not true(names, replace(ADA, consents=(YES, no)))
        assert true(names, replace(ADA, consents=(YES, replace(no, topic="news"))))
        assert true(names, replace(ADA, consents=(replace(YES, topic=None),)))


@pytest.mark.parametrize(
    ("expression", "why"),
    [
        ("contact.delete()", "call is not allowed"),
        ("attributes.__class__.__mro__()", "call is not allowed"),
        ("''.join(attributes.cars)", "call is not allowed"),
        ("range(9)", "call is not allowed"),
        ("[x for x in contact]", "not an expression"),
        ("contact.address", "contact has one of"),
        ("contact", "contact has one of"),
        ("attributes", "looks at contact, attributes, consents"),
        ("settings.secret", "looks at contact, attributes, consents"),
        ("consents.fax.marketing", "consents are named like"),
        ("consents.sms", "consents are named like"),
        ("attributes.plan == none", "write `is none`"),
        ("attributes.plan|map('x')", "a filter is one of"),
        ("attributes.plan|lower('x')", "nothing in parentheses"),
        ("attributes.plan is callable", "is followed by one of"),
        ("attributes[attributes.plan]", "in brackets"),
        ("attributes.cars[0:9]", "in brackets"),
        ("[attributes.plan] == 1", "only fixed values"),
        ("{'a': 1}", "dict is not allowed"),
        ("1 + 1", "add is not allowed"),
        ("attributes.plan ~ 'x'", "concat is not allowed"),
        ("1 if contact.id else 0", "condexpr is not allowed"),
        ("attributes.plan }} {{ 1", "behind its end"),
        ("attributes.plan attributes.age", "behind its end"),
        ("", "not an expression"),
        ("attributes.", "not an expression"),
        (" and ".join(["1"] * 300), "too long or nested too deeply"),
        ("(" * 1_000 + "1" + ")" * 1_000, "too deeply"),
        ("'" + "x" * 4_000 + "'", "more than 4000 characters"),
        ("1 == " + "9" * 3_990, None),
        ("1 in [" + "1," * 500 + "]", None),
    ],
)
def test_all_else_is_refused_with_what_is_wrong(expression, why):
    if why is None:
        true(expression)
        return
    with pytest.raises(ExpressionFault, match=why):
        true(expression)


def test_a_fault_never_repeats_what_was_written():
    with pytest.raises(ExpressionFault) as fault:
        true('"+14155550123 ada@example.com')
    assert "ada" not in str(fault.value)
    assert "415" not in str(fault.value)


def test_it_is_known_which_attributes_it_looks_at():
    compiled = JinjaExpressions().compile('attributes.a.b == 1 or attributes["c d"] is defined')
    assert compiled.attributes == {"a", "c d"}


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda below: st.lists(below, max_size=3) | st.dictionaries(st.text(max_size=3), below),
    max_leaves=6,
)
PLACES = ["attributes.a", "attributes.b.c", "attributes.a[0]", "contact.region", "contact.phones"]
CHANGED = ["attributes.a|lower", "attributes.b|length", "attributes.a|days_ago"]
PARTS = st.sampled_from([*PLACES, *CHANGED, "'x'", "3", "[1, 'x']"])
SIGNS = st.sampled_from(["==", "!=", "<", "<=", ">", ">=", "in", "not in"])


@given(JSON, JSON, PARTS, SIGNS, PARTS)
def test_no_contact_makes_it_fail(a, b, left, sign, right):
    contact = make_contact("eve", Address("phone", "+442079460000"), attributes={"a": a, "b": b})
    assert true(f"{left} {sign} {right}", contact) in (True, False)
    assert true(f"not ({left} and {right})", contact) in (True, False)
