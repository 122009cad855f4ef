"""Signing up by a form: nobody is in, or out, by what somebody else has typed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from outbound.domain.address import Address
from outbound.domain.consent import ConsentStatus, Level, revoked
from outbound.domain.contact import Contact
from outbound.domain.ids import MessageRef, address_key, contact_id_of, contact_key
from outbound.domain.link import Use
from outbound.domain.suppression import BUT_ALERTS, Reason, Suppression
from outbound.domain.words import Channel, Purpose
from outbound.flow.asking import ask
from outbound.flow.confirming import confirm, question
from outbound.flow.links import links_for
from outbound.flow.signing_up import SignUp, sign_up
from tests.builders import EMAIL, PHONE, TENANT, make_programme
from tests.memory.world import LINKS, SECRET
from tests.unit.flow.conversation import OWN, SECOND, Conversation

SPRING = make_programme()
ABOUT = (Channel.EMAIL, Purpose.MARKETING, "news")
PROOF = {"network_address": "192.0.2.1"}
KEY = address_key(SECRET, TENANT, EMAIL.value)
NEW = contact_id_of(SECRET, TENANT, EMAIL.value)


@pytest.fixture
def talk(world):
    world.programmes.put(SPRING)
    return Conversation(world)


def fill_in(world, *addresses, programme=SPRING, network="192.0.2.1"):
    form = SignUp(programme, addresses or (EMAIL,), "en", network, PROOF)
    return sign_up(form, world.sign_up)


def asked(world):
    return [world.messages.kept[ref] for _, _, ref in world.queue.queued]


def link(world, index=-1):
    url = links_for(asked(world)[index], SECRET, LINKS)["confirm"]
    found = LINKS.read(url.rpartition("/")[2], Use.CONFIRM)
    assert found is not None
    return found


def answer(world, to):
    return confirm(to, PROOF, world.pages, world.programmes)


def consents(talk, contact_id=NEW):
    return {(each.channel, each.status) for each in talk.now(Contact(contact_id, TENANT)).consents}


def test_who_signs_up_by_email_is_asked_by_a_link_and_in_with_their_yes(talk, world):
    assert fill_in(world)
    [message] = asked(world)
    assert (message.channel, message.address) == (Channel.EMAIL, EMAIL)
    assert (message.purpose, message.topic) == (Purpose.TRANSACTIONAL, "outbound:sign-up:spring")
    assert consents(talk) == {("email", "pending")}

    world.clock.advance(timedelta(hours=1))
    assert answer(world, link(world))
    yes = talk.consent(Contact(NEW, TENANT), *ABOUT)
    assert (yes.status, yes.level, yes.source) == (
        ConsentStatus.GRANTED,
        Level.EXPRESS_WRITTEN,
        "programme:spring",
    )
    assert (yes.covers, yes.expires_at, yes.at) == ({KEY}, None, world.clock.now())
    pending, granted = talk.entries(Contact(NEW, TENANT))
    assert pending.proof == {
        "address_1": EMAIL.value,
        "network_address": "192.0.2.1",
        "wording": "I agree to get news.",
    }
    assert (granted.entry.kind, granted.entry.by) == ("consent.granted", "recipient")


def test_who_signs_up_by_phone_is_asked_by_a_text_and_answers_yes(talk, world):
    fill_in(world, PHONE)
    [told] = talk.told
    assert told.startswith("Example: Reply YES to get Spring news by text. I agree to get news.")
    assert asked(world)[0].origination == OWN
    talk.say("Yes")
    new = Contact(contact_id_of(SECRET, TENANT, PHONE.value), TENANT)
    assert talk.consents(new) == {("sms", "marketing", "news", "granted")}


def test_two_addresses_are_two_people_until_somebody_shows_otherwise(talk, world):
    fill_in(world, EMAIL, PHONE)
    assert len({message.contact_id for message in asked(world)}) == 2
    answer(world, link(world, 0))
    assert consents(talk) == {("email", "granted")}


@pytest.mark.parametrize("sent", [2, 5])
def test_a_form_that_is_sent_again_asks_once(talk, world, sent):
    for _ in range(sent):
        assert fill_in(world)
        world.clock.advance(timedelta(seconds=20))
    assert len(asked(world)) == 1
    assert len(talk.entries(Contact(NEW, TENANT))) == 1


def test_what_was_cut_off_before_its_message_is_asked_with_the_next_try(talk, world):
    fill_in(world)
    [(_, _, ref)] = world.queue.queued
    del world.messages.kept[ref]
    world.queue.queued.clear()
    fill_in(world)
    assert [each[2] for each in world.queue.queued] == [ref]


def test_each_address_of_one_contact_is_asked_for_itself(talk, world):
    talk.contact(emails=(EMAIL.value, "ada@work.example"))
    fill_in(world)
    world.clock.advance(SECOND)
    fill_in(world, Address("email", "ada@work.example"))
    assert {message.contact_id for message in asked(world)} == {"con_ada"}
    assert not answer(world, link(world, 0))
    assert answer(world, link(world, 1))


def test_an_address_is_asked_three_times_a_day_whatever_the_programme(talk, world):
    for number in range(5):
        programme = make_programme(f"p{number}", topic=f"t{number}")
        assert fill_in(world, programme=programme)
    assert len(asked(world)) == 3
    world.clock.advance(timedelta(days=1))
    fill_in(world)
    assert len(asked(world)) == 4


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("192.0.2.1", "192.0.2.1", True),
        ("192.0.2.1", "192.0.2.2", False),
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("", "", True),
    ],
)
def test_a_network_may_send_thirty_forms_an_hour(talk, world, first, second, same):
    for number in range(30):
        assert fill_in(world, Address("email", f"p{number}@example.com"), network=first)
    assert fill_in(world, network=second) is not same
    world.clock.advance(timedelta(hours=1))
    assert fill_in(world, network=second)


def test_what_was_said_before_stands_until_the_question_is_answered(talk, world):
    ada = talk.contact(emails=(EMAIL.value,))
    talk.grant(ada, Purpose.MARKETING, channel=Channel.EMAIL, topic="news")
    world.clock.advance(SECOND)
    fill_in(world)
    assert consents(talk, ada.id) == {("email", "granted"), ("email", "pending")}
    said = talk.grant(ada, Purpose.MARKETING, channel=Channel.EMAIL, status=ConsentStatus.REVOKED)
    assert revoked(said.consents, *ABOUT) is not None
    world.clock.advance(timedelta(hours=1))
    fill_in(world)
    assert revoked(talk.now(ada).consents, *ABOUT) is not None
    answer(world, link(world))
    assert revoked(talk.now(ada).consents, *ABOUT) is None


def test_who_has_said_yes_already_is_asked_nothing(talk, world):
    ada = talk.contact(emails=(EMAIL.value,))
    granted = {"channel": Channel.EMAIL, "topic": "news", "level": Level.EXPRESS_WRITTEN}
    talk.grant(ada, Purpose.MARKETING, **granted)
    before = world.snapshot()
    assert fill_in(world)
    after = world.snapshot()
    assert {name for name in after if after[name] != before[name]} == {"attempts.taken"}


def test_whoever_wants_nothing_is_not_even_asked_but_by_purpose_they_are(talk, world):
    for purposes, verdict in ((None, "block"), (frozenset({Purpose.MARKETING}), "send")):
        world.suppressions.lift(TENANT, EMAIL, Reason.OPTED_OUT)
        no = Suppression(Reason.OPTED_OUT, world.clock.now(), "unsubscribe link", purposes)
        world.suppressions.suppress(TENANT, EMAIL, no)
        fill_in(world)
        decision = ask(asked(world)[-1], world.clock.now(), world.gate)
        assert decision.verdict == verdict


def test_a_yes_takes_back_the_no_to_what_it_is_for_and_to_nothing_else(talk, world):
    no = Suppression(Reason.OPTED_OUT, world.clock.now(), "unsubscribe link", BUT_ALERTS)
    world.suppressions.suppress(TENANT, EMAIL, no)
    fill_in(world)
    answer(world, link(world))
    [left] = world.suppressions.of(TENANT, EMAIL)
    assert left.purposes == BUT_ALERTS - {Purpose.MARKETING}


class TestLinks:
    def test_the_same_again_changes_nothing_and_says_so(self, talk, world):
        fill_in(world)
        to = link(world)
        answer(world, to)
        before = world.snapshot()
        assert answer(world, to)
        found = question(to, world.pages, world.programmes)
        assert found is not None
        assert found.confirmed
        assert world.snapshot() == before

    def test_a_no_since_then_stands(self, talk, world):
        fill_in(world)
        to = link(world)
        answer(world, to)
        contact = Contact(NEW, TENANT)
        for topic in ("news", None):
            no = {"channel": Channel.EMAIL, "topic": topic, "status": ConsentStatus.REVOKED}
            talk.grant(contact, Purpose.MARKETING, **no)
        before = world.snapshot()
        assert not answer(world, to)
        assert world.snapshot() == before

    def test_it_works_for_three_days(self, talk, world):
        fill_in(world)
        world.clock.advance(timedelta(days=3))
        assert not answer(world, link(world))
        assert consents(talk) == {("email", "pending")}

    def test_it_answers_its_own_question_alone(self, talk, world):
        fill_in(world)
        old = link(world)
        world.clock.advance(timedelta(hours=1))
        fill_in(world)
        assert not answer(world, old)
        assert answer(world, link(world))

    @pytest.mark.parametrize(
        "change",
        [
            {"tenant": "other"},
            {"contact_key": contact_key(SECRET, TENANT, "somebody")},
            {"address_key": address_key(SECRET, TENANT, "bob@example.com")},
            {"topic": "outbound:sign-up:other"},
            {"topic": None},
            {"asked_at": None},
            {"channel": Channel.SMS},
        ],
    )
    def test_another_one_is_none(self, talk, world, change):
        fill_in(world)
        before = world.snapshot()
        assert not answer(world, replace(link(world), **change))
        assert world.snapshot() == before

    def test_it_ends_with_its_programme(self, talk, world):
        fill_in(world)
        world.programmes.delete(TENANT, SPRING.id)
        assert not answer(world, link(world))


def test_somebody_who_was_erased_long_ago_goes_on_in_the_same_ledger(talk, world):
    fill_in(world)
    contact = world.contacts.contacts.pop((TENANT, NEW))
    assert contact.chain.number == 1
    world.clock.advance(timedelta(hours=1))
    fill_in(world)
    assert [each.entry.number for each in talk.entries(contact)] == [1, 2]


def test_the_message_is_written_once_and_never_resent(talk, world):
    fill_in(world)
    [message] = asked(world)
    assert message.on_unconfirmed == "never"
    assert MessageRef(TENANT, message.id) in world.messages.kept
