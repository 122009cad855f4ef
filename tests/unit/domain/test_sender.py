"""Who an email may be from: what a sender is, and whose it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outbound.domain.address_rules import LONGEST_NAME, sender
from outbound.domain.errors import Refusal
from outbound.domain.sender import Sender, Senders, parse

DEFAULT = Sender("hello@example.com", "Example")
CLINIC = Sender("Hello@clinic.test", "Clinic")
NEWS = Sender("news@clinic.test")
SENDERS = Senders(DEFAULT, {"clinic": (CLINIC, NEWS), "bank": (Sender("info@bank.test"),)})

GOOD = [
    ("hello@clinic.org", "hello@clinic.org", ""),
    ("Hello@Clinic.ORG", "Hello@clinic.org", ""),
    ("<hello@clinic.org>", "hello@clinic.org", ""),
    ("Clinic <hello@clinic.org>", "hello@clinic.org", "Clinic"),
    ("  Clinic<hello@clinic.org> ", "hello@clinic.org", "Clinic"),
    ("Dr. Müller & Söhne <a@b.org>", "a@b.org", "Dr. Müller & Söhne"),
    ('"Clinic, Ward 3" <a@b.org>', "a@b.org", "Clinic, Ward 3"),
    (r'"The \"best\" \\ clinic" <a@b.org>', "a@b.org", r'The "best" \ clinic'),
    ("診療所 <a@b.org>", "a@b.org", "診療所"),
    ("Praxis <a@müller.de>", "a@xn--mller-kva.de", "Praxis"),
    ("x" * LONGEST_NAME + " <a@b.org>", "a@b.org", "x" * LONGEST_NAME),
]
BAD = [
    "",
    "Clinic",
    "hello@",
    "Clinic <>",
    "Clinic <hello>",
    "a@b.org, c@d.org",
    "a@b.org, Clinic <c@d.org>",
    "Clinic <a@b.org>, c@d.org",
    "Clinic <a@b.org> <c@d.org>",
    "Clinic, Ward 3 <a@b.org>",
    "Ward: Clinic <a@b.org>;",
    '"Clinic" Ward <a@b.org>',
    '"Clinic <a@b.org>',
    "müller@clinic.org",
    "Clinic\r\nBcc: c@d.org <a@b.org>",
    '"Clinic\r\nBcc: c@d.org" <a@b.org>',
    '"Clinic\nX" <a@b.org>',
    "Clinic\u2028 X <a@b.org>",
    "Clinic\u0000 X <a@b.org>",
    "Clinic\ud800 X <a@b.org>",
    "Clinic\x7f X <a@b.org>",
    "\u202egro.knab <a@b.org>",
    "Clinic <a@b.org\r\nBcc: c@d.org>",
    "=?utf-8?q?a=0D=0ABcc?= <a@b.org>",
    "{{ name }} <a@b.org>",
    "x" * (LONGEST_NAME + 1) + " <a@b.org>",
    "x" * 300 + "@b.org",
    '"' * 320,
    " " * 319 + "<",
]


@pytest.mark.parametrize(("text", "address", "name"), GOOD)
def test_a_sender_is_an_address_with_a_name_or_without(text, address, name):
    assert sender(text) == Sender(address, name)


@pytest.mark.parametrize("text", BAD, ids=range(len(BAD)))
def test_what_is_no_sender_is_told_without_repeating_it(text):
    with pytest.raises(ValueError, match=r"^must ") as error:
        sender(text)
    assert "Bcc" not in str(error.value)
    assert "\n" not in str(error.value)


NAMES = st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp", "Cf")), max_size=100)


@given(NAMES.map(str.strip))
def test_a_sender_comes_back_from_its_text(name):
    written = Sender("hello@clinic.org", name)
    assert parse(str(written)) == written


@given(st.text(max_size=120), st.sampled_from(["%s <a@b.org>", '"%s" <a@b.org>', "%s"]))
def test_no_text_makes_a_sender_of_more_than_one_line_or_address(text, form):
    try:
        found = sender(form % text)
    except ValueError:
        return
    assert len(str(found).splitlines()) == 1
    assert parse(str(found)) == found
    assert sender(str(found)) == found


@pytest.mark.parametrize(
    ("tenant", "stated", "chosen"),
    [
        ("acme", None, None),
        ("acme", "hello@example.com", "hello@example.com"),
        ("acme", "Acme <HELLO@example.com>", "Acme <hello@example.com>"),
        ("clinic", None, "Clinic <Hello@clinic.test>"),
        ("clinic", "hello@clinic.test", "Hello@clinic.test"),
        ("clinic", "Ward 3 <News@Clinic.Test>", "Ward 3 <news@clinic.test>"),
    ],
)
def test_a_tenant_chooses_the_name_and_the_setting_how_the_address_is_written(
    tenant, stated, chosen
):
    found = SENDERS.choose(tenant, sender(stated) if stated else None, "/content")
    assert (str(found) if found else None) == chosen


@pytest.mark.parametrize(
    ("tenant", "stated", "allowed"),
    [
        ("clinic", "hello@example.com", "Hello@clinic.test, news@clinic.test"),
        ("clinic", "info@bank.test", "Hello@clinic.test, news@clinic.test"),
        ("clinic", "other@clinic.test", "Hello@clinic.test, news@clinic.test"),
        ("clinic", "hello@evil.clinic.test", "Hello@clinic.test, news@clinic.test"),
        ("bank", "news@clinic.test", "info@bank.test"),
        ("acme", "news@clinic.test", "hello@example.com"),
    ],
)
def test_what_is_not_the_tenants_is_refused_and_only_the_tenants_own_are_named(
    tenant, stated, allowed
):
    with pytest.raises(Refusal) as refused:
        SENDERS.choose(tenant, Sender(stated, "Bank"), "/content")

    (fault,) = refused.value.faults
    assert (fault.pointer, fault.code) == ("/content/from", "sender_not_allowed")
    assert fault.message == f"from must have one of your own addresses: {allowed}."
    assert not SENDERS.allows(tenant, Sender(stated))


@given(
    st.sampled_from(["acme", "clinic", "bank", "new"]),
    st.none() | st.sampled_from([DEFAULT, CLINIC, NEWS, Sender("info@bank.test", "X")]),
)
def test_what_was_chosen_is_allowed_until_the_settings_change(tenant, stated):
    try:
        chosen = SENDERS.choose(tenant, stated, "")
    except Refusal:
        return
    assert chosen is None or SENDERS.allows(tenant, chosen)
    assert chosen is None or not Senders(Sender("a@b.org"), {}).allows(tenant, chosen)
