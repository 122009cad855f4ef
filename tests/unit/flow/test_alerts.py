"""Alerts: two persons, every way at once, nobody twice, and drills for testers alone."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest

from outbound.domain.address import Address
from outbound.domain.alert import AlertState, AlertStatus, AlertType, Escalation, Identity, Target
from outbound.domain.errors import Refusal
from outbound.domain.ids import contact_key
from outbound.domain.message import Change, Entry, Status, before
from outbound.domain.suppression import Reason, Suppression
from outbound.domain.two_way import NumberType, TwoWayNumber, TwoWayNumbers
from outbound.domain.words import Channel, Lane, Mode, Purpose
from outbound.flow.alerts import making, steering
from outbound.flow.alerts.progress import Meant
from outbound.ports import Acknowledgement
from tests.builders import TENANT, make_contact, make_key, make_segment
from tests.memory.clock import START
from tests.memory.world import SECRET
from tests.unit.flow.alerting import ADA, GRACE, SPANISH, Alerting, info, wanted

EXERCISE = {"status": AlertStatus.EXERCISE}
HOUR = timedelta(hours=1)


@pytest.fixture
def world():
    return Alerting()


def refusal_of(act, *arguments):
    with pytest.raises(Refusal) as refused:
        act(*arguments)
    return refused.value


def test_an_alert_that_is_meant_waits_for_a_second_person(world):
    world.add_people(2, region="US-WA")
    alert = world.make()
    assert alert.state is AlertState.AWAITING_APPROVAL
    world.run(minutes=3)
    assert world.messages_of(alert) == []
    approved = steering.approve(alert, GRACE, world.alert_ports)
    assert approved.approval is not None
    assert (approved.state, approved.approval.person) == (AlertState.SENDING, "grace")
    assert steering.approve(approved, GRACE, world.alert_ports) == approved


@pytest.mark.parametrize(
    ("key", "code"),
    [
        (ADA, "approval_by_another_person"),
        (replace(ADA, id="key_another"), "approval_by_another_person"),
        (make_key(id="key_nobodys"), "person_required"),
        (replace(GRACE, purposes=frozenset({Purpose.MARKETING})), "purpose_not_allowed"),
    ],
)
def test_a_forged_approval_sends_nothing(world, key, code):
    world.add_people(1, region="US-WA")
    alert = world.make()
    assert refusal_of(steering.approve, alert, key, world.alert_ports).code == code
    world.run(minutes=2)
    assert world.alerts.get(TENANT, alert.id) == alert
    assert len(world.messages.kept) == 0


def test_a_key_of_another_mode_or_tenant_finds_no_alert(world):
    alert = world.make()
    for key in (replace(GRACE, mode=Mode.TEST), replace(GRACE, tenant="other")):
        assert refusal_of(making.find, alert.id, key, world.alerts).code == "unknown_alert"


def test_nobody_asks_for_an_alert_that_is_meant(world):
    key = replace(ADA, person=None)
    assert refusal_of(making.create, wanted(), key, world.alert_ports).code == "person_required"


def test_it_goes_out_by_all_channels_at_once_in_the_language_of_each(world):
    world.add_people(3, region="US-WA")
    world.add_people(2, region="US-WA-", locale="es-MX")
    for each in list(world.contacts.contacts.values()):
        if each.locale:
            spaniard = replace(each, region="US-WA", version=each.version + 1)
            world.contacts.save(spaniard, each, ())
    world.add_people(4, region="US-OR")
    alert = world.launch()
    world.work(hand_over=False)
    found = world.messages_of(alert)
    assert Counter(each.channel for each in found) == dict.fromkeys(Channel, 5)
    assert {each.lane for each in found} == {Lane.CRITICAL}
    assert {lane for _, lane, _ in world.queue.queued} == {Lane.CRITICAL}
    world.work()
    texts = Counter(each.bodies["text"].split(".")[0] for each in world.carrier.sent)
    assert texts["The river rises"] >= 3
    assert texts["El río crece"] >= 2
    statuses = world.progress(alert).statuses
    assert sum(statuses.values()) == 15


def test_who_reads_another_language_gets_the_first(world):
    world.add_people(1, region="US-WA", locale="vi")
    alert = world.launch(channels=(Channel.SMS,))
    world.run()
    assert world.carrier.sent[-1].bodies["text"].startswith("The river rises.")
    assert world.messages_of(alert)[0].status is Status.SENT


def test_words_of_an_alert_are_never_a_template(world):
    world.add_people(1, region="US-WA")
    said = "{{ contact.id }} {% raw %} {# } {"
    world.launch(channels=(Channel.SMS,), infos=(info(headline=said, instruction=None),))
    world.run()
    assert world.carrier.sent[-1].bodies["text"].startswith(f"{said}.")


def test_a_country_is_all_its_states(world):
    world.add_people(1, region="US-WA")
    world.add_people(1, region="FR")
    world.contacts.create_many([make_contact("con_nowhere", Address("phone", "+14255559999"))])
    alert = world.launch(target=Target(("US",)), channels=(Channel.SMS,))
    world.run()
    assert [each.contact_id for each in world.messages_of(alert)] == ["con_US-WA_0"]


def test_a_segment_is_meant_as_it_was_when_the_alert_began(world):
    world.add_people(40, region="US-WA")
    world.segments.save(make_segment("near", expression='contact.region == "US-WA"'))
    alert = world.launch(target=Target(segment="near"), channels=(Channel.SMS,))
    world.segments.segments.clear()
    world.run()
    assert len(world.messages_of(alert)) == 40
    assert world.runs.audiences
    world.run(minutes=15)
    assert world.ended(alert).state is AlertState.FINISHED
    assert world.runs.audiences == {}


def test_a_marketing_stop_never_silences_it_and_a_stop_to_its_number_does(world):
    loud, silent = world.add_people(2, region="US-WA")
    usual = frozenset(Purpose) - {Purpose.EMERGENCY}
    for contact, purposes in ((loud, usual), (silent, frozenset(Purpose))):
        (phone,) = (each for each in contact.addresses if each.kind == "phone")
        stop = Suppression(Reason.OPTED_OUT, START, "text", purposes=purposes)
        world.suppressions.suppress(TENANT, phone, stop)
    alert = world.launch(channels=(Channel.SMS,))
    world.run()
    by_contact = {each.contact_id: each.status for each in world.messages_of(alert)}
    assert by_contact == {loud.id: Status.SENT, silent.id: Status.BLOCKED}


def test_it_is_from_a_number_of_its_own(world):
    world.add_people(1, region="US-WA")
    number = TwoWayNumber("+12065550199", None, NumberType.LONG_CODE, True, emergency=True)
    world.numbers = TwoWayNumbers({number.value: number})
    alert = world.launch(channels=(Channel.SMS,))
    world.run()
    assert [each.origination for each in world.messages_of(alert)] == [number.value]


def test_who_cannot_be_reached_on_a_channel_is_accounted_for(world):
    by_phone = make_contact("con_ada", Address("phone", "+14255550100"), region="US-WA")
    world.contacts.create_many([by_phone])
    alert = world.launch()
    world.run(minutes=2)
    blocked = [each for each in world.messages_of(alert) if each.status is Status.BLOCKED]
    assert [(each.channel, each.decision.reason) for each in blocked] == [
        (Channel.EMAIL, "no_address_for_channel")
    ]
    assert world.ended(alert).state is AlertState.FINISHED
    places = world.progress(alert).places
    assert places["US-WA", "email"] == {Status.BLOCKED: 1}
    assert places["US-WA", "sms"] == {Status.SENT: 1}


def test_a_drill_begins_at_once_and_reaches_only_testers(world):
    world.add_people(20, region="US-WA")
    world.tester("ann", Address("phone", "+14255550155"))
    world.tester("ben", Address("email", "ben@example.com"))
    world.tester("cy", Address("phone", "+14255550156"), verified=False)
    alert = world.make(**EXERCISE)
    assert alert.state is AlertState.SENDING
    world.run(minutes=2)
    found = world.messages_of(alert)
    assert sorted((each.channel, each.address.value) for each in found) == [
        (Channel.EMAIL, "ben@example.com"),
        (Channel.SMS, "+14255550155"),
        (Channel.VOICE, "+14255550155"),
    ]
    assert len(world.messages.kept) == 3
    said = [each.bodies["text"] for each in world.carrier.sent]
    assert all(text.startswith("EXERCISE ONLY") for text in said)
    assert world.ended(alert).state is AlertState.FINISHED


def test_a_drill_speaks_the_language_of_each_tester(world):
    phone = Address("phone", "+14255550155")
    world.contacts.create_many([make_contact("con_ana", phone, locale="es")])
    world.tester("ana", phone)
    world.make(**EXERCISE, channels=(Channel.SMS,))
    world.run()
    assert world.carrier.sent[-1].bodies["text"].startswith("SOLO SIMULACRO. El río crece.")


def test_a_drill_without_testers_is_refused(world):
    refused = refusal_of(making.create, wanted(**EXERCISE), ADA, world.alert_ports)
    assert refused.code == "tester_not_verified"


def test_what_is_cancelled_in_mid_run_leaves_no_more(world):
    world.add_people(10, region="US-WA")
    alert = world.launch(channels=(Channel.SMS,))
    world.work(hand_over=False)
    steering.cancel(alert, world.alert_ports)
    world.clock.advance(timedelta(seconds=6))
    world.run(minutes=2)
    assert world.carrier.sent == []
    assert {each.status for each in world.messages_of(alert)} == {Status.CANCELLED}
    assert not world.alerts.attending


def test_what_has_expired_leaves_no_more(world):
    world.add_people(3, region="US-WA")
    alert = world.launch(channels=(Channel.SMS,), expires_at=START + timedelta(minutes=5))
    world.work(hand_over=False)
    world.clock.advance(timedelta(minutes=6))
    world.run()
    assert {each.status for each in world.messages_of(alert)} == {Status.EXPIRED}
    ended = world.ended(alert)
    assert (ended.state, ended.reason) == (AlertState.FINISHED, "expired")


def undeliver(world, message):
    ref = next(ref for ref, each in world.messages.kept.items() if each.id == message.id)
    entry = Entry(Status.UNDELIVERED, world.clock.now(), "receipt", code="VOICE_BUSY")
    change = Change(Status.UNDELIVERED, entry, before(Status.UNDELIVERED))
    assert world.messages.apply(ref, change)


def test_who_is_busy_is_called_again_and_nobody_else(world):
    busy, *_ = world.add_people(3, region="US-WA")
    alert = world.launch(channels=(Channel.VOICE,), calls_again=2)
    world.run()
    for _ in range(3):
        for each in world.messages_of(alert):
            if each.contact_id == busy.id and each.status is Status.SENT:
                undeliver(world, each)
        world.run(minutes=5)
    calls = Counter(each.contact_id for each in world.messages_of(alert))
    assert calls == {busy.id: 3, "con_US-WA_1": 1, "con_US-WA_2": 1}


def read_by_sms(world):
    return Acknowledgement(Channel.SMS, world.clock.now(), "US-WA")


def test_it_goes_on_to_who_has_not_acknowledged_it(world):
    first, second = world.add_people(2, region="US-WA")
    step = Escalation(timedelta(minutes=10), (Channel.VOICE,))
    alert = world.launch(channels=(Channel.SMS,), escalation=(step,))
    world.run(minutes=2)
    key = contact_key(SECRET, TENANT, first.id)
    assert world.alerts.acknowledge(TENANT, alert.id, key, read_by_sms(world))
    assert [(each.begun, each.recipients) for each in world.progress(alert).steps] == [
        (True, 2),
        (False, 0),
    ]
    world.run(minutes=12)
    calls = [each for each in world.messages_of(alert) if each.channel is Channel.VOICE]
    assert [each.contact_id for each in calls] == [second.id]
    progress = world.progress(alert)
    assert progress.read == {("US-WA", "sms"): 1}
    assert progress.acknowledged == {"sms": 1}
    first_step, last = progress.steps
    assert (first_step.meant, first_step.recipients) == (Meant.ALL, 2)
    assert (last.meant, last.recipients, last.statuses) == (
        Meant.NOT_ACKNOWLEDGED,
        1,
        {Status.SENT: 1},
    )
    assert last.cost > 0
    assert first_step.cost + last.cost == progress.cost
    assert world.ended(alert).state is AlertState.FINISHED


def test_before_it_is_approved_its_steps_have_no_time(world):
    step = Escalation(timedelta(minutes=10), (Channel.VOICE,))
    alert = world.make(channels=(Channel.VOICE,), calls_again=1, escalation=(step,))
    steps = world.progress(alert).steps
    assert [(each.meant, each.at) for each in steps] == [
        (Meant.ALL, None),
        (Meant.NOT_REACHED, None),
        (Meant.NOT_ACKNOWLEDGED, None),
    ]


def test_a_no_to_its_number_counts_at_each_step(world):
    contact, loud = world.add_people(2, region="US-WA")
    step = Escalation(timedelta(minutes=10), (Channel.SMS,))
    alert = world.launch(channels=(Channel.SMS,), escalation=(step, replace(step, after=HOUR)))
    world.run(minutes=2)
    (phone,) = (each for each in contact.addresses if each.kind == "phone")
    stop = Suppression(Reason.OPTED_OUT, START, "text", purposes=frozenset(Purpose))
    world.suppressions.suppress(TENANT, phone, stop)
    world.run(minutes=62)
    statuses = Counter((each.contact_id, each.status) for each in world.messages_of(alert))
    assert statuses == {
        (loud.id, Status.SENT): 3,
        (contact.id, Status.SENT): 1,
        (contact.id, Status.BLOCKED): 2,
    }


@pytest.mark.parametrize("ends", ["cancelled", "superseded", "expired"])
def test_what_has_ended_goes_on_to_nobody(world, ends):
    world.add_people(2, region="US-WA")
    step = Escalation(timedelta(minutes=10), (Channel.SMS,))
    alert = world.launch(
        channels=(Channel.SMS,), escalation=(step,), expires_at=START + timedelta(minutes=11)
    )
    world.run(minutes=2)
    if ends == "cancelled":
        steering.cancel(alert, world.alert_ports)
    elif ends == "superseded":
        world.launch(channels=(Channel.EMAIL,), kind=AlertType.UPDATE, references=(alert.id,))
    else:
        world.clock.advance(timedelta(minutes=9))
    world.run(minutes=12)
    assert len(world.messages_of(alert)) == 2
    assert [each.begun for each in world.progress(alert).steps] == [True, False]
    assert not world.alerts.attending


def test_an_update_ends_what_it_refers_to(world):
    world.add_people(2, region="US-WA")
    first = world.launch(channels=(Channel.SMS,))
    world.clock.advance(timedelta(minutes=1))
    update = world.launch(kind=AlertType.UPDATE, references=(first.id,))
    ended = world.ended(first)
    assert (ended.state, ended.reason) == (AlertState.CANCELLED, "superseded")
    assert update.state is AlertState.SENDING


def test_what_the_world_calls_an_alert_leads_to_it(world):
    identity = Identity("county", "1", START - timedelta(hours=1))
    first = world.make(identity=identity)
    later = replace(identity, identifier="2", sent=START)
    update = world.make(identity=later, referred=(identity,), kind=AlertType.CANCEL)
    assert update.settings.references == (first.id,)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"kind": AlertType.UPDATE}, "unknown_reference"),
        ({"references": ("alt_00000000000000000000",)}, "unknown_reference"),
        ({"referred": (Identity("nobody", "1", START),)}, "unknown_reference"),
        ({"older": True}, "older_than_reference"),
        ({"drill": True}, "unknown_reference"),
        ({"expires_at": START}, "time_in_the_past"),
        ({"expires_at": START + timedelta(days=400)}, "time_too_far"),
        ({"target": Target(segment="none")}, "unknown_segment"),
        ({"escalation": (Escalation(6 * HOUR, (Channel.SMS,)),)}, "time_too_far"),
    ],
)
def test_what_speaks_against_it_is_told_and_nothing_written(world, changes, code):
    world.tester("ann", Address("phone", "+14255550155"))
    identity = Identity("county", "1", START)
    world.make(identity=identity)
    if changes.pop("older", False):
        older = replace(identity, identifier="2", sent=START - timedelta(hours=1))
        changes = {"kind": AlertType.UPDATE, "referred": (identity,), "identity": older}
    if changes.pop("drill", False):
        changes = {**EXERCISE, "kind": AlertType.CANCEL, "referred": (identity,)}
    seen = world.snapshot()
    assert refusal_of(making.create, wanted(**changes), ADA, world.alert_ports).code == code
    assert world.snapshot() == seen


def test_the_same_request_makes_one_alert(world):
    first = making.create(wanted(once="a"), ADA, world.alert_ports)
    world.clock.advance(timedelta(hours=7))
    again = making.create(wanted(once="a"), ADA, world.alert_ports)
    assert (again.alert, again.replayed) == (first.alert, True)


def test_what_has_the_same_name_is_the_same_alert_or_refused(world):
    identity = Identity("county", "1", START)
    first = making.create(wanted(identity=identity), ADA, world.alert_ports)
    again = making.create(wanted(identity=identity), ADA, world.alert_ports)
    assert (again.alert, again.replayed) == (first.alert, True)
    other = wanted(identity=identity, infos=(SPANISH,))
    assert refusal_of(making.create, other, ADA, world.alert_ports).code == "alert_exists"


@pytest.mark.parametrize("seed", range(3))
def test_whoever_dies_nobody_is_left_out_or_written_to_twice(seed):
    world = Alerting(seed=seed, odds=0.04)
    world.add_people(120, region="US-WA")
    step = Escalation(timedelta(minutes=4), (Channel.SMS,))
    alert = world.launch(channels=(Channel.SMS, Channel.EMAIL), escalation=(step,))
    world.run(minutes=12)
    assert world.fuse.killed
    found = Counter((each.contact_id, each.channel) for each in world.messages_of(alert))
    assert found == {
        (f"con_US-WA_{each}", channel): times
        for each in range(120)
        for channel, times in ((Channel.SMS, 2), (Channel.EMAIL, 1))
    }
    assert sum(world.progress(alert).statuses.values()) == 360
    assert len({each.ref for each in world.carrier.sent}) == len(world.carrier.sent)
    assert world.ended(alert).state is AlertState.FINISHED
