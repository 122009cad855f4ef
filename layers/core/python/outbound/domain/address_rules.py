"""What an address must be, by the libraries that know: phonenumbers and email-validator."""

from __future__ import annotations

import re
import unicodedata

import phonenumbers

from outbound.domain.address import Address
from outbound.domain.sender import Sender, parse

E164 = re.compile(r"\+[1-9][0-9]{6,14}")
PHONE_HINT = "must be a phone number in E.164 form, like +14155550123"
EMAIL_HINT = "must be an email address, like name@example.com"
SENDER_HINT = (
    "must be an email address, or a name with one, like Clinic <hello@clinic.org>; a name with any "
    'of ()[]:;@, stands in quotes: "Clinic, Ward 3" <hello@clinic.org>'
)
LONGEST_NAME = 100
LONGEST_SENDER = 500
"""Characters: more than the longest name and the longest address have, escapes included."""
_UNSEEN = frozenset({"Cc", "Cs", "Zl", "Zp"})
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Characters that turn the direction of writing, by which an address can be made to look like
another (https://www.unicode.org/reports/tr36/)."""


def phone(text: str) -> Address:
    """A phone number with its country code.

    Raises:
        ValueError: it isn't one; the message says what would be right, not what was given.
    """
    if not E164.fullmatch(text):
        raise ValueError(PHONE_HINT)
    try:
        number = phonenumbers.parse(text)
    except phonenumbers.NumberParseException:
        raise ValueError(PHONE_HINT) from None
    length = phonenumbers.is_possible_number_with_reason(number)
    if length != phonenumbers.ValidationResult.IS_POSSIBLE:
        raise ValueError(f"{PHONE_HINT}; this one has the wrong length for its country")
    return Address("phone", phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


def email(text: str) -> Address:
    """An email address, its domain in lower-case ASCII; SES takes ASCII local parts alone.

    Raises:
        ValueError: it isn't one, or its part before the @ isn't ASCII.
    """
    # Imported where addresses come in: deliver asks only for the country of a number.
    from email_validator import EmailNotValidError, validate_email

    try:
        checked = validate_email(
            text, check_deliverability=False, test_environment=True, strict=True
        )
    except EmailNotValidError:
        raise ValueError(EMAIL_HINT) from None
    if checked.ascii_email is None:
        raise ValueError("must have only ASCII characters before the @")
    local, _, domain = checked.ascii_email.rpartition("@")
    return Address("email", f"{local}@{domain.lower()}")


def sender(text: str) -> Sender:
    """Who an email is from: an address as `email` takes it, with a name of one line or without.

    Raises:
        ValueError: it isn't one; the message says what would be right, not what was given.
    """
    if len(text) > LONGEST_SENDER:
        raise ValueError(SENDER_HINT)
    parsed = parse(text)
    try:
        address = email(parsed.address)
    except ValueError:
        raise ValueError(SENDER_HINT) from None
    name = parsed.name
    if len(name) > LONGEST_NAME:
        raise ValueError(f"must have a name of at most {LONGEST_NAME} characters")
    if any(unicodedata.category(each) in _UNSEEN or each in _TURNING for each in name):
        raise ValueError(
            "must have a name of one line, without control characters and such as turn the "
            "direction of writing"
        )
    if any(mark in name for mark in ("=?", "{{", "{%", "{#")):
        raise ValueError("must have a name in plain characters: it is no template, and not encoded")
    return Sender(address.value, name)


def country(address: Address) -> str | None:
    """The ISO 3166-1 country of a phone number; None where it can't be told."""
    if address.kind != "phone":
        return None
    return phonenumbers.region_code_for_number(phonenumbers.parse(address.value))
