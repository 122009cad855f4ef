"""What AWS sends nothing to, nobody here sends to either."""

from __future__ import annotations

import pytest

from outbound.domain.address import Address
from outbound.domain.imported import Counts, Entry
from outbound.domain.suppression import ANY_TENANT, Reason, Suppression
from outbound.flow.upkeep.importing import StrangeList, lists, read_in
from tests.memory.clock import START

LISTS = {ANY_TENANT: ["Clinic", "Default"], "clinic": ["Clinic"]}
BOUNCED = Entry("email", "Jane@Example.com", Reason.BOUNCED, START)
OPTED_OUT = Entry("phone", "+14155550123", Reason.OPTED_OUT, START)


@pytest.fixture
def ports(upkeep):
    upkeep.opt_out_lists = LISTS
    return upkeep.import_ports


def test_entries_become_suppressions_for_all(upkeep, ports):
    assert read_in([BOUNCED], "ses", ports, last=False) == Counts(new=1)
    assert read_in([OPTED_OUT], "Default", ports, last=False) == Counts(new=1)
    assert upkeep.store.of(ANY_TENANT, Address("email", "Jane@example.com")) == (
        Suppression(Reason.BOUNCED, START, "ses"),
    )
    assert upkeep.store.of(ANY_TENANT, Address("phone", "+14155550123")) == (
        Suppression(Reason.OPTED_OUT, START, "Default"),
    )
    assert upkeep.changes.waiting == {}


def test_the_list_of_a_tenants_own_numbers_holds_for_that_tenant(upkeep, ports):
    read_in([OPTED_OUT], "Clinic", ports, last=True)
    address = Address("phone", "+14155550123")
    assert upkeep.store.of("clinic", address)
    assert not upkeep.store.of(ANY_TENANT, address)


def test_reading_again_adds_nothing(upkeep, ports):
    read_in([BOUNCED, BOUNCED], "ses", ports, last=True)
    assert read_in([BOUNCED], "ses", ports, last=True) == Counts(known=1)


@pytest.mark.parametrize("value", ["", "x", "+1", "jane@", "+999999999999999999"])
def test_what_is_no_address_is_counted(ports, value):
    entries = [
        Entry("email", value, Reason.BOUNCED, START),
        Entry("phone", value, Reason.OPTED_OUT, START),
        BOUNCED,
    ]
    assert read_in(entries, "ses", ports, last=True) == Counts(new=1, unreadable=2)


def test_a_list_is_done_after_its_last_part(ports):
    read_in([BOUNCED], "ses", ports, last=False)
    assert lists(ports) == {"ses": None, "Clinic": None, "Default": None}
    read_in([], "ses", ports, last=True)
    assert lists(ports) == {"ses": START, "Clinic": None, "Default": None}


@pytest.mark.parametrize("source", ["Alerts", "", "*"])
def test_a_list_of_alerts_or_of_somebody_else_is_refused(upkeep, ports, source):
    with pytest.raises(StrangeList):
        read_in([OPTED_OUT], source, ports, last=True)
    assert upkeep.store.standing == {}


def test_what_was_added_is_in_the_audit(upkeep, ports):
    read_in([BOUNCED], "ses", ports, last=True)
    read_in([BOUNCED], "ses", ports, last=True)
    (written,) = upkeep.ledger.entries(ANY_TENANT, "audit#2026-11-23")
    assert (written.entry.kind, written.entry.by) == ("suppressions.imported", "operator")
    assert written.entry.facts == {"source": "ses", "new": "1"}
