"""The ledger: chains grow at their end, by one writer at a time; only proofs are ever removed."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from itertools import count

from outbound.domain.contact import ChainHead
from outbound.domain.ledger import Happening, Written, chained
from tests.memory.clock import START

SECRET = b"a secret of the tests"
DAY = timedelta(days=1)
GRANTED = Happening(
    "consent_granted",
    START,
    "key_1",
    {"channel": "sms", "purpose": "marketing"},
    {"wording": "Yes, send me offers.", "ip": "192.0.2.1"},
)
REVOKED = Happening("consent_revoked", START, "recipient", {"channel": "sms"})


def continued(ledger, *happenings, tenant="clinic", chain="c1", now=START):
    head = ledger.head(tenant, chain)
    salts = (f"salt {number}" for number in count(head.number))
    entries, _ = chained(
        happenings,
        head,
        tenant=tenant,
        chain=chain,
        secret=SECRET,
        salts=[next(salts) for _ in happenings],
        now=now,
    )
    return [Written(entry, each.proof) for entry, each in zip(entries, happenings, strict=True)]


def test_a_chain_is_read_as_it_was_written(ledger):
    first = continued(ledger, GRANTED, REVOKED)
    assert ledger.append("clinic", "c1", first)
    then = continued(ledger, GRANTED)
    assert ledger.append("clinic", "c1", then)

    assert ledger.entries("clinic", "c1") == [*first, *then]
    last = then[0].entry
    assert ledger.head("clinic", "c1") == ChainHead(3, last.digest)
    assert last.previous == first[1].entry.digest


def test_what_was_never_written_is_empty(ledger):
    assert ledger.entries("clinic", "c1") == []
    assert ledger.head("clinic", "c1") == ChainHead()


def test_of_two_that_continue_a_chain_one_wins(ledger):
    mine, theirs = continued(ledger, GRANTED, REVOKED), continued(ledger, REVOKED)
    assert ledger.append("clinic", "c1", theirs)
    assert not ledger.append("clinic", "c1", mine)
    assert ledger.entries("clinic", "c1") == theirs


def test_of_many_at_once_one_wins_and_nothing_of_the_others_is_written(ledger):
    tries = [continued(ledger, GRANTED, REVOKED)] * 8
    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(lambda each: ledger.append("clinic", "c1", each), tries))
    assert results.count(True) == 1
    assert ledger.entries("clinic", "c1") == tries[0]


def test_chains_and_tenants_see_nothing_of_each_other(ledger):
    ledger.append("clinic", "c1", continued(ledger, GRANTED))
    other = continued(ledger, REVOKED, tenant="shop")
    assert other[0].entry.number == 1
    assert ledger.append("shop", "c1", other)
    assert ledger.entries("clinic", "c2") == []
    assert ledger.entries("shop", "c1") == other


def test_an_erasure_removes_the_proofs_of_a_chain_and_nothing_else(ledger):
    written = continued(ledger, GRANTED, REVOKED, GRANTED)
    ledger.append("clinic", "c1", written)
    ledger.append("clinic", "c2", continued(ledger, GRANTED, chain="c2"))

    ledger.erase_proofs("clinic", "c1", START, up_to=9)
    ledger.erase_proofs("clinic", "c1", START, up_to=9)

    after = ledger.entries("clinic", "c1")
    assert [each.entry for each in after] == [each.entry for each in written]
    assert [each.proof for each in after] == [{}, {}, {}]
    assert [each.erased_at for each in after] == [START, None, START]
    assert ledger.entries("clinic", "c2")[0].proof == GRANTED.proof


def test_a_chain_goes_on_after_an_erasure(ledger):
    ledger.append("clinic", "c1", continued(ledger, GRANTED))
    ledger.erase_proofs("clinic", "c1", START, up_to=9)
    assert ledger.append("clinic", "c1", continued(ledger, GRANTED))
    assert [each.proof for each in ledger.entries("clinic", "c1")] == [{}, GRANTED.proof]


def test_a_chain_longer_than_a_page_is_read_to_its_end(ledger):
    long = Happening("noted", START, "key_1", {"text": "x" * 60_000})
    for _ in range(3):
        ledger.append("clinic", "c1", continued(ledger, *[long] * 8))
    entries = ledger.entries("clinic", "c1")
    assert [each.entry.number for each in entries] == list(range(1, 25))


def test_chains_are_read_together_up_to_one_entry_more(ledger):
    for chain, length in (("c1", 3), ("c2", 1), ("c3", 5)):
        ledger.append("clinic", chain, continued(ledger, *[GRANTED] * length, chain=chain))
    ledger.erase_proofs("clinic", "c2", START, up_to=9)

    read = ledger.beginnings("clinic", {"c1": 3, "c2": 2, "c3": 2, "c4": 1})

    assert read["c1"] == ledger.entries("clinic", "c1")
    assert read["c2"] == ledger.entries("clinic", "c2")
    assert read["c3"] == ledger.entries("clinic", "c3")[:3]
    assert read["c4"] == []


def test_a_very_long_chain_is_read_by_itself(ledger, monkeypatch):
    monkeypatch.setattr("outbound.adapters.dynamodb.ledger.READ_ALONE", 2)
    ledger.append("clinic", "c1", continued(ledger, *[GRANTED] * 4))
    assert ledger.beginnings("clinic", {"c1": 4})["c1"] == ledger.entries("clinic", "c1")


def test_the_heads_of_a_day_come_in_order_each_once(ledger):
    places = [(f"t{tenant}", f"c{chain}") for tenant in (1, 2, 3) for chain in range(12)]
    for tenant, chain in reversed(places):
        ledger.append(tenant, chain, continued(ledger, GRANTED, tenant=tenant, chain=chain))
        ledger.append(tenant, chain, continued(ledger, REVOKED, tenant=tenant, chain=chain))

    heads = list(ledger.heads(START.date()))

    assert [head.place for head in heads] == sorted(f"{tenant}#{chain}" for tenant, chain in places)
    assert all(
        (head.number, head.digest) == (2, ledger.entries(head.tenant, head.chain)[-1].entry.digest)
        for head in heads
    )
    assert list(ledger.heads(START.date(), after=heads[20].place)) == heads[21:]
    assert list(ledger.heads(START.date(), tenant="t2")) == [
        head for head in heads if head.tenant == "t2"
    ]
    assert list(ledger.heads(START.date(), tenant="t2", after=heads[20].place)) == heads[21:24]
    assert list(ledger.heads(START.date() + DAY)) == []


def test_a_chain_that_grows_on_two_days_has_a_head_on_each(ledger):
    ledger.append("clinic", "c1", continued(ledger, GRANTED, GRANTED))
    late = datetime(2026, 11, 24, 23, 59, 59, 999_000, tzinfo=UTC)
    ledger.append("clinic", "c1", continued(ledger, REVOKED, now=late))
    ledger.append("clinic", "c1", continued(ledger, REVOKED, now=late + DAY))
    days = [START.date() + number * DAY for number in range(3)]
    assert [[head.number for head in ledger.heads(day)] for day in days] == [[2], [3], [4]]
