"""What a deployment adds to the rules, and what it takes away.

All rules must allow a message, so adding one can only tighten. Taking one away loosens, so it says
who has decided it and why, and is written into the audit.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from outbound.adapters.jurisdictions.reading import rule_of
from outbound.domain.rules.jurisdiction import ALWAYS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from outbound.domain.rules.jurisdiction import Jurisdiction

PARTS = {
    "window": "windows",
    "consent": "needed",
    "cap": "caps",
    "forbidden": "forbidden",
    "short": "short",
    "check": "checked",
}


@dataclass(frozen=True, slots=True)
class Loosened:
    """A rule that is switched off, by whom, and why."""

    rule: str
    reason: str
    by: str


@dataclass(frozen=True, slots=True)
class Overlay:
    """`added` are rules, each with its `kind` and the jurisdiction it is `in`, else everywhere."""

    added: Sequence[Mapping[str, Any]] = ()
    without: Sequence[Loosened] = ()

    def over(self, shipped: tuple[Jurisdiction, ...]) -> tuple[Jurisdiction, ...]:
        """The jurisdictions with it.

        Raises:
            ValueError: a rule can't be read, stands twice, or isn't there to be switched off.
        """
        found = {each.id: each for each in shipped}
        for table in self.added:
            place = table.get("in", ALWAYS)
            if place not in found:
                known = ", ".join(found)
                raise ValueError(f"there is no jurisdiction {place}; there are: {known}")
            kind = str(table.get("kind"))
            values = {name: value for name, value in table.items() if name not in ("in", "kind")}
            rule = rule_of(kind, values)
            if any(rule.id == each.id for one in found.values() for each in one.rules):
                raise ValueError(f"there is a rule {rule.id} already")
            part = PARTS[kind]
            changed: Any = {part: (*getattr(found[place], part), rule)}
            found[place] = replace(found[place], **changed)
        return tuple(self._without(found))

    def _without(self, found: Mapping[str, Jurisdiction]) -> list[Jurisdiction]:
        off = {each.rule for each in self.without}
        unknown = off - {rule.id for each in found.values() for rule in each.rules}
        if unknown:
            raise ValueError(f"there is no rule {min(unknown)} to be switched off")
        return [_less(each, off) for each in found.values()]


def _less(jurisdiction: Jurisdiction, off: set[str]) -> Jurisdiction:
    left: Any = {
        part: tuple(rule for rule in getattr(jurisdiction, part) if rule.id not in off)
        for part in PARTS.values()
    }
    return replace(jurisdiction, **left)


NOTHING = Overlay()


def overlay_of(text: str | None) -> Overlay:
    """The overlay that a deployment was given: {"rules": […], "without": […]}."""
    values = json.loads(text or "{}")
    return Overlay(
        added=tuple(values.get("rules", ())),
        without=tuple(Loosened(**each) for each in values.get("without", ())),
    )
