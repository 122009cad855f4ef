"""In which time zones a contact may be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outbound.domain.words import Channel

if TYPE_CHECKING:
    from collections.abc import Iterable

    from outbound.domain.contact import Contact
    from outbound.domain.rules.facts import Facts
    from outbound.domain.rules.jurisdiction import Rulebook


def people(facts: Facts) -> tuple[Contact, ...]:
    """All contacts that have the address."""
    own = (facts.contact,) if facts.contact is not None else ()
    return (*own, *facts.others)


def regions_of(facts: Facts) -> tuple[str | None, ...]:
    """Where the contacts with the address may be: where they say, else where the number is from."""
    if facts.contact is not None and not facts.others:
        return (_region(facts.contact, facts),)
    return tuple(dict.fromkeys(_region(each, facts) for each in people(facts))) or (None,)


def zones_of(facts: Facts) -> frozenset[str]:
    """All zones that someone with the address may be in; empty where nothing is known."""
    zones: set[str] = set()
    for contact in people(facts):
        found = _zones(contact, facts)
        if not found:
            return frozenset()
        zones.update(found)
    return frozenset(zones)


def zones_for(contact: Contact, channel: Channel, rulebook: Rulebook) -> tuple[str, ...]:
    """The zone that a contact has stated, else all that they may be in."""
    if contact.timezone is not None:
        return (contact.timezone,)
    regional = tuple(_of_region(contact.region, rulebook))
    if regional or channel is Channel.EMAIL or not contact.phones:
        return regional
    phone = contact.phones[0]
    return phone.zones or rulebook.zones_of.get(phone.country or "", ())


def _region(contact: Contact, facts: Facts) -> str | None:
    if contact.region is not None:
        return contact.region
    phone = contact.phone(facts.address.value)
    return phone.country if phone else None


def _zones(contact: Contact, facts: Facts) -> set[str]:
    """The zone that is stated; with it, what speaks against it. A clash is judged in all zones.

    Without one it is the region's; with them the number's, where it can't be from there.
    """
    regional = {*_of_region(contact.region, facts.rulebook)}
    numbered = {*_of_number(contact, facts)}
    if contact.timezone is None:
        return regional if regional & numbered else regional | numbered
    clashing = (each for each in (regional, numbered) if contact.timezone not in each)
    return {contact.timezone, *(zone for zones in clashing for zone in zones)}


def _of_region(region: str | None, rulebook: Rulebook) -> Iterable[str]:
    if region is None:
        return ()
    return rulebook.zones_of.get(region) or rulebook.zones_of.get(region[:2], ())


def _of_number(contact: Contact, facts: Facts) -> Iterable[str]:
    if facts.channel is Channel.EMAIL:
        return ()
    phone = contact.phone(facts.address.value)
    if phone is None:
        return ()
    return phone.zones or facts.rulebook.zones_of.get(phone.country or "", ())
