"""What is done to a ledger is found, wherever it is done, and however little time a look has."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import partial

import pytest

from outbound.domain.ledger import digest_of
from outbound.domain.verification import Wrong
from outbound.flow.upkeep import anchoring, verifying
from outbound.flow.upkeep.anchoring import anchor, plan
from outbound.flow.upkeep.verifying import Wanted, look, of_contact, tenants
from tests.memory.upkeep import chain_of

DAY = timedelta(days=1)


class Story:
    """Contacts of two tenants over five days, each day anchored; then somebody lays hand on it."""

    def __init__(self, upkeep):
        self.upkeep, self.ports = upkeep, upkeep.verify_ports
        self.contacts, self.say = upkeep.contacts, upkeep.say

    def night(self):
        self.upkeep.clock.advance(DAY)
        for task in plan(self.upkeep.anchor_ports):
            anchor(date.fromisoformat(task.id), self.upkeep.anchor_ports)

    def chain(self, contact_id, tenant="clinic"):
        return self.upkeep.ledger.chains[tenant, chain_of(contact_id, tenant)]

    def found(self, wanted=None, steps=None):
        """All faults, in as many looks as it takes when each has time for so many steps."""
        wanted, after, faults = wanted or Wanted("clinic"), None, []
        while True:
            left = iter(range(1, steps or 10**6))
            look_ = look(wanted, self.ports, after=after, may_go_on=partial(next, left, False))
            faults += look_.faults
            after = look_.after
            if after is None:
                return {(fault.chain, fault.number, fault.wrong, fault.by) for fault in faults}


@pytest.fixture
def story(upkeep, monkeypatch):
    monkeypatch.setattr(verifying, "TOGETHER", 3)
    monkeypatch.setattr(anchoring, "MOST", 4)
    story = Story(upkeep)
    for day in range(5):
        for number in range(10):
            if (number + day) % 3:
                story.say(f"p{number}", day=f"{day}")
        story.say("p1", "shop")
        upkeep.write("clinic", f"audit#{upkeep.clock.now():%Y-%m-%d}", what="looked")
        if day < 4:
            story.night()
    return story


@pytest.mark.parametrize("steps", [None, 1, 2, 5])
def test_a_ledger_as_it_was_written_has_no_fault(story, steps):
    assert story.found(steps=steps) == set()


def test_a_look_says_what_it_looked_at(story):
    found = look(Wanted("clinic"), story.ports)
    assert found.after is None
    assert found.anchors == 8
    contacts, recent, anchored = 10, 8 + 7 + 8, 7 + 8 + 8 + 7
    assert found.heads == contacts + recent + anchored
    assert found.entries > found.heads


def test_all_tenants_are_found(story):
    story.say("p1", "third")
    assert tenants(story.ports) == ["clinic", "shop", "third"]


@pytest.mark.parametrize("steps", [None, 1, 3])
def test_a_changed_entry_is_found(story, steps):
    chain = story.chain("p4")
    chain[1] = replace(chain[1], entry=replace(chain[1].entry, by="nobody"))
    assert story.found(steps=steps) == {(chain_of("p4"), 2, Wrong.CHANGED, None)}


@pytest.mark.parametrize("steps", [None, 1, 3])
def test_a_removed_middle_is_found(story, steps):
    del story.chain("p4")[1]
    assert story.found(steps=steps) == {(chain_of("p4"), 2, Wrong.MISSING, None)}


def test_a_cut_tail_is_found_by_the_contact(story):
    del story.chain("p4")[-1]
    length = len(story.chain("p4"))
    faults = story.found()
    assert (chain_of("p4"), length + 1, Wrong.CUT, "contact") in faults
    assert {wrong for _, _, wrong, _ in faults} == {Wrong.CUT}


def recompute(chain):
    digest = ""
    for index, each in enumerate(chain):
        entry = replace(each.entry, number=index + 1, previous=digest)
        digest = digest_of(entry)
        chain[index] = replace(each, entry=replace(entry, digest=digest))


def remember(story, contact_id):
    """Whoever can write to the contacts too makes the contact agree."""
    last = story.chain(contact_id)[-1].entry
    contact = story.contacts["clinic", contact_id]
    head = replace(contact.chain, number=last.number, digest=last.digest)
    story.contacts["clinic", contact_id] = replace(contact, chain=head)


def test_a_tail_cut_off_everywhere_in_the_tables_is_found_by_the_anchor(story):
    story.night()
    del story.chain("p4")[1:]
    remember(story, "p4")
    faults = story.found()
    assert (chain_of("p4"), 2, Wrong.CUT, "anchor of 2026-11-27") in faults


@pytest.mark.parametrize("steps", [None, 1, 3])
def test_a_recomputed_chain_is_found_by_each_anchor(story, steps):
    chain = story.chain("p4")
    chain[0] = replace(chain[0], entry=replace(chain[0].entry, kind="never so"))
    recompute(chain)
    remember(story, "p4")
    anchored = [each.entry for each in chain if f"{each.entry.at:%d}" < "27"]
    faults = {fault for fault in story.found(steps=steps) if fault[3].startswith("anchor")}
    assert faults == {
        (chain_of("p4"), entry.number, Wrong.REWRITTEN, f"anchor of {entry.at:%Y-%m-%d}")
        for entry in anchored
    }


def test_a_chain_whose_contact_is_forgotten_is_still_verified(story):
    del story.contacts["clinic", "p4"]
    assert story.found() == set()
    del story.chain("p4")[1]
    assert (chain_of("p4"), 2, Wrong.MISSING, None) in story.found()


def test_a_chain_removed_with_its_contact_is_found(story):
    del story.contacts["clinic", "p4"]
    del story.upkeep.ledger.chains["clinic", chain_of("p4")]
    assert (chain_of("p4"), 1, Wrong.CUT, "anchor of 2026-11-23") in story.found()


def test_todays_audit_is_verified_before_it_is_anchored(story):
    chain = story.upkeep.ledger.chains["clinic", "audit#2026-11-27"]
    chain[0] = replace(chain[0], entry=replace(chain[0].entry, facts={}))
    assert story.found() == {("audit#2026-11-27", 1, Wrong.CHANGED, None)}


def test_another_tenants_faults_are_not_shown(story):
    chain = story.chain("p1", "shop")
    chain[0] = replace(chain[0], entry=replace(chain[0].entry, by="nobody"))
    assert story.found() == set()
    assert story.found(Wanted("shop")) == {(chain_of("p1", "shop"), 1, Wrong.CHANGED, None)}


def test_one_contact_alone_can_be_looked_at(story):
    for contact_id in ("p4", "p5"):
        chain = story.chain(contact_id)
        chain[0] = replace(chain[0], entry=replace(chain[0].entry, kind="never so"))
        recompute(chain)
        remember(story, contact_id)
    found = story.found(of_contact("clinic", "p4", story.ports))
    assert {chain for chain, _, _, _ in found} == {chain_of("p4")}
    assert any(by.startswith("anchor") for _, _, _, by in found)
    assert story.found(of_contact("clinic", "p6", story.ports)) == set()
    assert story.found(of_contact("clinic", "nobody", story.ports)) == set()


def test_one_chain_alone_can_be_looked_at(story):
    assert story.found(Wanted("clinic", "audit#2026-11-25")) == set()
    story.upkeep.ledger.chains["clinic", "audit#2026-11-25"].clear()
    assert story.found(Wanted("clinic", "audit#2026-11-25")) == {
        ("audit#2026-11-25", 1, Wrong.CUT, "anchor of 2026-11-25")
    }


def test_an_entry_written_during_the_look_is_no_fault(story, monkeypatch):
    beginnings = story.upkeep.ledger.beginnings

    def meanwhile(tenant, lengths):
        if chain_of("p4") in lengths:
            story.say("p4", meanwhile="yes")
        return beginnings(tenant, lengths)

    monkeypatch.setattr(story.upkeep.ledger, "beginnings", meanwhile)
    assert story.found() == set()


def test_an_anchor_written_over_is_found_and_its_first_version_counts(story):
    kept = story.upkeep.anchors.kept
    name = next(iter(kept))
    kept[name].append(b"recomputed")
    assert story.found() == {(name, 0, Wrong.ANCHOR_OVERWRITTEN, None)}


@pytest.mark.parametrize("content", [b"", b"{}\n", b"not JSON"])
def test_a_damaged_anchor_is_found(story, content):
    kept = story.upkeep.anchors.kept
    name = next(iter(kept))
    kept[name][0] = content
    assert story.found() == {(name, 0, Wrong.ANCHOR_DAMAGED, None)}


def test_a_day_on_which_nothing_was_written_may_wait_for_its_anchor(story):
    del story.upkeep.days.done[date(2026, 11, 24)]
    assert story.found(Wanted("shop"))
    assert story.found(Wanted("third")) == set()


@pytest.mark.parametrize("steps", [None, 1])
def test_a_day_that_was_not_anchored_is_found(story, steps):
    del story.upkeep.days.done[date(2026, 11, 24)]
    assert story.found(steps=steps) == {("2026-11-24", 0, Wrong.ANCHOR_MISSING, None)}
