"""Quiet hours: never outside a window in any zone, whatever the clocks do."""

from __future__ import annotations

import random
import time as clock
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outbound.adapters.jurisdictions import country_zones, state_zones
from outbound.domain.regions import zones
from outbound.domain.rules.hours import MINUTE, is_open, opening
from outbound.domain.rules.jurisdiction import Verified, Window
from outbound.domain.rules.zones import regions_of
from outbound.domain.words import Channel, Purpose
from outbound.flow.gate import decide
from tests.unit.domain.rules.facts import RULEBOOK, make_facts

CLOCKS = (
    "America/New_York",
    "America/St_Johns",
    "Europe/Dublin",
    "Europe/Paris",
    "Africa/Casablanca",
    "Asia/Gaza",
    "Australia/Lord_Howe",
    "America/Santiago",
    "Pacific/Auckland",
    "Asia/Kolkata",
)
INSTANTS = st.datetimes(datetime(2026, 1, 1), datetime(2028, 12, 31), timezones=st.just(UTC)).map(
    lambda instant: instant.replace(microsecond=0)
)
AREAS = ("201", "212", "305", "312", "404", "480", "503", "602", "702", "808", "850", "907", "940")
US_NUMBERS = st.sampled_from([f"+1{area}5550123" for area in AREAS])
NUMBERS = st.one_of(
    US_NUMBERS,
    st.sampled_from(["+18005550123", "+33612345678", "+447860019066", "+61455944038",
                     "+14165550123", "+79161234567", "+5511912345678", "+919876543210"]),
)  # fmt: skip
REGIONS = st.sampled_from([None, "US", "US-FL", "US-TX", "US-CA", "US-RI", "FR", "GB", "CA-ON"])
ZONES = st.one_of(st.none(), st.sampled_from(sorted(zones())))
FEDERAL = (time(8), time(21))


def make_window(begin: time, end: time, days=range(7)) -> Window:
    return Window(
        id="w",
        source="test",
        verified=Verified.STATUTE,
        channels=frozenset(Channel),
        purposes=frozenset(Purpose),
        days=dict.fromkeys(days, (begin, end)),
    )


def possible_zones(facts: Any, region: str | None, zone: str | None) -> set[str]:
    """Each zone somebody may be in: their own; what region and number say where they clash."""
    [phone] = facts.contact.phones
    country = phone.country or ""
    numbered = {*phone.zones} or {*country_zones().get(country, ())}
    regional = set()
    if region is not None:
        regional = {*(state_zones().get(region) or country_zones().get(region[:2], ()))}
    if zone is None:
        return regional if regional & numbered else regional | numbered
    return {zone, *(each for some in (regional, numbered) if zone not in some for each in some)}


def windows_of(facts: Any) -> list[Window]:
    """All windows of all places that somebody may be in."""
    return [
        window
        for jurisdiction in RULEBOOK.applying(regions_of(facts))
        for window in jurisdiction.windows
        if window.concerns(facts.channel, facts.purpose)
    ]


@given(now=INSTANTS, number=NUMBERS, region=REGIONS, zone=ZONES)
@settings(max_examples=150, deadline=None)
def test_no_offer_leaves_outside_the_window_in_any_zone_its_number_may_be_in(
    now, number, region, zone
):
    facts = make_facts(now, number=number, region=region, zone=zone)
    decision = decide(facts)
    if decision.verdict == "block":
        return
    at = decision.until or now
    assert at >= now
    possible = possible_zones(facts, region, zone)
    assert possible
    for each in possible:
        assert all(is_open(window, each, at) for window in windows_of(facts))
    if any(each.id == "us" for each in RULEBOOK.applying(regions_of(facts))):
        clocks = [at.astimezone(ZoneInfo(each)).time() for each in possible]
        assert all(FEDERAL[0] <= each < FEDERAL[1] for each in clocks)


@given(now=INSTANTS, number=NUMBERS, region=REGIONS, zone=ZONES)
@settings(max_examples=150, deadline=None)
def test_what_waits_waits_for_the_first_lawful_instant(now, number, region, zone):
    facts = make_facts(now, number=number, region=region, zone=zone)
    decision = decide(facts)
    if decision.until is None:
        return
    assert decision.until > now
    for at, verdict in ((decision.until, "send"), (decision.until - MINUTE, "defer")):
        if at >= now:
            assert (
                decide(make_facts(at, number=number, region=region, zone=zone)).verdict == verdict
            )


def changes_of(zone: str) -> list[datetime]:
    """The hours of 2026 to 2028 after which the clock of a zone has another offset."""
    here = ZoneInfo(zone)
    start = datetime(2026, 1, 1, tzinfo=UTC)
    hours = (start + timedelta(hours=number) for number in range(3 * 366 * 24))
    return [
        hour
        for hour in hours
        if hour.astimezone(here).utcoffset()
        != (hour + timedelta(hours=1)).astimezone(here).utcoffset()
    ]


@pytest.mark.parametrize("zone", CLOCKS)
def test_on_days_when_clocks_change_the_wall_clock_counts(zone):
    looked_at = 0
    for window in (make_window(time(8), time(20)), make_window(time(2, 30), time(3, 15)),
                   make_window(time(0), time(1)), make_window(time(1), time.min)):  # fmt: skip
        for change in changes_of(zone):
            for offset in range(-36, 36, 3):
                at = change + timedelta(hours=offset, minutes=17)
                until = opening([window], [zone], at)
                if until is None:
                    continue
                looked_at += 1
                assert until >= at
                assert is_open(window, zone, until)
                if until > at:
                    assert not is_open(window, zone, at)
                    assert not is_open(window, zone, until - MINUTE)
    assert looked_at or zone == "Asia/Kolkata"


def test_an_hour_that_a_spring_night_skips_is_open_where_the_gap_ends():
    # On 14 March 2027 clocks in New York go from 01:59 to 03:00.
    window = make_window(time(2, 30), time(4))
    night = datetime(2027, 3, 14, 6, 0, tzinfo=UTC)
    assert opening([window], ["America/New_York"], night) == datetime(2027, 3, 14, 7, 0, tzinfo=UTC)


@given(now=INSTANTS, number=NUMBERS, said=st.sampled_from(["none", "revoked", "express"]))
@settings(max_examples=100, deadline=None)
def test_an_alert_passes_hours_consent_and_caps(now, number, said):
    for channel in (Channel.SMS, Channel.VOICE):
        facts = make_facts(
            now, number=number, said=said, channel=channel, purpose=Purpose.EMERGENCY
        )
        assert decide(facts).verdict == "send"


def test_a_decision_takes_little_time():
    """Printed, never asserted on: what matters is that no recipient takes unbounded work."""
    random.seed(4)
    now = datetime(2026, 11, 24, 3, tzinfo=UTC)
    for name, facts in {
        "known state and zone": make_facts(now, region="US-FL", zone="America/New_York"),
        "a US number, no region": make_facts(now),
        "toll-free, anywhere": make_facts(now, number="+18005550123"),
        "to France": make_facts(now, number="+33612345678"),
    }.items():
        decide(facts)
        began = clock.perf_counter()
        for _ in range(20):
            decide(facts)
        print(f"{name}: {(clock.perf_counter() - began) / 20 * 1e6:,.0f} us")
    assert RULEBOOK.jurisdictions
