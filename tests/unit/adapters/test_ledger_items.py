"""A ledger's item that somebody has changed is read, and then seen to be none of ours."""

from __future__ import annotations

from decimal import Decimal

import pytest

from outbound.adapters.dynamodb.ledger import steps, written_of
from outbound.adapters.dynamodb.table import plain
from outbound.domain.contact import ChainHead
from outbound.domain.ledger import Happening, Written, chained
from outbound.domain.verification import Wrong, verify
from tests.memory.clock import START

SECRET = b"a secret of the tests"
GRANTED = Happening("granted", START, "key_1", {"channel": "sms"}, {"wording": "Yes"})


def wrong(item, proof):
    written = written_of("clinic", "c1", item, proof)
    return [fault.wrong for fault in verify("clinic", "c1", [written], [], SECRET)]


@pytest.fixture
def stored():
    (entry,), _ = chained(
        [GRANTED], ChainHead(), tenant="clinic", chain="c1", secret=SECRET, salts=["a"], now=START
    )
    entry_put, proof_put, _ = steps("ledger", [Written(entry, GRANTED.proof)])
    return plain(entry_put["Put"]["Item"]), plain(proof_put["Put"]["Item"])


def test_what_was_written_is_read_without_a_fault(stored):
    assert wrong(*stored) == []


@pytest.mark.parametrize(
    "name", ["kind", "at", "recorded_at", "by", "facts", "digests", "salt", "previous"]
)
@pytest.mark.parametrize(
    "value", [None, "", "x", Decimal(1), True, b"x", ["x"], {"x"}, {}, {"channel": Decimal(1)}]
)
def test_no_value_of_any_type_passes_for_what_was_written(stored, name, value):
    item, proof = stored
    if item[name] == value:
        return
    assert Wrong.CHANGED in wrong({**item, name: value}, proof)


@pytest.mark.parametrize(
    "name", ["kind", "at", "recorded_at", "by", "facts", "digests", "salt", "previous"]
)
def test_an_attribute_taken_away_is_a_change(stored, name):
    item, proof = stored
    del item[name]
    assert Wrong.CHANGED in wrong(item, proof)


def test_an_attribute_added_is_a_change(stored):
    item, proof = stored
    assert Wrong.CHANGED in wrong({**item, "note": "fits"}, proof)


@pytest.mark.parametrize("sk", ["1", "0000000001x", "00000000001", "x"])
def test_an_entry_at_a_place_that_none_has_is_a_stray(stored, sk):
    item, proof = stored
    assert Wrong.STRAY in wrong({**item, "sk": sk}, proof)


@pytest.mark.parametrize("digest", [None, "", "x", Decimal(1)])
def test_a_digest_of_another_kind_is_a_change(stored, digest):
    item, proof = stored
    assert Wrong.CHANGED in wrong({**item, "digest": digest}, proof)


@pytest.mark.parametrize(
    "values", [{"wording": Decimal(1)}, {"wording": None}, {}, {"x": "y"}, "Yes", None, [1]]
)
def test_a_proof_of_another_kind_is_not_the_one_that_was_written(stored, values):
    item, proof = stored
    assert wrong(item, {**proof, "proof": values})


@pytest.mark.parametrize("erased_at", ["yesterday", Decimal(1), None])
def test_an_erasure_without_a_time_is_none(stored, erased_at):
    item, proof = stored
    place = {name: proof[name] for name in ("pk", "sk")}
    assert wrong(item, {**place, "erased_at": erased_at}) == [Wrong.PROOF_LOST]
