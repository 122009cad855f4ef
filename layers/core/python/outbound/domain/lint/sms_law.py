"""What law and carriers want to read in texts."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from outbound.domain import opt_out_words, sms_text
from outbound.domain.keywords import plain
from outbound.domain.lint.reading import squeezed, urls
from outbound.domain.words import Channel, Purpose

if TYPE_CHECKING:
    from collections.abc import Iterator

    from outbound.domain.lint.finding import Draft, Finding

OPT_OUT_LAW = (
    "47 CFR 64.1200(a)(10)-(11); S.C. 2010 c. 23 s. 6(2)(c), 11 (CASL); Directive 2002/58/EC "
    "Art. 13(4); CTIA Messaging Principles (May 2023), 5.1"
)
NAME_LAW = "S.C. 2010 c. 23 s. 6(2)(a) (CASL); CTIA Messaging Principles (May 2023), 5.1"
HEALTHCARE_LAW = "47 CFR 64.1200(a)(9)(iv)"
_CAPITALS = re.compile(r"\b[A-ZÀ-ÖØ-Þ]{2,}(?:[ -][A-ZÀ-ÖØ-Þ]{2,})*\b")


def opt_out(draft: Draft) -> Iterator[Finding]:
    """Marketing, and with it the first text of a programme, says how to stop it."""
    if draft.channel is not Channel.SMS:
        return
    text = draft.bodies["text"]
    if tells_opt_out(text) or set(urls(text)) & set(draft.opt_outs):
        return
    if draft.purpose is Purpose.MARKETING:
        message = 'Marketing by text must say how to opt out, like "Reply STOP to opt out".'
        yield draft.error("sms.opt-out", "text", message, OPT_OUT_LAW)
    elif draft.purpose is Purpose.HEALTHCARE:
        message = (
            "Without recorded consent a healthcare text must say how to opt out, "
            'like "Reply STOP to opt out".'
        )
        yield draft.warning("sms.opt-out", "text", message, HEALTHCARE_LAW)


def sender_name(draft: Draft) -> Iterator[Finding]:
    """People know whom a text is from."""
    named = (Purpose.MARKETING, Purpose.HEALTHCARE)
    if draft.channel is not Channel.SMS or draft.purpose not in named:
        return
    name = draft.organisation.name
    if name is None or squeezed(name) not in squeezed(draft.bodies["text"]):
        law = HEALTHCARE_LAW if draft.purpose is Purpose.HEALTHCARE else NAME_LAW
        message = "The text should say whom it is from: {{ organisation.name }}."
        yield draft.warning("sms.sender-name", "text", message, law)


def healthcare_length(draft: Draft) -> Iterator[Finding]:
    """Without recorded consent a healthcare text has one part."""
    if draft.channel is Channel.SMS and draft.purpose is Purpose.HEALTHCARE:
        parts = len(sms_text.split(draft.bodies["text"]).parts)
        if parts > 1:
            message = (
                f"The text has {parts} parts; without recorded consent a healthcare text of more "
                "than one is not sent."
            )
            yield draft.warning("sms.healthcare-length", "text", message, HEALTHCARE_LAW)


RULES = (opt_out, sender_name, healthcare_length)


def tells_opt_out(text: str) -> bool:
    """Whether a text names a word, in capitals, that stops what people get."""
    known = opt_out_words.ALONE | opt_out_words.ANYWHERE
    for run in _CAPITALS.findall(text):
        words = plain(run)
        pairs = (" ".join(pair) for pair in pairwise(words))
        if any(each in known for each in (*words, *pairs)):
            return True
    return False
