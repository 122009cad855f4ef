"""START, YES, JOIN and HELP: nobody gets more than they have said yes to."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from outbound.domain.address import Address
from outbound.domain.consent import ConsentStatus, Level, revoked
from outbound.domain.contact import Contact, Phone
from outbound.domain.ids import address_key, contact_id_of
from outbound.domain.organisation import Organisation
from outbound.domain.suppression import ANY_TENANT, Reason
from outbound.domain.words import SUBSCRIBED, Channel, Purpose
from outbound.flow.auditing import chain_of
from outbound.flow.inbound import hear
from tests.builders import PHONE, TENANT, make_suppression
from tests.memory.world import SECRET
from tests.unit.flow.conversation import BY_AWS, OFFERS, SECOND, SHARED, TOLL_FREE, Conversation

SMS, MARKETING, INFORMATIONAL = Channel.SMS, Purpose.MARKETING, Purpose.INFORMATIONAL
ABOUT_OFFERS = (SMS, MARKETING, "offers")
KEY = address_key(SECRET, TENANT, PHONE.value)
NEW = Contact(contact_id_of(SECRET, TENANT, PHONE.value), TENANT)


@pytest.fixture
def talk(world):
    world.programmes.put(OFFERS)
    return Conversation(world)


@pytest.mark.parametrize("word", ["START", "unstop!", "YES"])
def test_a_start_lifts_the_opt_out_and_is_told(talk, word):
    talk.say("STOP")
    talk.say(word)
    assert talk.suppressed() is None
    assert talk.told[-1].startswith("Example: You are opted in again.")
    assert talk.answers[-1].topic == "outbound:opt-in"


@pytest.mark.parametrize(("number", "body"), [(TOLL_FREE, "START"), (BY_AWS, "UNSTOP")])
def test_a_start_that_carrier_or_aws_answer_we_leave_to_them(talk, number, body):
    talk.say("STOP", number)
    talk.say(body, number)
    assert talk.suppressed() is None
    assert talk.told == []


def test_a_start_gives_no_consent_to_marketing_that_was_given_elsewhere(talk):
    ada = talk.contact()
    talk.grant(ada, MARKETING)
    talk.say("STOP")
    talk.say("START")
    assert talk.suppressed() is None
    assert not any(status == "granted" for *_, status in talk.consents(ada))
    assert talk.entries(ada)[-1].entry.kind == "opt_out.lifted"


def test_a_start_gives_back_a_programme_and_what_is_no_marketing(talk):
    ada = talk.contact()
    talk.grant(ada, INFORMATIONAL)
    given = {"topic": "offers", "level": Level.EXPRESS_WRITTEN, "source": OFFERS.source}
    talk.grant(ada, MARKETING, **given)
    talk.grant(ada, MARKETING, topic="news")
    talk.say("STOP")
    text = talk.say("START")
    assert talk.consents(ada) == {
        ("sms", "informational", None, "granted"),
        ("sms", "marketing", "offers", "granted"),
    }
    offers = talk.consent(ada, *ABOUT_OFFERS)
    assert (offers.level, offers.source, offers.at) == (
        Level.EXPRESS_WRITTEN,
        "programme:spring",
        text.at,
    )
    kinds = [each.entry.kind for each in talk.entries(ada)][-3:]
    assert sorted(kinds) == ["consent.granted", "consent.granted", "opt_out.lifted"]


def test_what_a_start_gives_back_ends_when_it_would_have_ended(talk, world):
    ada = talk.contact()
    end = world.clock.now() + timedelta(days=90)
    talk.grant(ada, INFORMATIONAL, level=Level.IMPLIED, expires_at=end)
    talk.say("STOP")
    talk.say("START")
    consent = talk.consent(ada, SMS, INFORMATIONAL, None)
    assert (consent.level, consent.expires_at) == (Level.IMPLIED, end)


@pytest.mark.parametrize("step", ["save", "hear", "lift", "insert", "reserve"])
def test_whatever_breaks_a_yes_has_its_effect_once(talk, world, step):
    ada = talk.contact()
    talk.say("STOP")
    talk.say("JOIN offers")
    store = {
        "save": world.contacts,
        "hear": world.last_words,
        "lift": world.suppressions,
        "insert": world.messages,
        "reserve": world.idempotency,
    }[step]
    whole = getattr(store, step)

    def broken(*arguments, **named):
        whole(*arguments, **named)
        setattr(store, step, whole)
        raise ConnectionError

    setattr(store, step, broken)
    world.clock.advance(SECOND)
    text = talk.text("YES")
    with pytest.raises(ConnectionError):
        hear(text, world.inbound)
    hear(text, world.inbound)
    assert talk.suppressed() is None
    assert ("sms", "marketing", "offers", "granted") in talk.consents(ada)
    assert len(world.messages.kept) == 3
    assert sum(each.entry.kind == "consent.granted" for each in talk.entries(ada)) == 1


def test_a_programme_that_was_left_before_the_stop_is_not_given_back(talk):
    ada = talk.contact()
    talk.grant(ada, MARKETING, topic="offers", source=OFFERS.source)
    talk.grant(ada, MARKETING, topic="offers", status=ConsentStatus.REVOKED)
    talk.say("STOP")
    talk.say("START")
    assert not any(status == "granted" for *_, status in talk.consents(ada))


def test_a_start_that_is_older_than_the_stop_changes_nothing(talk, world):
    early = talk.text("START")
    talk.say("STOP")
    hear(early, world.inbound)
    assert talk.suppressed() is not None
    assert len(talk.told) == 1


def test_a_start_takes_back_no_complaint_and_no_hand_made_suppression(talk, world):
    talk.say("STOP")
    world.suppressions.suppress(TENANT, PHONE, make_suppression(Reason.MANUAL))
    talk.say("START")
    assert [each.reason for each in world.suppressions.of(TENANT, PHONE)] == [Reason.MANUAL]


def test_a_start_to_a_tenants_number_leaves_a_no_to_all(talk):
    ada = talk.contact()
    talk.grant(ada, INFORMATIONAL)
    talk.say("STOP", SHARED)
    talk.say("START")
    assert talk.suppressed(ANY_TENANT) is not None
    assert ("sms", "informational", None, "revoked") in talk.consents(ada)
    talk.say("START", SHARED)
    assert talk.suppressed(ANY_TENANT) is None
    assert ("sms", "informational", None, "granted") in talk.consents(ada)


def test_the_audit_keeps_that_the_no_of_somebody_unknown_was_taken_back(talk, world):
    talk.say("STOP", SHARED)
    talk.say("START", SHARED)
    chain = chain_of(address_key(SECRET, ANY_TENANT, PHONE.value))
    [written] = world.ledger.entries(ANY_TENANT, chain)
    assert (written.entry.kind, written.entry.by) == ("opt_out.lifted", "recipient")


def test_where_a_stop_is_narrow_a_yes_is_no_start(talk, world):
    world.stop_scope = SUBSCRIBED
    talk.say("STOP")
    talk.say("YES")
    assert talk.suppressed() is not None


def test_a_yes_that_nobody_has_asked_for_changes_nothing(talk):
    ada = talk.contact()
    talk.say("YES")
    assert talk.consents(ada) == set()
    assert talk.told == []


def test_a_join_asks_for_a_yes_and_says_what_one_joins(talk):
    ada = talk.contact()
    text = talk.say("join OFFERS")
    offers = talk.consent(ada, *ABOUT_OFFERS)
    assert (offers.status, offers.covers) == (ConsentStatus.PENDING, {KEY})
    assert offers.expires_at == text.at + timedelta(days=3)
    [told] = talk.told
    assert told.startswith("Example: Reply YES to get Spring offers by text. You agree to")
    for words in ("Msg&data rates may apply", "HELP", "STOP"):
        assert words in told
    proof = talk.entries(ada)[-1].proof
    assert (proof["wording"], proof["text"]) == (OFFERS.wording["en"], "join OFFERS")


@pytest.mark.parametrize("word", ["YES", "Sí!", "START"])
def test_a_yes_grants_what_was_asked_for_and_nothing_else(talk, word):
    ada = talk.contact()
    talk.say("JOIN offers")
    text = talk.say(word)
    assert talk.consents(ada) == {("sms", "marketing", "offers", "granted")}
    offers = talk.consent(ada, *ABOUT_OFFERS)
    assert (offers.level, offers.at) == (Level.EXPRESS_WRITTEN, text.at)
    assert (offers.covers, offers.expires_at) == ({KEY}, None)
    assert talk.entries(ada)[-1].proof["inbound_message"] == text.id


def test_who_joins_by_yes_is_told_so(talk):
    talk.say("JOIN offers")
    talk.say("YES")
    assert talk.told[-1].startswith("Example: You now get Spring offers by text.")


def test_a_yes_covers_the_number_that_it_came_from_alone(talk):
    ada = talk.contact(phones=(Phone(PHONE.value), Phone("+14155550124")))
    talk.say("JOIN offers")
    talk.say("YES")
    assert talk.consent(ada, *ABOUT_OFFERS).covers == {KEY}


def test_a_yes_comes_too_late_after_three_days(talk, world):
    ada = talk.contact()
    talk.say("JOIN offers")
    world.clock.advance(timedelta(days=3))
    talk.say("YES")
    assert talk.consents(ada) == {("sms", "marketing", "offers", "pending")}


def test_who_has_stopped_may_join_again_and_the_yes_lifts_the_stop(talk):
    ada = talk.contact()
    talk.say("STOP")
    talk.say("JOIN offers")
    assert talk.suppressed() is not None
    talk.say("YES")
    assert talk.suppressed() is None
    assert revoked(talk.now(ada).consents, *ABOUT_OFFERS) is None
    assert revoked(talk.now(ada).consents, SMS, MARKETING, "news") is not None


def test_a_stop_between_join_and_yes_stands(talk, world):
    ada = talk.contact()
    talk.say("JOIN offers")
    stop, yes = talk.text("STOP"), talk.text("YES")
    world.clock.advance(SECOND)
    hear(stop, world.inbound)
    hear(yes, world.inbound)
    assert ("sms", "marketing", "offers", "granted") not in talk.consents(ada)


def test_at_a_shared_number_a_yes_lifts_no_stop_that_others_were_told_too(talk):
    talk.say("STOP", SHARED)
    talk.say("JOIN offers", SHARED)
    talk.say("YES", SHARED)
    assert talk.consents(NEW) == {("sms", "marketing", "offers", "granted")}
    assert talk.suppressed(ANY_TENANT) is not None


def test_a_join_of_somebody_unknown_makes_a_contact(talk, world):
    talk.say("JOIN offers")
    assert (TENANT, NEW.id) in world.contacts
    assert talk.consents(NEW) == {("sms", "marketing", "offers", "pending")}


def test_where_two_share_a_number_the_yes_is_of_neither(talk):
    both = [talk.contact("con_ada"), talk.contact("con_bob")]
    talk.say("JOIN offers")
    talk.say("YES")
    assert [talk.consents(contact) for contact in both] == [set(), set()]
    assert talk.consents(NEW) == {("sms", "marketing", "offers", "granted")}


def test_an_erased_contact_that_joins_is_made_again(talk, world):
    talk.contact(NEW.id, phones=(), erased_at=world.clock.now(), version=4)
    talk.say("JOIN offers")
    assert talk.now(NEW).phones[0].value == PHONE.value
    assert talk.consents(NEW) == {("sms", "marketing", "offers", "pending")}


def test_who_has_joined_already_is_told_so_and_keeps_it(talk):
    ada = talk.contact()
    for body in ("JOIN offers", "YES", "JOIN offers"):
        talk.say(body)
    assert talk.consents(ada) == {("sms", "marketing", "offers", "granted")}
    assert talk.told[-1].startswith("Example: You now get Spring offers")


def test_a_programme_asks_in_its_own_name_and_in_a_language_that_it_has(talk, world):
    world.programmes.put(replace(OFFERS, brand="Acme Gardens"))
    talk.contact(locale="de-AT")
    talk.say("JOIN offers")
    talk.contact("con_fr", locale="fr", phones=(Phone("+14155550124"),))
    talk.say("JOIN offers", sender=Address("phone", "+14155550124"))
    german, english = talk.told
    assert german.startswith("Acme Gardens: Antworten Sie YES")
    assert OFFERS.wording["de"] in german
    assert english.startswith("Acme Gardens: Reply YES")


def test_a_tenant_is_called_what_it_says(talk, world):
    world.organisations.put(TENANT, Organisation(name="Acme of Portland"))
    talk.contact()
    talk.say("JOIN offers")
    assert talk.told[0].startswith("Acme of Portland: Reply YES")


def test_a_keyword_that_nobody_or_several_have_does_nothing(talk, world):
    talk.say("JOIN nothing")
    world.programmes.put(replace(OFFERS, tenant="other"))
    talk.say("JOIN offers", SHARED)
    assert talk.told == []
    assert world.signals.counts["UnknownKeyword"] == 2


@pytest.mark.parametrize("word", ["HELP", "info?"])
def test_help_says_who_we_are_and_how_to_reach_us(talk, word):
    talk.say(word)
    assert talk.told == [
        "Example: For help contact hello@example.com. Msg&data rates may apply. "
        "Reply STOP to opt out."
    ]
    assert talk.answers[0].topic == "outbound:help"


def test_help_is_answered_once_in_an_hour(talk, world):
    for _ in range(3):
        talk.say("HELP")
    assert len(talk.told) == 1
    world.clock.advance(timedelta(hours=1))
    talk.say("HELP")
    assert len(talk.told) == 2


def test_help_to_a_number_that_aws_manages_is_answered_by_aws(talk):
    talk.say("HELP", BY_AWS)
    assert talk.told == []


def test_words_that_nobody_knows_are_counted_and_not_answered(talk, world):
    before = world.snapshot()
    talk.say("See you at 5")
    after = world.snapshot()
    assert world.signals.counts["UnknownWords"] == 1
    del before["idempotency.claims"], after["idempotency.claims"]
    assert after == before
