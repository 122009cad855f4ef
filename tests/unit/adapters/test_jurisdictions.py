"""The files of the law, and what a deployment may add to them."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outbound.adapters.jurisdictions import country_zones, rulebook, shipped, state_zones
from outbound.adapters.jurisdictions.overlay import overlay_of
from outbound.adapters.jurisdictions.reading import jurisdiction_of, rule_of
from outbound.domain.regions import US_STATES, countries
from outbound.domain.rules.facts import Slot
from outbound.domain.words import Channel, Purpose
from outbound.flow.gate import decide
from tests.unit.domain.rules.facts import make_facts

CAP = {
    "kind": "cap",
    "rule": "acme.weekly",
    "source": "our policy",
    "verified": "statute",
    "channels": ["sms"],
    "purposes": ["marketing"],
    "limit": 1,
    "within": "P7D",
}
WINDOW = {
    "kind": "window",
    "rule": "acme.hours",
    "source": "our policy",
    "verified": "statute",
    "channels": ["sms"],
    "purposes": ["marketing", "informational"],
    "hours": {"every": "10:00-16:00"},
}
CHECK = {
    "kind": "check",
    "rule": "acme.look-up",
    "source": "our policy",
    "verified": "statute",
    "channels": ["sms"],
    "purposes": ["marketing", "informational"],
    "look_up": "reassigned",
    "within": "P7D",
}
OFF = {"rule": "us-ri.quiet-hours", "reason": "no customers there", "by": "Ada, counsel"}


def overlaid(**values):
    return rulebook(overlay_of(json.dumps(values)))


class TestFiles:
    def test_every_rule_names_its_source_and_how_far_it_was_read(self):
        rules = [rule for each in shipped() for rule in each.rules]
        assert all(rule.source and rule.channels and rule.purposes for rule in rules)
        assert len({rule.id for rule in rules}) == len(rules)
        for each in shipped():
            assert each.reviewed_on
            assert all(rule.id.startswith(f"{each.id}.") for rule in each.rules)

    def test_places_are_real_and_each_country_has_one(self):
        listed = [country for each in shipped() for country in each.countries]
        assert len(set(listed)) == len(listed)
        assert set(listed) <= countries()

    def test_every_state_has_its_zones(self):
        zones = state_zones()
        assert {region for region in zones if region[:2] == "US"} == {f"US-{s}" for s in US_STATES}
        assert {each.region for each in shipped() if each.region} <= set(zones)
        assert all(ZoneInfo(zone) for names in zones.values() for zone in names)

    def test_every_country_has_zones(self):
        lacking = countries() - set(country_zones())
        assert lacking <= {"BV", "HM"}, "islands where nobody lives"

    @pytest.mark.parametrize(
        ("change", "message"),
        [
            ({"hours": {"mo": "08:00-20:00"}}, "acme.hours: mo is not known"),
            ({"hours": {"mon": "8-20"}}, "acme.hours: hours must be like"),
            ({"hours": {"mon": "20:00-08:00"}}, "ends before it begins"),
            ({"level": "express"}, "acme.hours: level is not known"),
            ({"source": None}, "acme.hours: source is missing"),
            ({"channels": ["fax"]}, "fax"),
            ({"verified": "surely"}, "surely"),
        ],
    )
    def test_what_is_misspelt_is_refused_with_its_name(self, change, message):
        table = {name: value for name, value in (WINDOW | change).items() if value is not None}
        del table["kind"]
        with pytest.raises(ValueError, match=message):
            rule_of("window", table)

    def test_a_jurisdiction_has_no_parts_that_nobody_knows(self):
        with pytest.raises(ValueError, match="windows is not known"):
            jurisdiction_of({"id": "x", "name": "X", "reviewed_on": None, "windows": []})


class TestOverlay:
    def test_an_added_cap_counts_everywhere(self):
        noon = datetime(2026, 11, 24, 12, tzinfo=UTC)
        slots = (Slot("msg_0", noon, Channel.SMS, Purpose.MARKETING, None),)
        facts: Any = {"number": "+447860019066", "slots": slots}
        assert decide(make_facts(noon, **facts)).verdict == "send"
        decision = decide(make_facts(noon, **facts, rulebook=overlaid(rules=[CAP])))
        assert (decision.rule, decision.source) == ("acme.weekly", "our policy")

    def test_a_rule_can_be_of_one_place(self):
        noon = datetime(2026, 11, 24, 18, tzinfo=UTC)
        book = overlaid(rules=[WINDOW | {"in": "gb"}])
        assert decide(make_facts(noon, number="+447860019066", rulebook=book)).verdict == "defer"
        assert decide(make_facts(noon, rulebook=book)).verdict == "send"

    def test_what_is_switched_off_is_so_and_everything_else_stays(self):
        late = datetime(2026, 11, 25, 3, tzinfo=UTC)  # 19:00 in San Francisco
        assert decide(make_facts(late)).rule == "us-ri.quiet-hours"
        assert decide(make_facts(late, rulebook=overlaid(without=[OFF]))).verdict == "send"

    @pytest.mark.parametrize(
        ("values", "message"),
        [
            ({"without": [OFF | {"rule": "us-xx.hours"}]}, "no rule us-xx.hours"),
            ({"rules": [CAP | {"in": "atlantis"}]}, "no jurisdiction atlantis"),
            ({"rules": [CAP | {"kind": "wish"}]}, "no kind of rule wish"),
            ({"rules": [CAP, CAP]}, "acme.weekly already"),
            ({"rules": [CAP | {"within": "P40D"}]}, "at most P31D"),
            ({"rules": [CAP | {"limit": -1}]}, "must not be negative"),
            ({"rules": [CHECK | {"look_up": "weather"}]}, "weather"),
            ({"rules": [CHECK | {"within": "P0D"}]}, "acme.look-up: within must be a time"),
        ],
    )
    def test_what_cannot_be_is_refused_with_its_name(self, values, message):
        with pytest.raises(ValueError, match=message):
            overlaid(**values)

    @given(
        now=st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1), timezones=st.just(UTC)),
        said=st.sampled_from(["none", "implied", "express", "express_written", "revoked"]),
        purpose=st.sampled_from(list(Purpose)),
        rule=st.sampled_from([CAP, WINDOW, CHECK]),
        place=st.sampled_from(["everywhere", "us", "eu", "default"]),
        number=st.sampled_from(["+14155550123", "+33612345678", "+5511912345678"]),
    )
    @settings(max_examples=200, deadline=None)
    def test_an_added_rule_never_lets_anything_pass(self, now, said, purpose, rule, place, number):
        asked = {"said": said, "purpose": purpose, "number": number}
        before = decide(make_facts(now, **asked))
        book = overlaid(rules=[rule | {"in": place}])
        after = decide(make_facts(now, **asked, rulebook=book))
        order = ["block", "defer", "send"]
        assert order.index(after.verdict) <= order.index(before.verdict)
