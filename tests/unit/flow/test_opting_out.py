"""STOP: at once, everywhere, told once; whatever comes late, twice or out of order."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outbound.domain.contact import Phone
from outbound.domain.message import Status
from outbound.domain.suppression import ANY_TENANT, BUT_ALERTS, Reason, covers
from outbound.domain.words import SUBSCRIBED, Purpose
from outbound.flow.inbound import hear
from tests.builders import PHONE, TENANT
from tests.memory import World
from tests.unit.flow.conversation import (
    ALERTS,
    BY_AWS,
    OWN,
    SECOND,
    SHARED,
    TOLL_FREE,
    Conversation,
)

MARKETING, INFORMATIONAL = Purpose.MARKETING, Purpose.INFORMATIONAL


@pytest.fixture
def talk(world):
    return Conversation(world)


def silenced(suppression, world):
    now = world.clock.now()
    return {purpose for purpose in Purpose if covers(suppression, purpose, now)}


def test_a_stop_silences_all_but_alerts_for_the_tenant_whose_number_it_is(talk, world):
    text = talk.say("Stop.")
    suppression = talk.suppressed()
    assert silenced(suppression, world) == BUT_ALERTS
    assert (suppression.reason, suppression.at) == (Reason.OPTED_OUT, text.at)
    assert suppression.source == "sms:stop"
    assert talk.suppressed("other") is talk.suppressed(ANY_TENANT) is None


def test_a_narrower_scope_silences_what_one_subscribes_to(talk, world):
    world.stop_scope = SUBSCRIBED
    talk.say("STOP")
    assert silenced(talk.suppressed(), world) == SUBSCRIBED


def test_only_a_stop_that_answers_an_alert_silences_alerts(talk, world):
    talk.say("STOP", OWN)
    assert Purpose.EMERGENCY not in silenced(talk.suppressed(), world)
    talk.say("STOP", ALERTS)
    assert silenced(talk.suppressed(), world) == set(Purpose)


@pytest.mark.parametrize("number", [SHARED, "+12065550199", "12345"])
def test_a_stop_to_a_shared_or_unknown_number_is_meant_for_all(talk, world, number):
    talk.say("STOP", number)
    assert silenced(talk.suppressed(ANY_TENANT), world) == BUT_ALERTS


def test_an_unknown_number_is_counted(talk, world):
    talk.say("STOP", "+12065550199")
    assert world.signals.counts["UnknownNumber"] == 1


def test_it_is_told_once_in_the_name_of_the_tenant(talk):
    talk.say("STOP")
    [told] = talk.told
    assert told.startswith("Example: You are opted out")
    [message] = talk.answers
    assert (message.topic, message.purpose) == ("outbound:opt-out", Purpose.TRANSACTIONAL)
    assert (message.address, message.status) == (PHONE, Status.ACCEPTED)
    assert message.expires_at - message.created_at == timedelta(minutes=5)
    assert message.origination == OWN


def test_a_number_that_nobody_has_set_is_not_answered_from(talk):
    talk.say("please stop", "+12065550199")
    assert talk.answers[0].origination is None


@pytest.mark.parametrize(
    ("body", "number", "answers"),
    [
        ("STOP", TOLL_FREE, 0),
        ("quit", TOLL_FREE, 1),
        ("STOP", BY_AWS, 0),
        ("please stop", BY_AWS, 1),
    ],
)
def test_what_carrier_or_aws_answer_we_leave_to_them(talk, body, number, answers):
    talk.say(body, number)
    assert talk.suppressed() is not None
    assert len(talk.told) == answers


@pytest.mark.parametrize(
    ("locale", "body", "beginning"),
    [
        ("es-MX", "STOP", "Example: Se ha dado de baja"),
        ("fr-CA", "STOP", "Example : vous"),
        ("de", "STOP", "Example: Sie sind abgemeldet"),
        ("pt-BR", "STOP", "Example: You are"),
        (None, "baja", "Example: Se ha"),
        (None, "ARRÊT", "Example : vous"),
        (None, "Stopp", "Example: Sie"),
    ],
)
def test_it_is_told_in_the_persons_language(talk, locale, body, beginning):
    talk.contact(locale=locale)
    talk.say(body)
    assert talk.told[0].startswith(beginning)


def test_all_consents_by_phone_end_with_an_entry_each(talk):
    ada = talk.contact()
    talk.grant(ada, MARKETING, topic="offers")
    talk.grant(ada, INFORMATIONAL)
    text = talk.say("please stop texting me")
    assert talk.consents(ada) == {
        ("sms", "marketing", None, "revoked"),
        ("sms", "informational", None, "revoked"),
        ("voice", "marketing", None, "revoked"),
    }
    last = talk.entries(ada)[-1]
    assert (last.entry.kind, last.entry.by) == ("consent.revoked", "recipient")
    assert (last.entry.at, last.entry.facts["source"]) == (text.at, "sms:stop")
    assert last.proof["inbound_message"] == text.id
    assert last.proof["text"] == "please stop texting me"


def test_every_contact_with_the_number_is_meant_and_no_other(talk):
    both = [talk.contact("con_ada"), talk.contact("con_bob")]
    other = talk.contact("con_eve", phones=(Phone("+14155550199"),))
    elsewhere = talk.contact("con_zoe", tenant="other")
    talk.say("STOP")
    for contact in both:
        assert ("sms", "marketing", None, "revoked") in talk.consents(contact)
    assert talk.consents(other) == talk.consents(elsewhere) == set()


def test_a_shared_number_revokes_for_every_tenant(talk):
    contacts = [talk.contact(), talk.contact("con_zoe", tenant="other")]
    for contact in contacts:
        talk.grant(contact, MARKETING)
    talk.say("STOP", SHARED)
    for contact in contacts:
        assert ("sms", "marketing", None, "revoked") in talk.consents(contact)
        assert ("sms", "marketing", None, "granted") not in talk.consents(contact)
    assert len(talk.told) == 1


def test_a_stop_that_comes_twice_has_its_effect_once(talk, world):
    ada = talk.contact()
    text = talk.say("STOP")
    before, entries = world.snapshot(), len(talk.entries(ada))
    world.clock.advance(SECOND)
    hear(text, world.inbound)
    assert world.snapshot() == before
    assert len(talk.entries(ada)) == entries


def test_who_repeats_a_stop_is_told_once(talk):
    for _ in range(3):
        talk.say("STOP")
    assert len(talk.told) == 1


def test_who_comes_back_and_stops_again_is_told_again(talk):
    for body in ("STOP", "START", "STOP"):
        talk.say(body)
    assert [told.split()[3:5] for told in talk.told] == [
        ["opted", "out"],
        ["opted", "in"],
        ["opted", "out"],
    ]


def test_a_stop_that_comes_too_late_counts_and_is_not_told(talk, world):
    text = talk.text("STOP")
    world.clock.advance(timedelta(minutes=5))
    hear(text, world.inbound)
    assert talk.suppressed() is not None
    assert talk.told == []


def test_a_stop_does_not_undo_a_later_yes(talk, world):
    late = talk.text("STOP")
    ada = talk.contact()
    talk.grant(ada, MARKETING)
    talk.say("START")
    hear(late, world.inbound)
    assert talk.suppressed() is None
    assert talk.consents(ada) == {("sms", "marketing", None, "granted")}


def test_the_same_id_with_another_text_changes_nothing_and_is_counted(talk, world):
    text = talk.say("START")
    hear(talk.text("STOP", id=text.id, at=text.at), world.inbound)
    assert talk.suppressed() is None
    assert world.signals.counts["StrangeInbound"] == 1


def test_a_suppression_that_was_lifted_by_hand_stays_so_when_the_text_comes_again(talk, world):
    text = talk.say("STOP")
    world.suppressions.lift(TENANT, PHONE, Reason.OPTED_OUT)
    hear(text, world.inbound)
    assert talk.suppressed() is None


class Broken(Exception):
    pass


@pytest.mark.parametrize("step", ["suppress", "hear", "insert", "send", "save", "reserve"])
def test_whatever_breaks_between_two_steps_the_text_ends_the_same(step):
    """The text is brought again, and each step finds what it has done."""
    talk = Conversation(World())
    world = talk.world
    ada = talk.contact()
    talk.grant(ada, MARKETING)
    store = {
        "suppress": world.suppressions,
        "hear": world.last_words,
        "insert": world.messages,
        "send": world.queue,
        "save": world.contacts,
        "reserve": world.idempotency,
    }[step]
    whole = getattr(store, step)

    def broken(*arguments, **named):
        result = whole(*arguments, **named)
        setattr(store, step, whole)
        raise Broken(result)

    setattr(store, step, broken)
    text = talk.text("STOP")
    with pytest.raises(Broken):
        hear(text, world.inbound)
    hear(text, world.inbound)
    assert talk.suppressed() is not None
    assert ("sms", "marketing", None, "revoked") in talk.consents(ada)
    assert sum(each.entry.kind == "consent.revoked" for each in talk.entries(ada)) == 2
    assert len(world.messages.kept) == 1


TEXTS = st.lists(
    st.tuples(
        st.sampled_from(["STOP", "please stop", "START", "UNSTOP"]),
        st.integers(0, 5),
        st.sampled_from([OWN, SHARED]),
    ),
    min_size=1,
    max_size=6,
    unique_by=lambda text: text[1],
)


@given(TEXTS.flatmap(lambda texts: st.tuples(st.just(texts), st.permutations(texts))))
def test_in_any_order_and_any_number_texts_end_in_the_same_state(orders):
    assert state_after(orders[0]) == state_after(orders[1]) == state_after([*orders[1], *orders[0]])


def state_after(texts):
    talk = Conversation(World())
    ada = talk.contact()
    start = talk.world.clock.now()
    talk.world.clock.advance(timedelta(seconds=10))
    for body, second, number in texts:
        text = talk.text(body, number, id=f"in-{second}", at=start + second * SECOND)
        hear(text, talk.world.inbound)
    stands = {party: talk.suppressed(party) is not None for party in (TENANT, ANY_TENANT)}
    newest = max(texts, key=lambda text: text[1])
    if newest[0] in ("STOP", "please stop"):
        party = TENANT if newest[2] == OWN else ANY_TENANT
        assert stands[party]
        assert ("sms", "marketing", None, "revoked") in talk.consents(ada)
    return stands
