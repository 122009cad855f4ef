"""Regions and time zones, as contacts name them."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from zoneinfo import available_timezones

ZONE_HINT = "must be an IANA time zone, like America/New_York"
REGION_HINT = (
    "must be an ISO 3166 code: a country, like FR, or a state of the United States, like US-FL"
)
_STATES = (
    "AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ "
    "NM NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY PR VI GU AS MP"
)
US_STATES = frozenset(_STATES.split())


@cache
def countries() -> frozenset[str]:
    """All ISO 3166-1 codes: https://data.iana.org/time-zones/tzdb/iso3166.tab"""
    text = (files("tzdata") / "zoneinfo" / "iso3166.tab").read_text(encoding="utf-8")
    return frozenset(line[:2] for line in text.splitlines() if line and line[0] != "#")


@cache
def zones() -> frozenset[str]:
    """All IANA zones of places, and the fixed ones of `Etc`."""
    return frozenset(
        name for name in available_timezones() if "/" in name and not name.startswith("posix/")
    ) | {"UTC"}


def zone(text: str) -> str:
    """An IANA time zone.

    Raises:
        ValueError: it is none.
    """
    if text not in zones():
        raise ValueError(ZONE_HINT)
    return text


def region(text: str) -> str:
    """A country, or a state of one: `FR`, `US-FL`, `CA-QC`.

    Raises:
        ValueError: it is none.
    """
    country, dash, state = text.partition("-")
    good = country in countries() and (not dash or _is_state(country, state))
    if not good:
        raise ValueError(REGION_HINT)
    return text


def _is_state(country: str, state: str) -> bool:
    if country == "US":
        return state in US_STATES
    return 1 <= len(state) <= 3 and state.isascii() and state.isalnum() and state == state.upper()
