"""Whoever lays hand on the table of the ledger is found out, whatever they do."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import count

import boto3
import pytest

from outbound.adapters.dynamodb.ledger import steps
from outbound.domain.contact import ChainHead
from outbound.domain.ledger import digest_of
from outbound.wiring import stores
from tests.aws import forget
from tests.functions.upkeep import (
    DAY,
    TENANT,
    chain_of,
    move,
    operate,
    remember,
    say,
    sweep,
    verify,
)
from tests.memory.clock import MemoryClock

TUESDAY = datetime(2026, 11, 24, 10, tzinfo=UTC)
TABLE = "ledger"
DAYS = count(step=3)


@dataclass(frozen=True)
class Told:
    """A contact of a test's own, whose chain was anchored on the first two of three days."""

    contact_id: str
    first: datetime

    def day(self, number):
        return f"{self.first + number * DAY:%Y-%m-%d}"


@pytest.fixture
def told(api, monkeypatch):
    contact = Told(f"contact-{next(DAYS)}", TUESDAY + next(DAYS) * DAY)
    clock = MemoryClock(contact.first)
    move(monkeypatch, clock)
    say(contact.contact_id, "consent.granted", "consent.revoked")
    clock.advance(DAY)
    sweep("anchor")
    say(contact.contact_id, "consent.granted")
    clock.advance(DAY)
    sweep("anchor")
    say(contact.contact_id, "consent.revoked")
    yield contact
    monkeypatch.undo()
    forget()


def dynamodb():
    return boto3.client("dynamodb")


def key(told, number):
    return {"pk": {"S": f"{TENANT}#{chain_of(told.contact_id)}"}, "sk": {"S": f"{number:010d}"}}


def change(told, number, name, value):
    dynamodb().update_item(
        TableName=TABLE,
        Key=key(told, number),
        UpdateExpression="SET #name = :value",
        ExpressionAttributeNames={"#name": name},
        ExpressionAttributeValues={":value": {"S": value}},
    )


def remove(told, *numbers):
    for number in numbers:
        dynamodb().delete_item(TableName=TABLE, Key=key(told, number))


def found(told, **wanted):
    """The faults of this contact's chain."""
    return [
        (fault["entry"], fault["fault"], fault["by"])
        for fault in verify(**(wanted or {"contact_id": told.contact_id}))
        if fault["chain"] == chain_of(told.contact_id)
    ]


def recompute(told):
    """All digests anew, written over the old ones, with the heads of the days and the contact's."""
    head = ChainHead()
    for each in stores.ledger().entries(TENANT, chain_of(told.contact_id)):
        entry = replace(each.entry, previous=head.digest)
        head = ChainHead(entry.number, digest_of(entry))
        anew = replace(each, entry=replace(entry, digest=head.digest))
        for step in steps(TABLE, [anew]):
            dynamodb().put_item(TableName=TABLE, Item=step["Put"]["Item"])
    remember(dynamodb(), told.contact_id, head)


def test_a_ledger_as_it_was_written_has_no_fault(told):
    assert verify() == []
    assert verify(contact_id=told.contact_id) == []


def test_a_changed_entry_is_found(told):
    change(told, 2, "kind", "consent.granted")
    changed = {(2, "changed", None)}
    assert set(found(told)) == changed
    assert set(found(told, tenant=TENANT)) == changed
    assert set(found(told, chain=chain_of(told.contact_id))) == changed


def test_a_removed_middle_is_found(told):
    remove(told, 2)
    assert (2, "missing", None) in found(told)


def test_a_cut_tail_is_found_by_the_contact(told):
    remove(told, 4)
    assert set(found(told)) == {(4, "cut", "contact"), (4, "cut", f"heads of {told.day(2)}")}


