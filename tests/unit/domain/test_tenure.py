"""Tenures: which addresses a contact had is known when they are gone, and none is named."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from outbound.domain.address import Address
from outbound.domain.contact import Contact, Phone
from outbound.domain.tenure import MOST, followed, since, tenure_of

NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)
SECRET = b"secret"
OLD, NEW = Address("email", "old@example.com"), Address("email", "new@example.com")
ADA = Contact("ada", "acme", emails=(OLD.value,), created_at=NOON)


def moved(contact, *emails, at):
    return followed(replace(contact, emails=emails), contact, at, SECRET)


def key(address):
    return tenure_of(SECRET, "acme", address).key


def test_what_went_is_known_until_when_and_what_came_since_when():
    later = NOON + timedelta(days=1)
    came, went = moved(ADA, NEW.value, at=later).tenures
    assert (came.key, came.since, came.until) == (key(NEW), later, None)
    assert (went.key, went.since, went.until) == (key(OLD), None, later)
    assert OLD.value not in repr((came, went))


def test_who_has_an_address_back_has_never_lost_it():
    away = moved(ADA, NEW.value, at=NOON + timedelta(days=1))
    back = moved(away, OLD.value, at=NOON + timedelta(days=2))
    assert [each.key for each in back.tenures] == [key(NEW)]
    assert since(back, key(OLD)) == NOON


def test_since_when_it_has_an_address_is_known_of_each():
    later = NOON + timedelta(days=1)
    both = moved(ADA, OLD.value, NEW.value, at=later)
    assert (since(both, key(OLD)), since(both, key(NEW))) == (NOON, later)


def test_nothing_is_noted_of_who_is_made_erased_or_changed_otherwise():
    erased = Contact("ada", "acme", erased_at=NOON)
    assert followed(ADA, None, NOON, SECRET) is ADA
    assert followed(ADA, erased, NOON, SECRET) is ADA
    assert followed(erased, ADA, NOON, SECRET) is erased
    other = replace(ADA, phones=(), locale="fr")
    assert followed(other, ADA, NOON, SECRET) is other


def test_of_very_many_the_last_are_kept():
    contact = ADA
    for day in range(MOST + 2):
        phone = Phone(f"+1415555{day:04d}")
        changed = replace(contact, phones=(phone,))
        contact = followed(changed, contact, NOON + timedelta(days=day), SECRET)
    ended = [each for each in contact.tenures if each.until]
    assert len(ended) == MOST
    assert ended[0].key == key(Address("phone", "+14155550001"))
