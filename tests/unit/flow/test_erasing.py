"""Erasure: nothing more leaves, nothing personal is left, and what was refused stays refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from outbound.domain import tester
from outbound.domain.address import Address
from outbound.domain.campaign import Approval, Audience, digest_of
from outbound.domain.contact import Correction
from outbound.domain.erasure import SETTLING, ErasureState
from outbound.domain.errors import Refusal
from outbound.domain.ids import MessageRef, address_key, contact_key
from outbound.domain.message import CampaignRef, Status
from outbound.domain.mirror import Change, Erased
from outbound.domain.outcome import Kind, Outcome
from outbound.domain.phone_details import phone_details
from outbound.domain.suppression import ANY_TENANT, Reason
from outbound.domain.task import Task, Work
from outbound.domain.verification import verify
from outbound.domain.wanted import Profile, Wanted
from outbound.domain.words import Channel, Purpose
from outbound.flow import erasing
from outbound.flow.auditing import chain_of
from outbound.flow.deliver import deliver
from outbound.flow.exporting import export
from outbound.flow.intake import accept
from outbound.flow.manage import contacts, suppressions
from outbound.flow.manage.contacts import ANYHOW
from outbound.flow.recipient import To
from outbound.ports import Acknowledgement
from tests.builders import (
    EMAIL,
    PHONE,
    TENANT,
    make_campaign,
    make_contact,
    make_key,
    make_media,
    make_request,
    make_segment,
    make_suppression,
)
from tests.memory.world import SECRET, World
from tests.unit.flow.statements import granted

KEY = contact_key(SECRET, TENANT, "con_ada")
OTHER = Address("phone", "+14155550188")
MARKED = ("+14155550123", "ada@example.com", "Ada's own", "con_ada")


@pytest.fixture
def world() -> World:
    world = World()
    world.contacts.add(make_contact("con_ada", EMAIL, PHONE, attributes={"name": "Ada's own"}))
    return world


def send(world, **changes):
    request = make_request(to=To(contact_id="con_ada"), **changes)
    message = accept(request, make_key(), world.intake).message
    return MessageRef(TENANT, message.id)


def finish(world, erasure):
    for _ in range(5):
        erasure = erasing.work(TENANT, erasure.id, world.erasure_ports)
        if erasure.state is ErasureState.FINISHED:
            return erasure
        world.clock.advance(SETTLING)
    raise AssertionError("it is never finished")


def test_from_the_first_answer_on_nothing_is_sent(world):
    ref = send(world)
    erasing.request("con_ada", make_key(), world.erasure_ports)
    deliver(ref, world.deliver)
    assert world.carrier.calls == 0
    entry = world.messages.kept[ref].timeline[-1]
    assert (entry.status, entry.reason, entry.rule) == (Status.BLOCKED, "erased", "contact.erased")


def test_afterwards_nothing_personal_is_left_anywhere(world):
    sent, waiting = send(world), send(world, send_at=world.clock.now() + timedelta(hours=5))
    deliver(sent, world.deliver)
    statement = granted(world.clock.now(), proof={"wording": "Ada's own words"})
    contacts.save("con_ada", lambda _: Wanted(None, [statement]), ANYHOW, make_key(), world.people)
    world.media.insert(make_media(contact_key=KEY, name="Ada's own.png"))
    erasure = finish(world, erasing.request("con_ada", make_key(), world.erasure_ports))

    assert (erasure.cancelled, erasure.redacted, erasure.contact_id) == (1, 2, None)
    assert world.messages.kept[waiting].status is Status.CANCELLED
    assert [entry.status for entry in world.messages.kept[sent].timeline][-1] is Status.SENT
    kept = {name: value for name, value in world.snapshot().items() if "carrier" not in name}
    for marked in MARKED:
        assert marked not in repr(kept)


def test_the_ledger_still_says_what_happened(world):
    statement = granted(world.clock.now(), proof={"wording": "Ada's own words"})
    contacts.save("con_ada", lambda _: Wanted(None, [statement]), ANYHOW, make_key(), world.people)
    finish(world, erasing.request("con_ada", make_key(), world.erasure_ports))
    entries = world.ledger.entries(TENANT, KEY)
    assert [each.entry.kind for each in entries] == ["consent.granted", "contact.erased"]
    assert not any(each.proof for each in entries)
    assert entries[0].entry.digests


def test_a_message_that_is_being_handed_over_is_redacted_when_its_answer_is_there(world):
    ref = send(world)
    claimed = world.messages.claim(ref, now=world.clock.now(), lease=timedelta(minutes=10))
    assert claimed is not None
    erasure = erasing.request("con_ada", make_key(), world.erasure_ports)
    begun = erasing.work(TENANT, erasure.id, world.erasure_ports)
    assert begun is not None
    assert begun.redacted == 0
    assert world.tasks.queued[-1] == (Task(Work.ERASE, erasure.id, TENANT), SETTLING)
    world.clock.advance(timedelta(minutes=11))
    deliver(ref, world.deliver)
    assert finish(world, erasure).redacted == 1
    assert world.messages.kept[ref].redacted


def test_an_intake_that_had_looked_the_contact_up_before_sends_nothing_either(world):
    before = world.contacts.contacts[TENANT, "con_ada"]
    erasure = erasing.request("con_ada", make_key(), world.erasure_ports)
    down = world.contacts.contacts[TENANT, "con_ada"]
    world.contacts.contacts[TENANT, "con_ada"] = before
    ref = send(world)
    world.contacts.contacts[TENANT, "con_ada"] = down
    deliver(ref, world.deliver)
    assert (world.carrier.calls, finish(world, erasure).redacted) == (0, 1)


def test_asking_twice_finds_the_same_erasure(world):
    first = erasing.request("con_ada", make_key(), world.erasure_ports)
    with pytest.raises(Refusal) as refused:
        erasing.request("con_ada", make_key(), world.erasure_ports)
    assert refused.value.code == "unknown_contact_id"
    assert erasing.look(first.id, make_key(), world.erasure_ports) == first
    with pytest.raises(Refusal):
        erasing.look(first.id, make_key(tenant="other"), world.erasure_ports)


@pytest.mark.parametrize("finished", [True, False])
def test_who_is_made_again_has_no_consent_and_is_still_suppressed(world, finished):
    statement = granted(world.clock.now())
    contacts.save("con_ada", lambda _: Wanted(None, [statement]), ANYHOW, make_key(), world.people)
    world.suppressions.suppress(TENANT, PHONE, make_suppression(Reason.OPTED_OUT))
    erasure = erasing.request("con_ada", make_key(), world.erasure_ports)
    if finished:
        finish(world, erasure)
    world.clock.advance(timedelta(seconds=1))
    profile = Profile((), make_contact().phones, None, None, None, {}, (), frozenset())
    again = contacts.save(
        "con_ada",
        lambda _: Wanted(profile, [granted(world.clock.now())]),
        ANYHOW,
        make_key(),
        world.people,
    ).contact
    assert [consent.level for consent in again.consents] == [granted(world.clock.now()).level]
    message = accept(
        make_request(to=To(contact_id="con_ada"), purpose=Purpose.MARKETING),
        make_key(),
        world.intake,
    ).message
    assert (message.status, message.decision.reason) == (Status.BLOCKED, "suppressed_opted_out")
    assert finish(world, erasure).state is ErasureState.FINISHED
    assert world.contacts.contacts[TENANT, "con_ada"].phones == again.phones
    assert not world.messages.kept[MessageRef(TENANT, message.id)].redacted
    numbers = [each.entry.number for each in world.ledger.entries(TENANT, KEY)]
    assert numbers == list(range(1, len(numbers) + 1))


@pytest.mark.parametrize("finished", [True, False])
def test_a_yes_from_before_the_erasure_is_no_longer_one(world, finished):
    said = granted(world.clock.now())
    world.clock.advance(timedelta(seconds=1))
    erasure = erasing.request("con_ada", make_key(), world.erasure_ports)
    if finished:
        finish(world, erasure)
    with pytest.raises(Refusal) as refused:
        contacts.save("con_ada", lambda _: Wanted(None, [said]), ANYHOW, make_key(), world.people)
    assert refused.value.code == "newer_revocation"


def test_who_is_erased_and_made_again_by_a_message_is_known_to_the_ledger(world):
    other = Address("phone", "+14155550199")
    first = accept(make_request(to=To(address=other)), make_key(), world.intake).message
    said = granted(world.clock.now())
    world.clock.advance(timedelta(seconds=1))
    finish(world, erasing.request(first.contact_id, make_key(), world.erasure_ports))
    accept(make_request(to=To(address=other)), make_key(), world.intake)

    def state(*statements):
        want = Wanted(None, statements)
        return contacts.save(first.contact_id, lambda _: want, ANYHOW, make_key(), world.people)

    with pytest.raises(Refusal) as refused:
        state(said)
    assert refused.value.code == "newer_revocation"
    state(granted(world.clock.now()))
    finish(world, erasing.request(first.contact_id, make_key(), world.erasure_ports))
    chain = contact_key(SECRET, TENANT, first.contact_id)
    kinds = [each.entry.kind for each in world.ledger.entries(TENANT, chain)]
    assert kinds == ["contact.erased", "consent.granted", "contact.erased"]


def test_who_is_erased_again_and_again_says_nothing_in_between(world):
    other = Address("phone", "+14155550199")
    for _ in range(3):
        made = accept(make_request(to=To(address=other)), make_key(), world.intake).message
        finish(world, erasing.request(made.contact_id, make_key(), world.erasure_ports))
        world.clock.advance(timedelta(seconds=1))
    chain = contact_key(SECRET, TENANT, made.contact_id)
    written = [each.entry for each in world.ledger.entries(TENANT, chain)]
    assert [each.kind for each in written] == ["contact.erased"] * 3
    assert [each.number for each in written] == [1, 2, 3]


def test_what_is_held_under_an_address_goes_with_it(world):
    now = world.clock.now()
    keys = [address_key(SECRET, TENANT, each) for each in (PHONE.value, "new@example.com")]
    testers = (tester.Tester("ada", PHONE, now), tester.Tester("bob", OTHER, now))
    world.testers.write(TENANT, testers, 0)
    for key in keys:
        world.corrections.put(TENANT, key, "con_ada", until=now + timedelta(days=3))
    contact = world.contacts.contacts[TENANT, "con_ada"]
    waiting = (Correction(Address("email", "new@example.com"), now),)
    world.contacts.contacts[TENANT, "con_ada"] = replace(contact, corrections=waiting)
    wish = suppressions.Wish(PHONE, Reason.MANUAL, "Ada's own word", None, None)
    suppressions.put(wish, make_key(), world.suppression_ports)
    suppressions.lift(PHONE, Reason.MANUAL, "Ada's own", make_key(), world.suppression_ports)

    finish(world, erasing.request("con_ada", make_key(), world.erasure_ports))
    assert [each.id for each in world.testers.all(TENANT).testers] == ["bob"]
    assert world.corrections.waiting == {}
    entries = world.ledger.entries(TENANT, chain_of(keys[0]))
    assert [each.entry.kind for each in entries] == ["suppression.made", "suppression.lifted"]
    assert all(each.entry.digests and not each.proof and each.erased_at for each in entries)


def lifted_by_letter(world, letter):
    wish = suppressions.Wish(PHONE, Reason.MANUAL, "letter", None, None)
    suppressions.put(wish, make_key(), world.suppression_ports)
    suppressions.lift(PHONE, Reason.MANUAL, letter, make_key(), world.suppression_ports)
    world.clock.advance(timedelta(seconds=1))


def done_to_phone(world):
    return world.ledger.entries(TENANT, chain_of(address_key(SECRET, TENANT, PHONE.value)))


def has_phones(world, contact_id, *phones):
    found = tuple(phone_details(each) for each in phones)
    profile = Profile((), found, None, None, None, {}, (), frozenset())
    contacts.save(contact_id, lambda _: Wanted(profile, []), ANYHOW, make_key(), world.people)
    world.clock.advance(timedelta(seconds=1))


def test_an_address_that_it_no_longer_had_keeps_no_proof(world):
    lifted_by_letter(world, "Ada's own")
    has_phones(world, "con_ada", OTHER)
    has_phones(world, "con_bob", PHONE)
    lifted_by_letter(world, "Bob's own")
    told = export("con_ada", None, make_key(), world.export_ports).done_to
    assert [(address, len(entries)) for address, entries in told] == [(PHONE, 2)]

    finish(world, erasing.request("con_ada", make_key(), world.erasure_ports))
    proofs = [each.proof.get("proof") for each in done_to_phone(world)]
    assert proofs == [None, None, None, "Bob's own"]
    assert [bool(each.erased_at) for each in done_to_phone(world)] == [True, True, False, False]
    chain = chain_of(address_key(SECRET, TENANT, PHONE.value))
    assert verify(TENANT, chain, done_to_phone(world), (), SECRET) == []

    finish(world, erasing.request("con_bob", make_key(), world.erasure_ports))
    assert not any(each.proof for each in done_to_phone(world))


def test_what_may_be_of_somebody_else_who_has_the_address_stays_until_they_are_erased(world):
    lifted_by_letter(world, "Ada's own")
    has_phones(world, "con_bob", PHONE)
    lifted_by_letter(world, "theirs")
    finish(world, erasing.request("con_ada", make_key(), world.erasure_ports))
    proofs = [each.proof.get("proof") for each in done_to_phone(world)]
    assert proofs == [None, None, None, "theirs"]
    finish(world, erasing.request("con_bob", make_key(), world.erasure_ports))
    assert not any(each.proof for each in done_to_phone(world))


def test_what_waits_for_lists_of_aws_under_its_addresses_is_hurried(world):
    for party, address in ((TENANT, EMAIL), (ANY_TENANT, PHONE), (TENANT, OTHER)):
        key = address_key(SECRET, party, address.value)
        now = world.clock.now()
        world.changes.put(Change(party, key, address, lifted=False, at=now, due_at=now, tries=3))
    erasure = erasing.request("con_ada", make_key(), world.erasure_ports)
    world.clock.advance(timedelta(seconds=1))
    erasing.work(TENANT, erasure.id, world.erasure_ports)
    erased = {change.address: change.erased for change in world.changes.waiting.values()}
    by = Erased(TENANT, erasure.id, erasure.requested_at)
    assert erased == {EMAIL: by, PHONE: by, OTHER: None}


def test_what_is_said_under_an_address_while_an_erasure_runs_stays(world):
    erasure = erasing.request("con_ada", make_key(), world.erasure_ports)
    world.clock.advance(timedelta(seconds=1))
    now = world.clock.now()
    world.testers.write(TENANT, (tester.Tester("ada", PHONE, now),), 0)
    wish = suppressions.Wish(PHONE, Reason.MANUAL, "letter", None, None)
    suppressions.put(wish, make_key(), world.suppression_ports)
    finish(world, erasure)
    assert world.testers.all(TENANT).testers
    chain = chain_of(address_key(SECRET, TENANT, PHONE.value))
    [entry] = world.ledger.entries(TENANT, chain)
    assert entry.proof == {"address": PHONE.value}


def test_who_has_read_an_alert_is_forgotten_and_still_counted(world):
    alert = CampaignRef("alt_00000000000000000001", "run_00000000000000000001", "")
    ref = send(world)
    kept = world.messages.kept[ref]
    world.messages.kept[ref] = replace(kept, purpose=Purpose.EMERGENCY, campaign=alert)
    read = Acknowledgement(Channel.SMS, world.clock.now(), "US-WA")
    world.alerts.acknowledge(TENANT, alert.id, KEY, read)
    finish(world, erasing.request("con_ada", make_key(), world.erasure_ports))
    assert world.alerts.acknowledgement(TENANT, alert.id, KEY) is None
    assert world.alerts.acknowledgements(TENANT, alert.id) == {("US-WA", "sms"): 1}


def test_lists_no_longer_name_them_and_what_was_approved_stays_so(world):
    world.segments.save(make_segment("pro", None, contact_ids=("con_ada", "con_bob")))
    campaign = make_campaign(
        audience=Audience(contact_ids=("con_ada", "con_bob")),
        exclude=Audience(contact_ids=("con_ada",)),
        needs_approval=True,
    )
    approval = Approval("key_2", world.clock.now(), digest_of(campaign.settings))
    campaign = replace(campaign, approval=approval)
    world.campaigns.insert(campaign)

    finish(world, erasing.request("con_ada", make_key(), world.erasure_ports))
    assert world.segments.get(TENANT, "pro").contact_ids == ("con_bob",)
    now = world.campaigns.get(TENANT, campaign.id)
    assert now.settings.audience.contact_ids == ("con_bob",)
    assert (now.settings.exclude.contact_ids, now.approved) == ((), True)


def test_an_address_that_is_used_again_becomes_a_contact_again(world):
    other = Address("phone", "+14155550199")
    first = accept(make_request(to=To(address=other)), make_key(), world.intake).message
    erasure = erasing.request(first.contact_id, make_key(), world.erasure_ports)
    world.clock.advance(timedelta(seconds=1))
    second = accept(make_request(to=To(address=other)), make_key(), world.intake).message
    assert second.contact_id == first.contact_id
    for message in (first, second):
        deliver(MessageRef(TENANT, message.id), world.deliver)
    assert world.carrier.calls == 1
    finish(world, erasure)
    assert world.messages.kept[MessageRef(TENANT, first.id)].redacted
    assert not world.messages.kept[MessageRef(TENANT, second.id)].redacted


def test_a_receipt_for_an_erased_message_still_counts_and_names_nobody(world):
    ref = send(world)
    world.carrier.answer(Outcome(Kind.SENT, provider_id="p-1"))
    deliver(ref, world.deliver)
    finish(world, erasing.request("con_ada", make_key(), world.erasure_ports))
    assert world.messages.kept[ref].address.value == ""
