"""Identifiers: derived, sortable, told apart."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outbound.domain import ids
from outbound.domain.instant import to_milliseconds

SECRET = b"secret"
CONTACT = ids.contact_key(SECRET, "acme", "con_ada")
AT = datetime(2026, 11, 23, 16, 40, tzinfo=UTC)
INSTANTS = st.datetimes(
    min_value=datetime(1970, 1, 1), max_value=datetime(2999, 1, 1), timezones=st.just(UTC)
).map(to_milliseconds)
NUMBERS = st.integers(min_value=0, max_value=32**10 - 1)


@given(NUMBERS, NUMBERS)
def test_the_text_order_of_base32_is_the_order_of_numbers(one, other):
    assert (ids.base32(one, 10) < ids.base32(other, 10)) == (one < other)


def test_base32_leaves_out_letters_that_look_like_digits():
    assert len(set(ids.ALPHABET)) == 32
    assert not set(ids.ALPHABET) & set("ilou")
    assert ids.base32(0, 4) == "0000"
    assert ids.base32(32**4 - 1, 4) == "zzzz"


@given(INSTANTS, INSTANTS)
def test_a_contacts_messages_sort_by_time(one, other):
    first, second = ids.message_id(CONTACT, one, "b"), ids.message_id(CONTACT, other, "a")
    if one != other:
        assert (first < second) == (one < other)


@given(INSTANTS, st.text())
def test_the_same_cause_gives_the_same_id(at, cause):
    assert ids.message_id(CONTACT, at, cause) == ids.message_id(CONTACT, at, cause)


@given(INSTANTS, st.text())
def test_an_id_is_taken_apart_and_put_together_again(at, cause):
    text = ids.message_id(CONTACT, at, cause)
    parts = ids.split_message_id(text)
    assert parts is not None
    assert f"msg_{parts[0]}{parts[1]}" == text
    assert (len(text), parts[0], len(parts[1])) == (40, CONTACT, 20)


@given(INSTANTS)
def test_an_id_tells_its_time(at):
    assert ids.message_time(ids.message_id(CONTACT, at, "cause")) == at


@given(st.lists(st.text(), min_size=1), st.lists(st.text(), min_size=1))
def test_other_causes_give_other_ids(one, other):
    if [part.replace("\0", "") for part in one] != [part.replace("\0", "") for part in other]:
        assert ids.message_id(CONTACT, AT, *one) != ids.message_id(CONTACT, AT, *other)


def test_parts_of_a_cause_do_not_run_into_each_other():
    assert ids.message_id(CONTACT, AT, "a", "bc") != ids.message_id(CONTACT, AT, "ab", "c")
    assert ids.keyed(SECRET, 20, "a", "bc") != ids.keyed(SECRET, 20, "ab", "c")


@pytest.mark.parametrize("derive", [ids.contact_key, ids.contact_id_of, ids.address_key])
def test_another_tenant_or_secret_gives_another_key(derive):
    mine = derive(SECRET, "acme", "x")
    assert mine == derive(SECRET, "acme", "x")
    assert len({mine, derive(SECRET, "other", "x"), derive(b"other", "acme", "x")}) == 3


def test_keys_of_different_kinds_differ():
    value = "+14155550123"
    kinds = {
        ids.address_key(SECRET, "acme", value),
        ids.destination_key(SECRET, value),
        ids.contact_id_of(SECRET, "acme", value).removeprefix("con_"),
        ids.contact_key(SECRET, "acme", value),
    }
    assert len({kind[:16] for kind in kinds}) == 4
    assert not any("4155550123" in kind for kind in kinds)


def test_key_ids_sort_by_time():
    later = AT + timedelta(milliseconds=1)
    assert ids.key_id("acme", AT, "z") < ids.key_id("acme", later, "a")
    assert ids.key_id("acme", AT, "a") != ids.key_id("other", AT, "a")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "msg_",
        "msg_" + "0" * 35,
        "msg_" + "0" * 37,
        "key_" + "0" * 36,
        "MSG_" + "0" * 36,
        "msg_" + "0" * 35 + "i",
        "msg_" + "0" * 35 + "A",
        "msg_" + "0" * 36 + "\n",
        "msg_" + "\N{ARABIC-INDIC DIGIT ZERO}" * 36,
    ],
)
def test_what_is_no_message_id_is_not_taken_for_one(text):
    assert ids.split_message_id(text) is None