def test_a_cut_tail_is_found_by_the_anchor_where_all_tables_agree(told):
    remove(told, 3, 4)
    head = stores.ledger().head(TENANT, chain_of(told.contact_id))
    remember(dynamodb(), told.contact_id, head)
    for item in dynamodb().scan(TableName=TABLE)["Items"]:
        if item["pk"]["S"].startswith("heads#") and chain_of(told.contact_id) in item["sk"]["S"]:
            dynamodb().delete_item(TableName=TABLE, Key={"pk": item["pk"], "sk": item["sk"]})
    assert set(found(told)) == {(3, "cut", f"anchor of {told.day(1)}")}


def test_a_recomputed_chain_is_found_by_the_anchors(told):
    change(told, 1, "kind", "consent.revoked")
    recompute(told)
    assert found(told) == [
        (2, "rewritten", f"anchor of {told.day(0)}"),
        (3, "rewritten", f"anchor of {told.day(1)}"),
    ]


def test_a_changed_proof_is_found(told):
    place = key(told, 1)
    place["pk"]["S"] += "#proof"
    proof = {"M": {"wording": {"S": "I never said that."}}}
    dynamodb().put_item(TableName=TABLE, Item={**place, "proof": proof})
    assert set(found(told)) == {(1, "proof_changed", "wording")}
    stores.ledger().erase_proofs(TENANT, chain_of(told.contact_id), told.first, up_to=9)
    assert found(told) == []


def test_an_anchor_written_over_is_found_and_does_not_help(told, api):
    s3, bucket = boto3.client("s3"), api.account.anchors
    change(told, 1, "kind", "consent.revoked")
    recompute(told)
    names = [each["Key"] for each in s3.list_objects_v2(Bucket=bucket)["Contents"]]
    for name in names:
        s3.put_object(Bucket=bucket, Key=name, Body=b"recomputed as well")
    faults = verify()
    written_over = {each["chain"] for each in faults if each["fault"] == "anchor_overwritten"}
    assert written_over == {name for name in names if name.startswith(TENANT)}
    assert (2, "rewritten", f"anchor of {told.day(0)}") in found(told)


def test_each_fault_says_what_it_means_and_what_to_do(told):
    change(told, 2, "kind", "consent.granted")
    fault = next(each for each in verify() if each["chain"] == chain_of(told.contact_id))
    assert fault["says"] == "its content is not what its digest says: it was changed later"
    assert "point-in-time recovery" in fault["remedy"]


def test_all_tenants_are_told(told):
    answer = operate("ledger_tenants")
    assert TENANT in answer["tenants"]


def test_a_look_goes_on_where_it_ended(told, monkeypatch):
    monkeypatch.setattr("outbound.adapters.api.upkeep_commands.SECONDS", 0.0)
    change(told, 2, "kind", "consent.granted")
    first = operate("verify_ledger", tenant=TENANT)
    assert first["next_cursor"]
    assert set(found(told)) == {(2, "changed", None)}


@pytest.mark.parametrize(
    "arguments",
    [
        {},
        {"tenant": "Clinic"},
        {"tenant": TENANT, "cursor": "elsewhere:1"},
        {"tenant": TENANT, "contact_id": ""},
        {"tenant": TENANT, "chain": "c1; drop"},
        {"tenant": TENANT, "surprise": 1},
        {"tenant": TENANT, "cursor": 5},
    ],
)
def test_what_cannot_be_looked_at_is_a_problem(api, arguments):
    answer = operate("verify_ledger", **arguments)
    assert not answer["ok"]
    assert answer["problem"]["status"] == 400 or answer["problem"]["status"] == 422


def test_nothing_personal_is_in_an_anchor(told, api):
    s3 = boto3.client("s3")
    for each in s3.list_objects_v2(Bucket=api.account.anchors)["Contents"]:
        content = s3.get_object(Bucket=api.account.anchors, Key=each["Key"])["Body"].read()
        if content.startswith(b"recomputed"):
            continue
        lines = [json.loads(line) for line in content.splitlines()]
        assert {name for line in lines[1:] for name in line} == {"chain", "number", "digest"}
        assert told.contact_id.encode() not in content
