"""The elements of SSML that standard voices of Amazon Polly speak, and what may be in them.

https://docs.aws.amazon.com/polly/latest/dg/supportedtags.html: "All tags except for
<amazon:domain name="news"> are supported for Standard voices." An unknown tag is an error there,
so the call would fail; here it is refused when the message comes in.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

NAMESPACE = "http://www.w3.org/2001/10/synthesis"
LONGEST_ATTRIBUTE = 200
LONGEST_PAUSE = 10.0
RATES = {"x-slow": 0.5, "slow": 0.75, "medium": 1.0, "default": 1.0, "fast": 1.2, "x-fast": 1.5}
PAUSES = {"none": 0.0, "x-weak": 0.0, "weak": 0.3, "medium": 0.3, "strong": 0.7, "x-strong": 1.2}
"""Seconds; Polly gives no figures: none, as after a comma, a sentence, a paragraph."""
SPELLED = frozenset({"characters", "spell-out", "digits", "telephone"})
_TIME = re.compile(r"\+?([0-9]{1,5}(?:\.[0-9]{1,3})?)(ms|s)")
_PERCENT = re.compile(r"([0-9]{1,3}(?:\.[0-9]{1,2})?)%")

_LOUDNESS = "default|x-soft|soft|medium|loud|x-loud"
_LENGTH = "default|x-short|short|medium|long|x-long"
_LEVEL = "default|x-low|low|medium|high|x-high"
_CHANGE = r"[+-][0-9]{1,3}(?:\.[0-9]{1,2})?%"
_LANGUAGE = r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*"
_TEXT = r"[\s\S]*\S[\s\S]*"


@dataclass(frozen=True, slots=True)
class Element:
    """The attributes an element may have, as patterns; `needs` names those of which it needs one.

    `holds` is whether there may be something in it; `all` whether it needs all of `needs`.
    """

    attributes: Mapping[str, str] = field(default_factory=dict)
    needs: tuple[str, ...] = ()
    all: bool = False
    holds: bool = True


ELEMENTS: Mapping[str, Element] = {
    "speak": Element({"version": r"1\.[01]", "xmlns": re.escape(NAMESPACE), "xml:lang": _LANGUAGE}),
    "p": Element(),
    "s": Element(),
    "break": Element({"strength": "|".join(PAUSES), "time": _TIME.pattern}, holds=False),
    "mark": Element({"name": _TEXT}, needs=("name",), holds=False),
    "emphasis": Element({"level": "strong|moderate|reduced"}),
    "lang": Element({"xml:lang": _LANGUAGE}, needs=("xml:lang",)),
    "phoneme": Element(
        {
            "alphabet": "ipa|x-sampa|x-amazon-(?:pinyin|jyutping|yomigana|pron-kana)",
            "ph": _TEXT,
        },
        needs=("alphabet", "ph"),
        all=True,
    ),
    "prosody": Element(
        {
            "volume": rf"silent|{_LOUDNESS}|[+-][0-9]{{1,3}}(?:\.[0-9]{{1,2}})?dB",
            "rate": rf"{'|'.join(RATES)}|{_CHANGE}|{_PERCENT.pattern}",
            "pitch": rf"{_LEVEL}|{_CHANGE}",
            "amazon:max-duration": _TIME.pattern,
        },
        needs=("volume", "rate", "pitch", "amazon:max-duration"),
    ),
    "say-as": Element(
        {
            "interpret-as": "characters|spell-out|cardinal|number|ordinal|digits|fraction|unit|"
            "date|time|address|expletive|telephone",
            "format": "mdy|dmy|ymd|md|dm|ym|my|d|m|y|yyyymmdd",
        },
        needs=("interpret-as",),
    ),
    "sub": Element({"alias": _TEXT}, needs=("alias",)),
    "w": Element(
        {"role": "amazon:(?:VB|VBD|DT|IN|JJ|NN|DEFAULT|SENSE_1)"},
        needs=("role",),
    ),
    "amazon:breath": Element({"duration": _LENGTH, "volume": _LOUDNESS}, holds=False),
    "amazon:auto-breaths": Element({"duration": _LENGTH, "volume": _LOUDNESS, "frequency": _LEVEL}),
    "amazon:effect": Element(
        {
            "name": "drc|whispered",
            "phonation": "soft",
            "vocal-tract-length": rf"{_CHANGE}|{_PERCENT.pattern}",
        },
        needs=("name", "phonation", "vocal-tract-length"),
    ),
}
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9:_.-]{0,39}")


def objections(name: str, attributes: Mapping[str, str]) -> Iterator[str]:
    """What speaks against an element and its attributes, without the values of any."""
    element = ELEMENTS.get(name)
    if element is None:
        yield f"{shown(name)} is not spoken; there are {', '.join(sorted(ELEMENTS))}"
        return
    for attribute, value in attributes.items():
        pattern = element.attributes.get(attribute)
        if pattern is None:
            allowed = ", ".join(sorted(element.attributes)) or "no attributes"
            yield f"{shown(name)} has an attribute {named(attribute)}; it takes {allowed}"
        elif len(value) > LONGEST_ATTRIBUTE:
            yield (
                f"{attribute} of {shown(name)} has {len(value)} characters; "
                f"it takes {LONGEST_ATTRIBUTE}"
            )
        elif not re.fullmatch(pattern, value):
            yield f"{attribute} of {shown(name)} has a value that Amazon Polly doesn't know"
    yield from _missing(name, element, attributes)
    yield from _out_of_range(name, attributes)


def rate_of(attributes: Mapping[str, str]) -> float:
    """How fast a prosody element is said; 1 is as usual."""
    value = attributes.get("rate", "medium")
    if value in RATES:
        return RATES[value]
    if value[0] in "+-":
        return 1 + float(value[:-1]) / 100
    return float(value[:-1]) / 100


def pause_of(attributes: Mapping[str, str]) -> float:
    """The seconds of a break."""
    time = _TIME.fullmatch(attributes.get("time", ""))
    return _seconds(time) if time else PAUSES[attributes.get("strength", "medium")]


def shown(name: str) -> str:
    """An element as a sentence names it; a name may hold what nobody should have put there."""
    return f"<{name}>" if _NAME.fullmatch(name) else "An element"


def named(attribute: str) -> str:
    """An attribute, likewise."""
    return attribute if _NAME.fullmatch(attribute) else "of a strange name"


def _missing(name: str, element: Element, attributes: Mapping[str, str]) -> Iterator[str]:
    lacks = [each for each in element.needs if each not in attributes]
    if lacks and (element.all or len(lacks) == len(element.needs)):
        joined = (" and " if element.all else " or ").join(lacks)
        yield f"{shown(name)} lacks {joined}"


def _out_of_range(name: str, attributes: Mapping[str, str]) -> Iterator[str]:
    time = _TIME.fullmatch(attributes.get("time", "")) if name == "break" else None
    if time and _seconds(time) > LONGEST_PAUSE:
        yield f"time of <break> is longer than {LONGEST_PAUSE:.0f}s"
    rate = attributes.get("rate", "") if name == "prosody" else ""
    if re.fullmatch(rf"{_CHANGE}|{_PERCENT.pattern}", rate) and not 0.2 <= rate_of(attributes) <= 2:
        yield "rate of <prosody> is not from 20% to 200%"


def _seconds(time: re.Match[str]) -> float:
    return float(time[1]) / (1000 if time[2] == "ms" else 1)
