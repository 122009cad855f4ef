"""Jurisdictions from their files: one TOML file each, reviewed by people who know the law."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from outbound.adapters.jurisdictions.overlay import NOTHING, Overlay
from outbound.adapters.jurisdictions.reading import jurisdiction_of
from outbound.domain.rules.jurisdiction import Rulebook

if TYPE_CHECKING:
    from collections.abc import Mapping

    from outbound.domain.rules.jurisdiction import Jurisdiction

DATA = Path(__file__).parent / "data"
ZONES = Path(__file__).parent / "zones.toml"


@cache
def shipped() -> tuple[Jurisdiction, ...]:
    """All jurisdictions as they are shipped."""
    return tuple(jurisdiction_of(_read(path)) for path in sorted(DATA.glob("*.toml")))


def rulebook(overlay: Overlay = NOTHING) -> Rulebook:
    """The jurisdictions of a deployment.

    Raises:
        ValueError: the deployment switches off a rule that there isn't.
    """
    return Rulebook(overlay.over(shipped()), {**country_zones(), **state_zones()})


@cache
def country_zones() -> Mapping[str, tuple[str, ...]]:
    """The zones of each country, by its ISO 3166-1 code: https://data.iana.org/time-zones/tzdb/zone.tab"""
    zones: dict[str, list[str]] = {}
    text = (files("tzdata") / "zoneinfo" / "zone.tab").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            country, _, zone = line.split("\t")[:3]
            zones.setdefault(country, []).append(zone)
    return {country: tuple(names) for country, names in zones.items()}


@cache
def state_zones() -> Mapping[str, tuple[str, ...]]:
    """The zones of states and provinces, by their ISO 3166-2 codes."""
    return {region: tuple(names) for region, names in _read(ZONES).items()}


def _read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))
