"""Looking through contacts: who was not reached for long, and how well the list is."""

from __future__ import annotations

from datetime import timedelta

import pytest

from outbound.domain.address import Address
from outbound.domain.consent import Consent, ConsentStatus, Level
from outbound.domain.message import Entry, Status
from outbound.domain.suppression import Reason, Suppression
from outbound.domain.words import Channel, Purpose
from outbound.flow.manage.lists import ContactListPorts, Place, health, stale
from tests.builders import EMAIL, PHONE, TENANT, make_body, make_contact, make_message
from tests.memory.clock import START

DAY = timedelta(days=1)
SINCE = START - 365 * DAY
LONG_AGO = START - 700 * DAY


@pytest.fixture
def ports(world):
    return ContactListPorts(world.clock, world.gate.secret, world.contacts, world.messages)


def all_parts(look, limit):
    """Each part until there is none behind it."""
    parts, place = [], Place()
    while place is not None:
        parts.append(look(place, limit))
        place = parts[-1].after
        assert len(parts) < 100
    return parts


def sent(world, at, status, contact_id="con_ada", **changes):
    entries = (Entry(Status.ACCEPTED, at), Entry(status, at + timedelta(minutes=1)))
    message = make_message(
        f"{at}{status}",
        contact_id=contact_id,
        created_at=at,
        not_before=at,
        status=status,
        timeline=entries,
        **changes,
    )
    assert world.messages.insert(message, make_body(), due=None)


def said(at):
    return Consent(Channel.SMS, Purpose.MARKETING, None, ConsentStatus.GRANTED, Level.EXPRESS,
                   "form", at)  # fmt: skip


def is_stale(ports):
    return bool(stale(TENANT, SINCE, Place(), 100, ports).contacts)


def test_who_was_made_since_then_is_not_stale(world, ports):
    world.contacts.create_many([make_contact(created_at=SINCE)])
    assert not is_stale(ports)


def test_who_was_never_sent_to_is_stale(world, ports):
    world.contacts.create_many([make_contact(created_at=LONG_AGO)])
    assert is_stale(ports)


def test_who_has_said_something_since_then_is_not_stale(world, ports):
    old, new = said(LONG_AGO), said(SINCE + DAY)
    world.contacts.create_many([make_contact(created_at=LONG_AGO, consents=(old,))])
    assert is_stale(ports)
    world.contacts.create_many([make_contact("con_bo", created_at=LONG_AGO, consents=(new,))])
    found = stale(TENANT, SINCE, Place(), 100, ports).contacts
    assert [each.id for each in found] == ["con_ada"]


@pytest.mark.parametrize(
    ("status", "days", "changes", "expected"),
    [
        (Status.DELIVERED, 1, {}, False),
        (Status.SENT, 1, {}, False),
        (Status.DELIVERED, -1, {}, True),
        (Status.BOUNCED, 1, {}, True),
        (Status.BLOCKED, 1, {}, True),
        (Status.UNDELIVERED, 1, {}, True),
        (Status.UNDELIVERED, 1, {"marks": frozenset({"clicked"})}, False),
        (Status.UNDELIVERED, 1, {"marks": frozenset({"complained"})}, True),
    ],
)
def test_who_had_a_message_that_came_since_then_is_not_stale(
    world, ports, status, days, changes, expected
):
    world.contacts.create_many([make_contact(created_at=LONG_AGO)])
    sent(world, SINCE + days * DAY, status, **changes)
    assert is_stale(ports) is expected


def test_a_message_that_came_is_found_behind_many_that_did_not(world, ports):
    world.contacts.create_many([make_contact(created_at=LONG_AGO)])
    sent(world, SINCE + DAY, Status.DELIVERED)
    for number in range(60):
        sent(world, SINCE + 2 * DAY + number * timedelta(hours=1), Status.BLOCKED)
    assert not is_stale(ports)


def test_parts_make_the_whole_and_none_is_looked_at_twice(world, ports):
    contacts = [make_contact(f"con_{number}", created_at=LONG_AGO) for number in range(57)]
    world.contacts.create_many(contacts)
    parts = all_parts(lambda place, limit: stale(TENANT, SINCE, place, limit, ports), 10)
    found = [each.id for part in parts for each in part.contacts]
    assert sorted(found) == sorted(each.id for each in contacts)
    assert not stale("other", SINCE, Place(), 100, ports).contacts


def test_each_finding_is_counted_once_for_a_contact(world, ports):
    role = Address("email", "info@mailinator.com")
    world.contacts.create_many(
        [
            make_contact("con_a", EMAIL, PHONE, created_at=LONG_AGO),
            make_contact("con_b", role, consents=(said(START),)),
            make_contact("con_c", emails=(), phones=()),
        ]
    )
    opted_out = Suppression(Reason.OPTED_OUT, START, "STOP")
    over = Suppression(Reason.BOUNCED, LONG_AGO, "ses", expires_at=SINCE)
    for address in (EMAIL, PHONE):
        world.suppressions.suppress(TENANT, address, opted_out)
    world.suppressions.suppress(TENANT, role, over)

    parts = all_parts(lambda place, limit: health(TENANT, SINCE, place, limit, ports), 2)
    total: dict[str, int] = {}
    for part in parts:
        for name, count in part.found.items():
            total[name] = total.get(name, 0) + count
    assert sum(part.read for part in parts) == 3
    assert total == {
        "no_address": 1,
        "no_consent": 2,
        "role": 1,
        "disposable": 1,
        "stale": 1,
        "suppressed:opted_out": 1,
    }
