"""Whom the campaign is for: made up from a seed, in three zones, two languages, three consents."""

from __future__ import annotations

import csv
import io
import random
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

PLACES = (
    ("FR", "Europe/Paris", "fr-FR"),
    ("GB", "Europe/London", "en-GB"),
    ("CA-QC", "America/Toronto", "fr-CA"),
    ("CA-ON", "America/Toronto", "en-CA"),
)
"""Where marketing by email needs a consent, so that who was never asked gets none."""
CONSENTS = ("granted", "never asked", "revoked")
SHARES = (0.7, 0.2, 0.1)
BOUNCING = 0.02
"""Of the addresses; a run in which more than 5 % bounce would be paused."""
HEADERS = ("id", "email", "locale", "timezone", "region", "attributes.name")
STATED = ("status", "level", "source", "at", "wording", "proof")
GRANTED = (
    *("granted", "express", "web form", "2026-01-02T09:00:00Z"),
    *("Yes, send me offers by email.", "form 7"),
)
REVOKED = ("revoked", "", "", "", "", "")


@dataclass(frozen=True, slots=True)
class Person:
    id: str
    email: str
    region: str
    timezone: str
    locale: str
    consent: str
    eligible: bool
    bounces: bool

    @property
    def language(self) -> str:
        return self.locale[:2]


def people(count: int, seed: int, purpose: str) -> list[Person]:
    chance = random.Random(seed)
    may = {"granted"} if purpose == "marketing" else {"granted", "never asked"}
    return [_person(f"killed-{number:05}", chance, may) for number in range(count)]


def _person(name: str, chance: random.Random, may: Collection[str]) -> Person:
    region, zone, locale = chance.choice(PLACES)
    [consent] = chance.choices(CONSENTS, SHARES)
    bounces = chance.random() < BOUNCING
    email = f"bounce+{name}@simulator.amazonses.com" if bounces else f"{name}@example.org"
    return Person(name, email, region, zone, locale, consent, consent in may, bounces)


def file_of(those: Iterable[Person], purpose: str) -> bytes:
    """The file to import them from."""
    written = io.StringIO()
    rows = csv.writer(written)
    rows.writerow([*HEADERS, *(f"consents.email.{purpose}.{part}" for part in STATED)])
    rows.writerows(_row(each) for each in those)
    return written.getvalue().encode()


def _row(person: Person) -> Sequence[str]:
    nothing = ("",) * len(STATED)
    said = {"granted": GRANTED, "revoked": REVOKED}.get(person.consent, nothing)
    own = (person.id, person.email, person.locale, person.timezone, person.region, person.id)
    return (*own, *said)
