"""A jurisdiction's file, read strictly: what is misspelt must not seem to be absent."""

from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING, Any

from outbound.domain.check import CheckKind
from outbound.domain.consent import Level
from outbound.domain.duration import parse_duration
from outbound.domain.rules.jurisdiction import (
    Cap,
    Checked,
    Forbidden,
    Jurisdiction,
    Needed,
    Rule,
    Short,
    Verified,
    Window,
)
from outbound.domain.words import Channel, Purpose

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
LEVELS = {level.name.lower(): level for level in Level}
SHARED = ("rule", "source", "verified", "channels", "purposes")
FIELDS = ("id", "name", "reviewed_on", "countries", "region")
LONGEST_CAP_DAYS = 31
"""Slots are kept no longer."""


def jurisdiction_of(table: Mapping[str, Any]) -> Jurisdiction:
    """The jurisdiction that a file describes.

    Raises:
        ValueError: something in it isn't known; the message names it.
    """
    _only(table, (*FIELDS, *KINDS), table.get("id", "a jurisdiction"))
    rules = {kind: tuple(rule_of(kind, each) for each in table.get(kind, ())) for kind in KINDS}
    return Jurisdiction(
        id=table["id"],
        name=table["name"],
        reviewed_on=table["reviewed_on"],
        countries=frozenset(table.get("countries", ())),
        region=table.get("region"),
        windows=rules["window"],
        needed=rules["consent"],
        caps=rules["cap"],
        forbidden=rules["forbidden"],
        short=rules["short"],
        checked=rules["check"],
    )


def rule_of(kind: str, table: Mapping[str, Any]) -> Any:
    """One rule of a kind: window, consent, cap, forbidden, short or check.

    Raises:
        ValueError: something in it isn't known or is missing; the message names it.
    """
    name = str(table.get("rule", f"a rule of the kind {kind}"))
    if kind not in KINDS:
        raise ValueError(f"{name}: there is no kind of rule {kind}; there are: {', '.join(KINDS)}")
    build, own = KINDS[kind]
    _only(table, (*SHARED, *own), name)
    missing = [each for each in (*SHARED, *own) if each not in table and each not in OPTIONAL]
    if missing:
        raise ValueError(f"{name}: {missing[0]} is missing")
    shared = Rule(
        id=name,
        source=table["source"],
        verified=Verified(table["verified"]),
        channels=frozenset(map(Channel, table["channels"])),
        purposes=frozenset(map(Purpose, table["purposes"])),
    )
    return build(shared, table)


def _only(table: Mapping[str, Any], known: tuple[str, ...], name: str) -> None:
    for each in table:
        if each not in known:
            raise ValueError(f"{name}: {each} is not known here; there are: {', '.join(known)}")


def _shared(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.id,
        "source": rule.source,
        "verified": rule.verified,
        "channels": rule.channels,
        "purposes": rule.purposes,
    }


def _window(rule: Rule, table: Mapping[str, Any]) -> Window:
    return Window(**_shared(rule), days=_days(table["hours"], rule.id))


def _needed(rule: Rule, table: Mapping[str, Any]) -> Needed:
    return Needed(**_shared(rule), level=_level(table["level"], rule.id))


def _cap(rule: Rule, table: Mapping[str, Any]) -> Cap:
    within = parse_duration(table["within"])
    if not 0 < within.total_seconds() <= LONGEST_CAP_DAYS * 86_400 or table["limit"] < 0:
        raise ValueError(f"{rule.id}: limit must not be negative, within at most P31D")
    unless = table.get("unless")
    return Cap(
        **_shared(rule),
        limit=table["limit"],
        within=within,
        per_topic=table.get("per_topic", False),
        unless=_level(unless, rule.id) if unless else None,
    )


def _forbidden(rule: Rule, table: Mapping[str, Any]) -> Forbidden:
    return Forbidden(**_shared(rule), reason=table["reason"])


def _short(rule: Rule, table: Mapping[str, Any]) -> Short:
    return Short(
        **_shared(rule),
        parts=table["parts"],
        seconds=table["seconds"],
        unless=_level(table["unless"], rule.id),
    )


def _checked(rule: Rule, table: Mapping[str, Any]) -> Checked:
    unless, good_for = table.get("unless"), table.get("consent_good_for")
    within = parse_duration(table["within"])
    if within.total_seconds() <= 0:
        raise ValueError(f"{rule.id}: within must be a time")
    return Checked(
        **_shared(rule),
        kind=CheckKind(table["look_up"]),
        within=within,
        unless=_level(unless, rule.id) if unless else None,
        consent_good_for=parse_duration(good_for) if good_for else None,
    )


def _level(name: str, rule: str) -> Level:
    if name not in LEVELS:
        raise ValueError(f"{rule}: there is no level {name}; there are: {', '.join(LEVELS)}")
    return LEVELS[name]


def _days(hours: Mapping[str, str], rule: str) -> dict[int, tuple[time, time]]:
    _only(hours, ("every", *WEEKDAYS), rule)
    every = dict.fromkeys(WEEKDAYS, hours["every"]) if "every" in hours else {}
    return {
        WEEKDAYS.index(day): _span(text, rule)
        for day, text in {**every, **hours}.items()
        if day != "every"
    }


def _span(text: str, rule: str) -> tuple[time, time]:
    """`09:00-18:00`; 24:00 is the end of the day."""
    begin, _, end = text.partition("-")
    try:
        span = time.fromisoformat(begin), time.min if end == "24:00" else time.fromisoformat(end)
    except ValueError:
        raise ValueError(f"{rule}: hours must be like 09:00-18:00, not {text}") from None
    if span[1] != time.min and span[0] >= span[1]:
        raise ValueError(f"{rule}: {text} ends before it begins")
    return span


OPTIONAL = ("per_topic", "unless", "consent_good_for")
KINDS: dict[str, tuple[Callable[[Rule, Mapping[str, Any]], Any], tuple[str, ...]]] = {
    "window": (_window, ("hours",)),
    "consent": (_needed, ("level",)),
    "cap": (_cap, ("limit", "within", "per_topic", "unless")),
    "forbidden": (_forbidden, ("reason",)),
    "short": (_short, ("parts", "seconds", "unless")),
    "check": (_checked, ("look_up", "within", "unless", "consent_good_for")),
}
