"""Correcting an address: the new one counts once its owner says so, and not before."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from outbound.domain.address import Address
from outbound.domain.consent import Level
from outbound.domain.contact import Phone
from outbound.domain.ids import address_key
from outbound.domain.link import Use
from outbound.domain.suppression import Reason, Suppression
from outbound.domain.words import Channel, Purpose
from outbound.flow.asking import ask
from outbound.flow.correcting import asked_by, confirm_address, correct
from outbound.flow.links import links_for
from tests.builders import EMAIL, PHONE, TENANT
from tests.memory.world import LINKS, SECRET
from tests.unit.flow.conversation import OWN, SECOND, Conversation

NEW_EMAIL, NEW_PHONE = Address("email", "ada@new.example"), Address("phone", "+14155550166")
PROOF = {"network_address": "192.0.2.1"}


@pytest.fixture
def talk(world):
    return Conversation(world)


@pytest.fixture
def ada(talk):
    ada = talk.contact(emails=(EMAIL.value, "ada@old.example"))
    for channel in (Channel.EMAIL, Channel.SMS):
        granted = {"channel": channel, "topic": "news", "level": Level.EXPRESS_WRITTEN}
        talk.grant(ada, Purpose.MARKETING, **granted)
    return talk.now(ada)


def wish(world, contact, address):
    return correct(contact, address, PROOF, "en", world.sign_up)


def asked(world):
    return [world.messages.kept[ref] for _, _, ref in world.queue.queued]


def link(world):
    url = links_for(asked(world)[-1], SECRET, LINKS)["confirm"]
    found = LINKS.read(url.rpartition("/")[2], Use.CORRECT)
    assert found is not None
    return found


def follow(world, to):
    found = asked_by(to, world.people, world.corrections)
    return found is not None and confirm_address(found, PROOF, world.people)


def covers(talk, contact, channel):
    return talk.consent(contact, channel, Purpose.MARKETING, "news").covers


def key(address):
    return address_key(SECRET, TENANT, address.value)


def test_a_new_email_address_is_asked_by_a_link_and_counts_with_its_yes(talk, world, ada):
    assert wish(world, ada, NEW_EMAIL)
    [message] = asked(world)
    assert (message.address, message.contact_id) == (NEW_EMAIL, ada.id)
    assert (message.topic, message.on_unconfirmed) == ("outbound:new-address", "never")
    assert talk.now(ada).emails == ada.emails
    world.clock.advance(timedelta(hours=1))
    assert follow(world, link(world))
    after = talk.now(ada)
    assert after.emails == (NEW_EMAIL.value, "ada@old.example")
    assert after.corrections == ()
    assert NEW_EMAIL in world.contacts.look_up(TENANT, addresses=[NEW_EMAIL]).having
    assert covers(talk, ada, Channel.EMAIL) - {key(Address("email", "ada@old.example"))} == {
        key(NEW_EMAIL)
    }
    wanted, done = talk.entries(ada)[-2:]
    assert (wanted.entry.kind, done.entry.kind) == ("address.asked", "address.corrected")
    assert done.proof == {
        "network_address": "192.0.2.1",
        "address_before": EMAIL.value,
        "address": NEW_EMAIL.value,
    }


def test_a_new_number_is_asked_by_a_text_and_counts_with_yes(talk, world, ada):
    wish(world, ada, NEW_PHONE)
    [told] = talk.told
    assert told.startswith("Example: Reply YES to be reached at this number from now on.")
    assert asked(world)[0].origination == OWN
    talk.say("yes")
    assert talk.now(ada).phones[0].value == PHONE.value
    talk.say("yes", sender=NEW_PHONE)
    assert [phone.value for phone in talk.now(ada).phones] == [NEW_PHONE.value]
    assert talk.told[-1].startswith("Example: You are reached at this number from now on.")
    yes = talk.consent(ada, Channel.SMS, Purpose.MARKETING, "news")
    assert (yes.covers, yes.level) == ({key(NEW_PHONE)}, Level.EXPRESS)


def test_the_same_yes_twice_is_one(talk, world, ada):
    wish(world, ada, NEW_PHONE)
    talk.say("yes", sender=NEW_PHONE)
    before = len(talk.told), len(talk.entries(ada))
    talk.say("yes", sender=NEW_PHONE)
    assert (len(talk.told), len(talk.entries(ada))) == before


def test_who_had_no_number_gets_one(talk, world):
    bob = talk.contact("con_bob", phones=(), emails=(EMAIL.value,))
    wish(world, bob, NEW_PHONE)
    talk.say("yes", sender=NEW_PHONE)
    assert [phone.value for phone in talk.now(bob).phones] == [NEW_PHONE.value]


def test_one_that_they_have_already_is_not_asked(world, ada):
    before = world.snapshot()
    assert wish(world, ada, Address("email", "ada@old.example"))
    assert world.snapshot() == before


def test_the_last_wish_of_a_kind_counts(talk, world, ada):
    wish(world, ada, NEW_EMAIL)
    first = link(world)
    world.clock.advance(SECOND)
    wish(world, talk.now(ada), Address("email", "ada@newer.example"))
    assert not follow(world, first)
    assert follow(world, link(world))
    assert talk.now(ada).emails[0] == "ada@newer.example"


def test_what_was_changed_meanwhile_is_not_overwritten(talk, world, ada):
    talk.grant(ada, Purpose.INFORMATIONAL)
    assert not wish(world, ada, NEW_EMAIL)
    assert asked(world) == []


def test_a_strangers_address_is_asked_three_times_a_day_at_most(talk, world, ada):
    for _ in range(5):
        assert wish(world, talk.now(ada), NEW_EMAIL)
        world.clock.advance(SECOND)
    assert len(asked(world)) == 3


def test_who_wants_nothing_is_not_even_asked(world, ada):
    no = Suppression(Reason.OPTED_OUT, world.clock.now(), "unsubscribe link", None)
    world.suppressions.suppress(TENANT, NEW_EMAIL, no)
    wish(world, ada, NEW_EMAIL)
    assert ask(asked(world)[0], world.clock.now(), world.gate).verdict == "block"


def test_a_yes_comes_too_late_after_three_days(talk, world, ada):
    wish(world, ada, NEW_EMAIL)
    wish(world, talk.now(ada), NEW_PHONE)
    world.clock.advance(timedelta(days=3))
    talk.say("yes", sender=NEW_PHONE)
    assert talk.now(ada).addresses == ada.addresses


@pytest.mark.parametrize(
    "change",
    [
        {"tenant": "other"},
        {"contact_key": "b" * 16},
        {"address_key": key(EMAIL)},
        {"asked_at": None},
    ],
)
def test_another_link_is_none(talk, world, ada, change):
    wish(world, ada, NEW_EMAIL)
    before = world.snapshot()
    assert not follow(world, replace(link(world), **change))
    assert world.snapshot() == before


def test_of_an_erased_contact_nothing_waits(talk, world, ada):
    wish(world, ada, NEW_EMAIL)
    to = link(world)
    erased = replace(talk.now(ada), emails=(), phones=(), corrections=(), created_at=None)
    world.contacts.contacts[TENANT, ada.id] = replace(erased, erased_at=world.clock.now())
    assert asked_by(to, world.people, world.corrections) is None


def test_an_address_of_too_many_stays_theirs(talk, world, ada):
    for number in range(20):
        talk.contact(f"con_{number}", phones=(Phone(NEW_PHONE.value),))
    wish(world, ada, NEW_PHONE)
    talk.say("yes", sender=NEW_PHONE)
    assert talk.now(ada).phones == ada.phones
    assert len(talk.told) == 1
