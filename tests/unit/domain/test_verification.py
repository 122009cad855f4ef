"""Whatever is done to a chain is found, and named."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outbound.domain.contact import ChainHead
from outbound.domain.ledger import Entry, Happening, Written, chained, digest_of
from outbound.domain.verification import Fault, Noted, Wrong, verify
from tests.memory.clock import START

SECRET = b"a secret of the tests"
WORDS = st.text("abc", min_size=1, max_size=3)
MAPS = st.dictionaries(WORDS, st.text(max_size=5), max_size=2)
HAPPENINGS = st.builds(
    Happening,
    kind=WORDS,
    at=st.integers(0, 10**9).map(lambda ms: START + timedelta(milliseconds=ms)),
    by=WORDS,
    facts=MAPS,
    proof=MAPS,
)
CHAINS = st.lists(HAPPENINGS, min_size=1, max_size=6).map(lambda all_: make_chain(*all_))


def make_chain(*happenings, tenant="clinic", chain="c1"):
    salts = [f"salt {number}" for number, _ in enumerate(happenings)]
    entries, _ = chained(
        happenings, ChainHead(), tenant=tenant, chain=chain, secret=SECRET, salts=salts, now=START
    )
    return [Written(entry, each.proof) for entry, each in zip(entries, happenings, strict=True)]


def recomputed(written):
    """The same contents and proofs, with all digests made anew, as one who knows how would."""
    digest, made = "", []
    for number, each in enumerate(written, start=1):
        entry = replace(each.entry, number=number, previous=digest, digest="")
        digest = digest_of(entry)
        made.append(replace(each, entry=replace(entry, digest=digest)))
    return made


def head_of(written, by="contact", *, last=True):
    entry = written[-1].entry
    return Noted(entry.number, entry.digest, by, last)


def faults(written, *noted):
    return verify("clinic", "c1", written, noted, SECRET)


def found(written, *noted):
    return [(fault.number, fault.wrong) for fault in faults(written, *noted)]


@pytest.fixture
def chain():
    granted = Happening("granted", START, "key_1", {"channel": "sms"}, {"wording": "Yes"})
    return make_chain(granted, granted, granted, granted)


@given(CHAINS)
def test_a_chain_as_it_was_written_has_no_fault(chain):
    assert faults(chain, head_of(chain), head_of(chain[:1], "anchor", last=False)) == []


def test_an_empty_chain_has_no_fault():
    assert faults([]) == []
    assert faults([], Noted(0, "", "contact", last=True)) == []


@given(CHAINS, st.data())
def test_a_change_of_any_field_is_found(chain, data):
    at = data.draw(st.integers(0, len(chain) - 1))
    name = data.draw(st.sampled_from([each.name for each in fields(Entry)]))
    entry = chain[at].entry
    values = {
        "number": st.integers(1, 9),
        "at": st.integers(1, 9).map(lambda ms: entry.at + timedelta(milliseconds=ms)),
        "recorded_at": st.integers(1, 9).map(lambda ms: START + timedelta(milliseconds=ms)),
        "facts": MAPS,
        "digests": MAPS,
    }
    value = data.draw(values.get(name, WORDS).filter(lambda new: new != getattr(entry, name)))
    changed = [*chain]
    changed[at] = replace(chain[at], entry=replace(entry, **{name: value}))

    assert faults(changed, head_of(chain))


@given(CHAINS, st.data())
def test_a_change_with_its_digest_made_anew_is_found(chain, data):
    at = data.draw(st.integers(0, len(chain) - 1))
    entry = replace(chain[at].entry, by="somebody else")
    changed = [*chain]
    changed[at] = replace(chain[at], entry=replace(entry, digest=digest_of(entry)))

    assert faults(changed, head_of(chain))


@given(CHAINS, st.data())
def test_any_removal_is_found(chain, data):
    gone = data.draw(st.sets(st.integers(0, len(chain) - 1), min_size=1))
    left = [each for at, each in enumerate(chain) if at not in gone]
    assert faults(left, head_of(chain))
    assert faults(recomputed(left), head_of(chain))


@given(CHAINS, st.data())
def test_entries_that_change_places_are_found(chain, data):
    first, second = data.draw(st.permutations(range(len(chain))))[:2] if len(chain) > 1 else (0, 0)
    swapped = [*chain]
    swapped[first], swapped[second] = chain[second], chain[first]
    renumbered = [
        replace(each, entry=replace(each.entry, number=number))
        for number, each in enumerate(swapped, start=1)
    ]
    assert bool(faults(renumbered, head_of(chain))) == (first != second)


@given(CHAINS, HAPPENINGS)
def test_an_entry_added_without_its_head_is_found(chain, more):
    salts = ["another"]
    head = ChainHead(chain[-1].entry.number, chain[-1].entry.digest)
    added, _ = chained(
        [more], head, tenant="clinic", chain="c1", secret=SECRET, salts=salts, now=START
    )
    longer = [*chain, Written(added[0], more.proof)]
    assert found(longer, head_of(chain)) == [(len(chain) + 1, Wrong.UNANNOUNCED)]


@given(CHAINS, st.data())
def test_a_chain_recomputed_after_any_change_is_found_by_an_anchor(chain, data):
    at = data.draw(st.integers(0, len(chain) - 1))
    changed = [*chain]
    changed[at] = replace(chain[at], entry=replace(chain[at].entry, kind="never so"))
    anew = recomputed(changed)

    assert found(anew) == []
    anchor = head_of(chain, "anchor of 2026-11-23", last=False)
    assert faults(anew, anchor) == [
        Fault("clinic", "c1", len(chain), Wrong.REWRITTEN, "anchor of 2026-11-23")
    ]


def test_a_changed_entry_is_named(chain):
    chain[1] = replace(chain[1], entry=replace(chain[1].entry, by="key_2"))
    assert found(chain, head_of(chain)) == [(2, Wrong.CHANGED)]


def test_a_changed_entry_with_a_new_digest_breaks_the_link_behind_it(chain):
    entry = replace(chain[1].entry, by="key_2")
    chain[1] = replace(chain[1], entry=replace(entry, digest=digest_of(entry)))
    assert found(chain, head_of(chain)) == [(3, Wrong.UNLINKED)]


def test_a_removed_middle_is_named_by_its_first_number(chain):
    assert found([chain[0], chain[3]], head_of(chain)) == [(2, Wrong.MISSING)]
    assert found(chain[2:], head_of(chain)) == [(1, Wrong.MISSING)]


def test_a_cut_tail_is_named_by_who_remembers_it(chain):
    assert faults(chain[:2], head_of(chain), head_of(chain[:3], "anchor", last=False)) == [
        Fault("clinic", "c1", 3, Wrong.CUT, "contact"),
        Fault("clinic", "c1", 3, Wrong.CUT, "anchor"),
    ]
    assert found([], head_of(chain)) == [(1, Wrong.CUT)]


def test_an_entry_twice_is_a_stray(chain):
    assert (2, Wrong.STRAY) in found([*chain[:2], *chain[1:]], head_of(chain))


def test_an_entry_of_another_chain_or_tenant_is_changed(chain):
    for elsewhere in ({"tenant": "shop"}, {"chain": "c2"}):
        entry = replace(chain[0].entry, **elsewhere)
        assert (1, Wrong.CHANGED) in found([replace(chain[0], entry=entry), *chain[1:]])


@pytest.mark.parametrize(
    ("proof", "wrong", "name"),
    [
        ({"wording": "No"}, Wrong.PROOF_CHANGED, "wording"),
        ({"wording": "Yes", "ip": "192.0.2.1"}, Wrong.PROOF_CHANGED, "ip"),
        ({}, Wrong.PROOF_LOST, "wording"),
    ],
)
def test_a_proof_that_is_not_the_one_of_its_entry_is_named(chain, proof, wrong, name):
    chain[2] = replace(chain[2], proof=proof)
    assert faults(chain) == [Fault("clinic", "c1", 3, wrong, name)]


def test_an_erased_proof_is_no_fault(chain):
    chain[2] = replace(chain[2], proof={}, erased_at=START)
    assert faults(chain, head_of(chain)) == []
