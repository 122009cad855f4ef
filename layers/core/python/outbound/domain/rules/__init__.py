"""The rules of the gate: pure functions from facts to a decision, or None: nothing against it.

Whatever a rule can't know, it takes to be the worst: the strictest rule then applies, and the
message carries the reason.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from outbound.domain.consent import ConsentStatus, Level, revoked
from outbound.domain.message import Decision
from outbound.domain.rules.checks import checked
from outbound.domain.rules.hours import closed, opening, strictest
from outbound.domain.rules.judging import blocked
from outbound.domain.rules.zones import people, zones_of
from outbound.domain.suppression import SAID_NO, covers
from outbound.domain.words import Purpose

if TYPE_CHECKING:
    from outbound.domain.rules.facts import Facts
    from outbound.domain.rules.jurisdiction import Cap

PAUSED = (Purpose.MARKETING, Purpose.INFORMATIONAL)


def expired(facts: Facts) -> Decision | None:
    """Nothing leaves after its time."""
    if facts.now < facts.expires_at:
        return None
    return Decision("block", "expired", "the message's expires_at", "expired")


def erased(facts: Facts) -> Decision | None:
    """What was accepted before its contact was erased isn't for whoever has their id now."""
    contact = facts.contact
    if contact is None or contact.erased_at is None:
        return None
    if not contact.erased and facts.accepted_at > contact.erased_at:
        return None
    return Decision("block", "contact.erased", "GDPR art. 17", "erased")


def suppressed(facts: Facts) -> Decision | None:
    """Nothing goes to an address that doesn't work or whose owner said no."""
    for suppression in facts.suppressions:
        if facts.answers and suppression.reason in SAID_NO:
            continue
        if covers(suppression, facts.purpose, facts.now):
            source = f"suppression list ({suppression.source})"
            return Decision("block", "suppressed", source, f"suppressed_{suppression.reason}")
    return None


def forbidden_channel(facts: Facts) -> Decision | None:
    """Nothing goes by a way that the contact doesn't want."""
    if facts.contact is None or facts.channel not in facts.contact.forbidden:
        return None
    return Decision("block", "contact.forbidden", "the contact's profile", "forbidden_channel")


def paused(facts: Facts) -> Decision | None:
    """A pause holds back what isn't needed."""
    if facts.purpose not in PAUSED:
        return None
    for contact in people(facts):
        if contact.paused_until is not None and facts.now < contact.paused_until:
            return Decision("block", "contact.paused", "the contact's preferences", "paused")
    return None


def refused(facts: Facts) -> Decision | None:
    """A no of anybody who has the address counts, whatever the law of the place."""
    if facts.purpose is Purpose.EMERGENCY or facts.answers:
        return None
    for contact in people(facts):
        no = revoked(contact.consents, facts.channel, facts.purpose, facts.topic)
        if no is not None:
            return Decision("block", "contact.revoked", f"consent ({no.source})", "revoked")
    return None


def forbidden(facts: Facts) -> Decision | None:
    """What may not be sent at all."""
    for jurisdiction in facts.jurisdictions:
        for rule in jurisdiction.forbidden:
            return blocked(rule, rule.reason)
    return None


def consented(facts: Facts) -> Decision | None:
    """There must be the consent that each place asks for."""
    if facts.answers:
        return None
    needed = [
        rule
        for jurisdiction in facts.jurisdictions
        for rule in jurisdiction.needed
        if facts.level < rule.level
    ]
    if not needed:
        return None
    return blocked(max(needed, key=lambda rule: rule.level), _lacking(facts))


def short(facts: Facts) -> Decision | None:
    """What is exempt from consent must be short."""
    for jurisdiction in facts.jurisdictions:
        for rule in jurisdiction.short:
            if facts.level >= rule.unless:
                continue
            if (facts.parts or 0) > rule.parts or (facts.seconds or 0) > rule.seconds:
                return blocked(rule, "too_long_without_consent")
    return None


def caps_of(facts: Facts) -> list[Cap]:
    """The caps that count a message: it takes a slot where there are some."""
    return [
        cap
        for jurisdiction in facts.jurisdictions
        for cap in jurisdiction.caps
        if cap.unless is None or facts.level < cap.unless
    ]


def capped(facts: Facts) -> Decision | None:
    """Nobody is sent more than each place allows."""
    for cap in caps_of(facts):
        if _counted(cap, facts) >= cap.limit:
            return blocked(cap, "frequency_cap")
    return None


def quiet(facts: Facts) -> Decision | None:
    """Messages arrive at a lawful hour, wherever the recipient may be."""
    windows = [window for jurisdiction in facts.jurisdictions for window in jurisdiction.windows]
    if not windows:
        return None
    zones = zones_of(facts)
    if not zones:
        return blocked(windows[0], "no_time_zone")
    shut = closed(windows, zones, facts.now)
    if not shut:
        return None
    closest = strictest(shut, facts.now)
    until = opening(windows, zones, facts.now)
    if until is None:
        return blocked(closest, "no_lawful_hour")
    if until >= facts.expires_at:
        return blocked(closest, "expires_before_lawful_hour")
    return Decision("defer", closest.id, closest.source, "outside_hours", until)


ORDER = (
    expired,
    erased,
    suppressed,
    forbidden_channel,
    paused,
    refused,
    forbidden,
    consented,
    checked,
    short,
    capped,
    quiet,
)


def _lacking(facts: Facts) -> str:
    """Why there isn't the consent that is needed."""
    if facts.level > Level.NONE:
        return "consent_too_weak"
    about = [
        consent
        for consent in (facts.contact.consents if facts.contact else ())
        if (consent.channel, consent.purpose) == (facts.channel, facts.purpose)
        and consent.topic in (None, facts.topic)
    ]
    if any(consent.status is ConsentStatus.PENDING for consent in about):
        return "consent_pending"
    granted = [consent for consent in about if consent.status is ConsentStatus.GRANTED]
    if any(facts.address_key not in consent.covers for consent in granted):
        return "consent_for_another_address"
    return "consent_expired" if granted else "no_consent"


def _counted(cap: Cap, facts: Facts) -> int:
    return sum(
        slot.message_id != facts.message_id
        and cap.concerns(slot.channel, slot.purpose)
        and (not cap.per_topic or slot.topic == facts.topic)
        and slot.at > facts.now - cap.within
        for slot in facts.slots
    )
