"""`outbound ledger verify`: what it looked at, each fault with its remedy, and how it ends."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from datetime import date

import pytest
from botocore.exceptions import ClientError, EndpointConnectionError

from outbound.domain.ledger import digest_of
from outbound.flow.upkeep.anchoring import anchor, plan
from tests.memory.upkeep import chain_of
from tests.unit.client.command.world import refused


@pytest.fixture
def written(world):
    """Two tenants' ledgers; a day of theirs is anchored."""
    world.deploy()
    upkeep = world.upkeep
    for number in range(3):
        upkeep.say(f"p{number}", day="first")
    upkeep.say("p1", "shop")
    upkeep.clock.advance_to(upkeep.clock.now().replace(day=24))
    for task in plan(upkeep.anchor_ports):
        anchor(date.fromisoformat(task.id), upkeep.anchor_ports)
    upkeep.say("p1", day="second")
    return upkeep


def change(upkeep, contact_id="p1", tenant="clinic", **changes):
    chain = upkeep.ledger.chains[tenant, chain_of(contact_id, tenant)]
    chain[0] = replace(chain[0], entry=replace(chain[0].entry, **changes))


def test_a_ledger_as_it_was_written_is_no_fault(written, command):
    result = command("ledger", "verify")

    assert result.code == 0, result.err
    assert result.out.splitlines()[0] == "Outbound-dev in account 123456789012, us-east-1"
    assert "clinic: 14 entries held against 10 notes of contacts, days and 1 anchor" in result.out
    assert result.out.splitlines()[-1] == "2 tenants: no fault"


def test_a_fault_is_told_once_with_its_remedy(written, command):
    change(written, by="somebody else")

    result = command("ledger", "verify")

    assert result.code == 1
    line = f"fault  {chain_of('p1')}, entry 1: its content is not what its digest says"
    assert result.out.count(line) == 1
    assert result.out.count("→ Restore the table of the ledger") == 1
    assert "outbound: 1 fault." in result.err


def test_who_noted_otherwise_is_named(written, command):
    chain = written.ledger.chains["clinic", chain_of("p2")]
    entry = replace(chain[0].entry, kind="never so")
    chain[0] = replace(chain[0], entry=replace(entry, digest=digest_of(entry)))

    result = command("ledger", "verify", "--tenant", "clinic")

    assert result.code == 1
    assert "the chain was computed anew (anchor of 2026-11-23)" in result.out
    assert "the chain was computed anew (contact)" in result.out


def test_json_holds_counts_and_faults(written, command):
    change(written, by="somebody else")

    document = command("ledger", "verify", "--json").json()

    clinic, shop = document["tenants"]
    assert clinic["looked_at"] == {"heads": 10, "entries": 14, "anchors": 1}
    assert [(each["entry"], each["fault"]) for each in clinic["faults"]] == [(1, "changed")]
    assert (shop["faults"], shop["whole"], document["stopped"]) == ([], True, None)


def test_one_tenant_one_contact_or_one_chain_can_be_asked_for(written, command):
    change(written, "p1", by="somebody else")
    change(written, "p1", "shop", by="somebody else")

    def found(*wanted):
        result = command("ledger", "verify", "--json", *wanted)
        tenants = result.json()["tenants"]
        return [(one["tenant"], len(one["faults"])) for one in tenants]

    assert found("--tenant", "shop") == [("shop", 1)]
    assert found("--tenant", "clinic", "--contact", "p1") == [("clinic", 1)]
    assert found("--tenant", "clinic", "--contact", "p2") == [("clinic", 0)]
    assert found("--tenant", "clinic", "--chain", chain_of("p1")) == [("clinic", 1)]


def test_a_long_look_is_taken_up_where_it_ended(written, command, monkeypatch):
    monkeypatch.setattr("outbound.adapters.api.upkeep_commands.SECONDS", 0.0)
    change(written, by="somebody else")

    document = command("ledger", "verify", "--json").json()

    assert document["tenants"][0]["whole"]
    assert len(document["tenants"][0]["faults"]) == 1


@pytest.mark.parametrize(
    ("failing", "why"),
    [
        (
            ClientError({"Error": {"Code": "AccessDeniedException", "Message": ""}}, "Invoke"),
            "needs lambda:InvokeFunction on outbound-upkeep",
        ),
        (ClientError({"Error": {"Code": "Busy", "Message": ""}}, "Invoke"), "AWS says Busy"),
        (EndpointConnectionError(endpoint_url="https://x"), "no connection to AWS"),
    ],
)
def test_what_cannot_be_looked_at_is_neither_well_nor_a_fault(
    world, written, command, failing, why
):
    world.failing = failing
    result = command("ledger", "verify", "--tenant", "clinic")
    assert result.code == 2
    assert f"not looked at further: {why}" in result.out
    assert "Not all was looked at" in result.err


def test_faults_found_before_an_interruption_count(world, written, command, monkeypatch):
    monkeypatch.setattr("outbound.adapters.api.upkeep_commands.SECONDS", 0.0)
    change(written, by="somebody else")
    invoke = world._invoke

    def once(**asked):
        world.failing = refused("ServiceException", "Invoke") if world.calls else None
        world.calls += 1
        return invoke(**asked)

    world.calls = 0
    monkeypatch.setattr(world, "_invoke", once)
    result = command("ledger", "verify", "--tenant", "clinic", "--json")
    assert result.code == 1
    (clinic,) = result.json()["tenants"]
    assert (len(clinic["faults"]), clinic["whole"]) == (1, False)


def test_what_is_not_a_tenant_is_told(written, command):
    result = command("ledger", "verify", "--tenant", "No Such")
    assert result.code == 2
    assert "/tenant" in result.out


def test_a_contact_needs_its_tenant(written, command):
    result = command("ledger", "verify", "--contact", "p1")
    assert result.code == 2
    assert "--tenant" in result.err


def test_without_a_deployment_nothing_is_looked_at(world, command):
    result = command("ledger", "verify")
    assert result.code == 2
    assert "Outbound-dev isn't deployed" in result.err


def test_nothing_is_changed(written, command):
    before = deepcopy((written.ledger.chains, written.anchors, written.days))
    command("ledger", "verify")
    assert (written.ledger.chains, written.anchors, written.days) == before
