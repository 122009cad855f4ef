"""What the law wants to hear in calls that a machine speaks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import phonenumbers

from outbound.domain.lint.reading import spoken, squeezed
from outbound.domain.words import Channel, Purpose

if TYPE_CHECKING:
    from collections.abc import Iterator

    from outbound.domain.lint.finding import Draft, Finding

IDENTITY_LAW = "47 CFR 64.1200(b)(1)"
NUMBER_LAW = "47 CFR 64.1200(b)(2)"
MARKETING_LAW = "47 CFR 64.1200(b)(3)"
BEGINNING = 2
"""Sentences: a greeting, and who calls."""
_SENTENCE = re.compile(r"[^.!?]*[.!?]+|[^.!?]+$")
_LETTERS = re.compile(r"[^\W\d_]")


def marketing(draft: Draft) -> Iterator[Finding]:
    """Nobody can opt out of a call by a key here, as they must be able to of marketing."""
    if draft.channel is Channel.VOICE and draft.purpose is Purpose.MARKETING:
        body, _, _ = spoken(draft.bodies)
        message = "Marketing is never spoken: a call can't offer the opt-out that the law wants."
        yield draft.error("voice.marketing", body, message, MARKETING_LAW)


def identity(draft: Draft) -> Iterator[Finding]:
    """A call says at its beginning who is calling."""
    if draft.channel is not Channel.VOICE:
        return
    body, text, _ = spoken(draft.bodies)
    name = draft.organisation.name
    if name is None:
        message = (
            "A call must begin with who is calling: set name by PUT /v1/settings, and say "
            "{{ organisation.name }}."
        )
    elif squeezed(name) in squeezed(beginning(text)):
        return
    elif squeezed(name) in squeezed(text):
        message = "The call says who is calling too late; say it in the first sentence."
    else:
        message = "A call must begin with who is calling: {{ organisation.name }}."
    yield draft.error("voice.identity", body, message, IDENTITY_LAW)


def number(draft: Draft) -> Iterator[Finding]:
    """A call says at which number its sender is reached."""
    if draft.channel is Channel.VOICE:
        body, text, _ = spoken(draft.bodies)
        if times_told(text, draft.organisation.phone) == 0:
            message = (
                "A call must say a number at which you are reached: "
                "{{ organisation.phone }}, which PUT /v1/settings sets, or another."
            )
            yield draft.error("voice.number", body, message, NUMBER_LAW)


RULES = (marketing, identity, number)


def beginning(text: str) -> str:
    """The first sentences of a text that say anything."""
    sentences = (each for each in _SENTENCE.findall(text) if _LETTERS.search(each))
    return "".join(sentence for sentence, _ in zip(sentences, range(BEGINNING), strict=False))


def times_told(text: str, phone: str | None) -> int:
    """How often a text says a phone number: the given one in any grouping, or any other."""
    country = "US"
    if phone is not None:
        own = phonenumbers.parse(phone)
        country = phonenumbers.region_code_for_number(own) or country
        grouped = r"[\s().,-]*".join(str(own.national_number))
        told = len(re.findall(rf"{grouped}(?!\d)", text))
        if told:
            return told
    return sum(1 for _ in phonenumbers.PhoneNumberMatcher(text, country))
