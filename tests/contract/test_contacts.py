"""Contacts: made, changed and looked up, and what they were sent lately."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta

import pytest

from outbound.domain.address import Address
from outbound.domain.check import Check, CheckAnswer, CheckKind
from outbound.domain.consent import Consent, ConsentStatus, Level
from outbound.domain.contact import ChainHead, Correction
from outbound.domain.ids import contact_key
from outbound.domain.ledger import Happening, Written, chained
from outbound.domain.rules.facts import Slot
from outbound.domain.shards import SHARDS, shard_of
from outbound.domain.suppression import ANY_TENANT, Reason
from outbound.domain.tenure import Tenure
from outbound.domain.words import Channel, Purpose
from outbound.ports import AddressShared, ContactChange, ContactPage, Known, Slots
from tests.builders import EMAIL, PHONE, TENANT, make_contact, make_suppression
from tests.memory.clock import START
from tests.memory.world import SECRET

OTHER = Address("phone", "+14155550124")
FULL = make_contact(
    "con_ada",
    EMAIL,
    PHONE,
    locale="fr-CA",
    timezone="America/Toronto",
    region="CA-QC",
    attributes={"plan": "pro", "points": 1.5, "nested": {"list": [1, None, True]}},
    preferred=(Channel.SMS, Channel.EMAIL),
    forbidden=frozenset({Channel.VOICE}),
    consents=(
        Consent(
            channel=Channel.SMS,
            purpose=Purpose.MARKETING,
            topic="offers",
            status=ConsentStatus.GRANTED,
            level=Level.EXPRESS_WRITTEN,
            source="web form",
            at=START,
            expires_at=START + timedelta(days=700),
            covers=frozenset({"key-1", "key-2"}),
        ),
        Consent(
            channel=Channel.EMAIL,
            purpose=Purpose.MARKETING,
            topic=None,
            status=ConsentStatus.REVOKED,
            level=Level.NONE,
            source="api",
            at=START,
        ),
    ),
    corrections=(Correction(Address("email", "ada@new.example"), START),),
    tenures=(
        Tenure("k1", "k2", since=START),
        Tenure("k3", "k4", until=START),
    ),
    paused_until=START + timedelta(days=30),
)
CHECKED = replace(
    FULL,
    phones=tuple(
        replace(
            phone,
            checks=(
                Check(CheckKind.DO_NOT_CALL, CheckAnswer.NO, START, "registry"),
                Check(CheckKind.REASSIGNED, CheckAnswer.YES, START, "rnd", date(2026, 1, 31)),
            ),
        )
        for phone in FULL.phones
    ),
)


def read(contacts, contact_id="con_ada", tenant=TENANT):
    return contacts.look_up(tenant, contact_ids=[contact_id]).contacts.get(contact_id)


def written(contact, kind="consent.granted"):
    """The contact with one more entry, and the entry."""
    chain = contact_key(SECRET, contact.tenant, contact.id)
    happening = Happening(kind, START, "key_1", {"topic": "*"}, {"wording": "Yes, please."})
    [entry], head = chained(
        [happening],
        contact.chain,
        tenant=TENANT,
        chain=chain,
        secret=SECRET,
        salts=["salt"],
        now=START,
    )
    return replace(contact, chain=head), [Written(entry, happening.proof)]


class TestMaking:
    def test_a_contact_is_found_by_its_address_and_its_id(self, contacts):
        contacts.create_many([FULL])
        known = contacts.look_up(TENANT, addresses=[PHONE, OTHER])
        assert known == Known(having={PHONE: ("con_ada",)}, contacts={"con_ada": FULL})
        assert read(contacts) == FULL

    def test_look_ups_of_a_number_are_kept_with_it(self, contacts):
        contacts.create_many([CHECKED])
        assert read(contacts) == CHECKED

    def test_who_is_not_there_is_absent(self, contacts):
        assert contacts.look_up(TENANT, addresses=[PHONE], contact_ids=["con_ada"]) == Known()

    def test_making_it_again_changes_nothing(self, contacts):
        contacts.create_many([FULL])
        contacts.create_many([make_contact(), make_contact("con_bob", OTHER)])
        assert read(contacts) == FULL
        assert contacts.look_up(TENANT, addresses=[OTHER]).having == {OTHER: ("con_bob",)}

    def test_made_by_many_at_once_it_is_made_once(self, contacts):
        with ThreadPoolExecutor(8) as pool:
            making = [pool.submit(contacts.create_many, [make_contact()]) for _ in range(16)]
        assert [made.exception() for made in making] == [None] * 16
        assert contacts.look_up(TENANT, addresses=[PHONE]).having == {PHONE: ("con_ada",)}

    def test_all_who_have_an_address_are_found(self, contacts):
        made = [make_contact(each) for each in ("con_b", "con_a", "con_c")]
        contacts.create_many(made)
        known = contacts.look_up(TENANT, addresses=[PHONE])
        assert known.having == {PHONE: ("con_a", "con_b", "con_c")}
        assert known.contacts == {each.id: each for each in made}

    def test_many_are_looked_up_at_once(self, contacts, suppressions):
        phones = [Address("phone", f"+1425555{number:04}") for number in range(130)]
        made = [make_contact(f"con_{phone.value}", phone) for phone in phones[:120]]
        contacts.create_many(made)
        suppressions.suppress(TENANT, phones[125], make_suppression())
        known = contacts.look_up(TENANT, addresses=phones)
        assert known.contacts == {each.id: each for each in made}
        assert known.suppressed == {phones[125]: (make_suppression(),)}

    def test_tenants_see_nothing_of_each_other(self, contacts, suppressions):
        contacts.create_many([make_contact()])
        suppressions.suppress(TENANT, PHONE, make_suppression())
        for other in ("acm", "acme2", "other"):
            known = contacts.look_up(other, addresses=[PHONE], contact_ids=["con_ada"])
            assert known == Known()

    def test_what_stands_for_all_tenants_stands_for_each(self, contacts, suppressions):
        ours, theirs = make_suppression(Reason.BOUNCED), make_suppression(Reason.OPTED_OUT)
        suppressions.suppress(TENANT, PHONE, ours)
        suppressions.suppress(ANY_TENANT, PHONE, theirs)
        for tenant, found in ((TENANT, (ours, theirs)), ("other", (theirs,))):
            assert contacts.look_up(tenant, addresses=[PHONE]).suppressed == {PHONE: found}


class TestPages:
    def test_all_shards_together_hold_each_contact_once(self, contacts):
        made = [make_contact(f"con_{number:03}") for number in range(60)]
        contacts.create_many([replace(each, phones=()) for each in made])
        contacts.create_many([replace(each, tenant="other", phones=()) for each in made[:9]])
        found = []
        for shard in range(SHARDS):
            after, ends = None, False
            while not ends:
                page = contacts.page(TENANT, shard, limit=2, after=after)
                found += [each.id for each in page.contacts]
                assert all(shard_of(each.id) == shard for each in page.contacts)
                after, ends = page.after, page.after is None
        assert sorted(found) == [each.id for each in made]

    def test_who_is_erased_is_left_out(self, contacts):
        contacts.create_many([make_contact()])
        empty = replace(
            make_contact(), phones=(), created_at=None, updated_at=None, erased_at=START, version=2
        )
        assert contacts.save(empty, make_contact(), [])
        assert contacts.page(TENANT, shard_of("con_ada"), limit=9, after=None) == ContactPage(
            (), None
        )


class TestSaving:
    def test_a_change_moves_its_addresses_and_continues_its_chain(self, contacts, ledger):
        contacts.create_many([FULL])
        changed, entries = written(replace(make_contact("con_ada", OTHER), version=2))
        assert contacts.save(changed, FULL, entries)
        assert read(contacts) == changed
        having = contacts.look_up(TENANT, addresses=[PHONE, EMAIL, OTHER]).having
        assert having == {OTHER: ("con_ada",)}
        assert list(ledger.entries(TENANT, entries[0].entry.chain)) == entries

    def test_a_new_contact_can_be_saved_once(self, contacts, ledger):
        contact, entries = written(make_contact())
        assert contacts.save(contact, None, entries)
        assert not contacts.save(contact, None, entries)
        assert len(ledger.entries(TENANT, entries[0].entry.chain)) == 1

    def test_of_many_who_change_it_at_once_one_does(self, contacts):
        contacts.create_many([make_contact()])
        changes = [make_contact(locale=f"{each:02}", version=2) for each in range(12)]
        with ThreadPoolExecutor(8) as pool:
            saved = list(pool.map(lambda each: contacts.save(each, make_contact(), []), changes))
        assert sum(saved) == 1
        assert read(contacts) == changes[saved.index(True)]

    def test_nothing_is_written_where_the_chain_has_gone_on(self, contacts, ledger):
        contacts.create_many([make_contact()])
        first, entries = written(make_contact(version=2))
        assert ledger.append(TENANT, entries[0].entry.chain, entries)
        assert not contacts.save(first, make_contact(), entries)
        assert read(contacts) == make_contact()

    def test_an_address_has_at_most_twenty_contacts(self, contacts):
        for number in range(20):
            assert contacts.save(make_contact(f"con_{number:02}"), None, [])
        with pytest.raises(AddressShared):
            contacts.save(make_contact("con_20"), None, [])
        before = contacts.look_up(TENANT, contact_ids=["con_19"]).contacts["con_19"]
        assert contacts.save(replace(before, phones=(), version=2), before, [])
        assert contacts.save(make_contact("con_20"), None, [])

    def test_many_are_written_at_once_and_each_for_itself(self, contacts, ledger):
        made = [
            make_contact(f"con_{each}", Address("phone", f"+1425555{each:04}"))
            for each in range(30)
        ]
        contacts.create_many(made)
        changed = [written(replace(each, locale="fr", version=2)) for each in made]
        assert contacts.save(changed[7][0], made[7], [])
        changes = [
            ContactChange(contact, before, entries)
            for (contact, entries), before in zip(changed, made, strict=True)
        ]
        assert contacts.save_many(changes) == [number != 7 for number in range(30)]
        assert read(contacts, "con_29") == changed[29][0]
        for number in (6, 7, 8):
            chain = contact_key(SECRET, TENANT, f"con_{number}")
            assert len(ledger.entries(TENANT, chain)) == (number != 7)

    def test_of_many_at_once_one_too_many_on_an_address_is_left_out(self, contacts):
        changes = [ContactChange(make_contact(f"con_{each:02}"), None, []) for each in range(21)]
        assert contacts.save_many(changes) == [True] * 20 + [False]

    def test_what_is_left_of_an_erased_one_is_forgotten_unless_it_was_made_again(self, contacts):
        contacts.create_many([make_contact()])
        empty = replace(
            make_contact(), phones=(), created_at=None, updated_at=None, erased_at=START, version=2
        )
        assert contacts.save(replace(empty, chain=ChainHead(3, "d")), make_contact(), [])
        assert read(contacts).erased
        again = make_contact(version=3)
        assert contacts.save(again, empty, [])
        contacts.forget(empty)
        assert read(contacts) == again
        contacts.forget(again)
        assert read(contacts) is None


class TestSlots:
    def slot(self, number, at=START, topic="offers"):
        return Slot(f"msg_{number}", at, Channel.SMS, Purpose.MARKETING, topic)

    def seen(self, contacts, tenant=TENANT):
        return contacts.look_up(tenant, contact_ids=["ada"], slots=True).slots["ada"]

    def test_a_slot_is_taken_and_given_back(self, contacts):
        assert self.seen(contacts) == Slots()
        one, two = self.slot(1), self.slot(2, topic=None)
        for slot in (one, two):
            assert contacts.take_slot(TENANT, "ada", slot, self.seen(contacts))
        assert self.seen(contacts).taken == (one, two)
        contacts.give_back(TENANT, "ada", one.message_id)
        contacts.give_back(TENANT, "ada", "msg_unknown")
        assert self.seen(contacts).taken == (two,)
        assert self.seen(contacts, "other") == Slots()

    def test_of_fifty_who_take_the_last_one_gets_it(self, contacts):
        seen = self.seen(contacts)
        with ThreadPoolExecutor(16) as pool:
            taken = list(
                pool.map(
                    lambda number: contacts.take_slot(TENANT, "ada", self.slot(number), seen),
                    range(50),
                )
            )
        assert sum(taken) == 1
        assert len(self.seen(contacts).taken) == 1

    def test_slots_that_no_cap_looks_at_are_forgotten(self, contacts):
        late = START + timedelta(days=40)
        for slot in (self.slot(1), self.slot(2, late)):
            assert contacts.take_slot(TENANT, "ada", slot, self.seen(contacts))
        assert self.seen(contacts).taken == (self.slot(2, late),)
