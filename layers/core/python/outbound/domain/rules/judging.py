"""What several rules need: who applies the law here, what was consented to, how a rule objects."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outbound.domain.consent import Level, level_of
from outbound.domain.message import Decision
from outbound.domain.rules.zones import regions_of

if TYPE_CHECKING:
    from outbound.domain.rules.facts import Facts
    from outbound.domain.rules.jurisdiction import Jurisdiction, Rule


def applying(facts: Facts) -> tuple[Jurisdiction, ...]:
    """The jurisdictions that the recipient may be in."""
    return facts.rulebook.applying(regions_of(facts))


def consented_level(facts: Facts) -> Level:
    """The firmest yes that stands for the message."""
    if facts.contact is None:
        return Level.NONE
    return level_of(
        facts.contact.consents,
        facts.channel,
        facts.purpose,
        facts.topic,
        address_key=facts.address_key,
        now=facts.now,
    )


def blocked(rule: Rule, reason: str) -> Decision:
    """A rule of a jurisdiction objects for good."""
    return Decision("block", rule.id, rule.source, reason)
