"""The account's own lists are read in once, and again where that is asked for."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from infra.local.carrier.account import OptedOut, Suppressed
from outbound.domain.address import Address
from outbound.domain.suppression import ANY_TENANT, Reason
from tests.unit.client.command.world import refused

EARLIER = datetime(2024, 5, 1, tzinfo=UTC)
COMPLAINED = Suppressed(reason="COMPLAINT", at=EARLIER)
BOUNCED = Suppressed(reason="BOUNCE", at=EARLIER)


@pytest.fixture
def full(world):
    """An account whose lists are longer than a page."""
    world.deploy()
    addresses = {
        f"p{number}@example.com": COMPLAINED if number % 2 else BOUNCED for number in range(250)
    }
    numbers = {f"+1415555{number:04d}": OptedOut(at=EARLIER) for number in range(120)}

    def changed(account):
        email = account.email.model_copy(update={"addresses": addresses})
        phone = account.phone.model_copy(update={"opted_out": {"Default": numbers}})
        return account.model_copy(update={"email": email, "phone": phone})

    world.carrier.ledger.change(changed)
    return world


def lists(result):
    return [step for step in result.json()["steps"] if step["name"] == "lists.read-in"]


def test_all_of_them_are_suppressed_for_all_tenants(full, command):
    result = command("setup", "--yes", "--json")

    assert result.code == 0, result.out
    assert [(step["state"], step["why"]) for step in lists(result)] == [
        ("done", "250 suppressed from now on, 0 were already"),
        ("done", "120 suppressed from now on, 0 were already"),
    ]
    store = full.upkeep.store
    (email,) = store.of(ANY_TENANT, Address("email", "p3@example.com"))
    assert (email.reason, email.at) == (Reason.COMPLAINED, EARLIER)
    (phone,) = store.of(ANY_TENANT, Address("phone", "+14155550119"))
    assert phone.reason is Reason.OPTED_OUT


def test_what_was_read_in_is_not_again_unless_it_is_asked_for(full, command):
    command("setup", "--yes")

    again = command("setup", "--json")
    assert {step["state"] for step in again.json()["steps"]} == {"already so"}
    asked = command("setup", "--yes", "--read-lists", "--json")
    assert [step["why"] for step in lists(asked)] == [
        "0 suppressed from now on, 250 were already",
        "0 suppressed from now on, 120 were already",
    ]


def test_a_dry_run_reads_nothing_in(full, command):
    result = command("setup", "--dry-run", "--json")

    assert {step["state"] for step in lists(result)} == {"would do"}
    assert full.upkeep.store.standing == {}


def test_pages_are_a_second_apart(full, command):
    waits: list[float] = []
    command("setup", "--yes", sleep=waits.append)
    assert waits == [1.0, 1.0]


def test_an_interrupted_list_is_told_and_read_from_its_beginning_the_next_time(full, command):
    full.refuse("DescribeOptedOutNumbers", "AccessDeniedException")
    first = command("setup", "--yes", "--json")
    assert first.code == 1
    emails, numbers = lists(first)
    assert emails["state"] == "done"
    assert "sms-voice:DescribeOptedOutNumbers" in numbers["why"]

    full.carrier.rules.replace([])
    second = command("setup", "--yes", "--json")
    assert second.code == 0
    assert [step["state"] for step in lists(second)] == ["already so", "done"]


def test_where_the_deployment_gives_no_answer_the_rest_is_done(full, command):
    full.failing = refused("AccessDeniedException", "Invoke")
    result = command("setup", "--yes", "--json")

    assert result.code == 1
    (unknown,) = lists(result)
    assert unknown["state"] == "failed"
    assert "needs lambda:InvokeFunction" in unknown["why"]
    others = {step["state"] for step in result.json()["steps"] if step["name"] != unknown["name"]}
    assert "failed" not in others


def test_nothing_that_is_read_is_shown(full, command):
    result = command("setup", "--yes")
    assert "@example.com" not in result.out.replace("bounce.mail.example.com", "")
    assert "+1415555" not in result.out
