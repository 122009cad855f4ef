"""Jurisdictions: what the law of a place asks, as data."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date, time, timedelta

    from outbound.domain.check import CheckKind
    from outbound.domain.consent import Level
    from outbound.domain.words import Channel, Purpose

DEFAULT = "default"
"""The jurisdiction of whoever belongs to no other: the strictest there is."""


REMEMBERED = 4_096
"""Places, each with the rules for one kind of message: few regions have many contacts."""
Some = TypeVar("Some", bound="Rule")


class Verified(StrEnum):
    """How far somebody has read the source itself."""

    STATUTE = "statute"
    SECONDARY = "secondary"
    UNVERIFIED = "unverified"


@dataclass(frozen=True, slots=True)
class Rule:
    """What every rule says of itself, and which messages it is about."""

    id: str
    source: str
    verified: Verified
    channels: frozenset[Channel]
    purposes: frozenset[Purpose]

    def concerns(self, channel: Channel, purpose: Purpose) -> bool:
        """Whether it is about such messages."""
        return channel in self.channels and purpose in self.purposes


@dataclass(frozen=True, slots=True)
class Window(Rule):
    """When messages may arrive: by weekday (Monday is 0), from a wall-clock time until another.

    A weekday that isn't there has no hour at all. Midnight as an end is the end of that day.
    """

    days: Mapping[int, tuple[time, time]]


@dataclass(frozen=True, slots=True)
class Needed(Rule):
    """The consent that must be recorded."""

    level: Level


@dataclass(frozen=True, slots=True)
class Cap(Rule):
    """How many messages a contact may be sent within a time.

    `per_topic` counts those of one topic alone. With a recorded consent of at least `unless` it
    doesn't apply. What counts are the messages that it concerns, whichever rule let them pass.
    """

    limit: int
    within: timedelta
    per_topic: bool = False
    unless: Level | None = None


@dataclass(frozen=True, slots=True)
class Forbidden(Rule):
    """What may not be sent at all; `reason` is the code that the message carries."""

    reason: str


@dataclass(frozen=True, slots=True)
class Short(Rule):
    """How long a text or a call may be, unless there is a recorded consent of this level."""

    parts: int
    seconds: int
    unless: Level


@dataclass(frozen=True, slots=True)
class Checked(Rule):
    """The look-up of the number that must be recorded, and must have found nothing.

    It may be as old as `within`. It isn't needed with a recorded consent of at least `unless`, nor
    for as long as the newest consent is younger than `consent_good_for`.
    """

    kind: CheckKind
    within: timedelta
    unless: Level | None = None
    consent_good_for: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Jurisdiction:
    """One place. `countries` are ISO 3166-1 codes; `region` is an ISO 3166-2 code, of a state."""

    id: str
    name: str
    reviewed_on: date
    countries: frozenset[str] = frozenset()
    region: str | None = None
    windows: tuple[Window, ...] = ()
    needed: tuple[Needed, ...] = ()
    caps: tuple[Cap, ...] = ()
    forbidden: tuple[Forbidden, ...] = ()
    short: tuple[Short, ...] = ()
    checked: tuple[Checked, ...] = ()

    @property
    def rules(self) -> tuple[Rule, ...]:
        """All of them."""
        return (
            *self.windows,
            *self.needed,
            *self.caps,
            *self.forbidden,
            *self.short,
            *self.checked,
        )


@dataclass(frozen=True)
class Rulebook:
    """All jurisdictions, and the zones of each country and state."""

    jurisdictions: tuple[Jurisdiction, ...]
    zones_of: Mapping[str, tuple[str, ...]]
    _remembered: Callable[..., tuple[Jurisdiction, ...]] = field(
        init=False, repr=False, compare=False
    )

    def __post_init__(self) -> None:
        object.__setattr__(self, "_remembered", lru_cache(REMEMBERED)(self._concerning))

    def concerning(
        self, regions: tuple[str | None, ...], channel: Channel, purpose: Purpose
    ) -> tuple[Jurisdiction, ...]:
        """As `applying`, of each jurisdiction only the rules that concern such messages."""
        return self._remembered(regions, channel, purpose)

    def applying(self, regions: Iterable[str | None]) -> tuple[Jurisdiction, ...]:
        """The jurisdictions that someone may be in: all of them must allow a message.

        A region is `US-FL`, `FR`, or None where nothing is known. In a country whose states have
        laws of their own, a state that isn't known, or isn't reviewed, may have any of them.
        """
        found: dict[str, Jurisdiction] = {}
        for region in regions:
            for jurisdiction in self._of(region):
                found[jurisdiction.id] = jurisdiction
        return tuple(found.values())

    def capped(self, channel: Channel, purpose: Purpose) -> bool:
        """Whether some cap counts such messages."""
        return any(
            cap.concerns(channel, purpose) for each in self.jurisdictions for cap in each.caps
        )

    def _concerning(
        self, regions: tuple[str | None, ...], channel: Channel, purpose: Purpose
    ) -> tuple[Jurisdiction, ...]:
        def those(rules: tuple[Some, ...]) -> tuple[Some, ...]:
            return tuple(rule for rule in rules if rule.concerns(channel, purpose))

        return tuple(
            replace(
                each,
                windows=those(each.windows),
                needed=those(each.needed),
                caps=those(each.caps),
                forbidden=those(each.forbidden),
                short=those(each.short),
                checked=those(each.checked),
            )
            for each in self.applying(regions)
        )

    def _of(self, region: str | None) -> tuple[Jurisdiction, ...]:
        country = region[:2] if region else None
        whole = tuple(
            each for each in self.jurisdictions if each.region is None and country in each.countries
        )
        states = tuple(
            each for each in self.jurisdictions if each.region and each.region[:2] == country
        )
        own = tuple(each for each in states if each.region == region)
        everywhere = tuple(each for each in self.jurisdictions if each.id == ALWAYS)
        if not whole:
            whole = tuple(each for each in self.jurisdictions if each.id == DEFAULT)
        return (*everywhere, *whole, *(own or states))


ALWAYS = "everywhere"
"""What holds wherever someone is: rules of the product, and those that a deployment adds."""
