"""`outbound setup` and `outbound doctor` in a deployed account, with one fault after another."""

import json
import os
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import boto3
import httpx
import pytest
from rich.console import Console
from rich.table import Table

from outbound_client.command import main
from outbound_client.command.surroundings import Surroundings
from tests.e2e.conftest import Started
from tests.e2e.faults import FAULTS, Fault


class Account:
    """The account of a local run: the part that the carrier plays, and the emulator's."""

    def __init__(self, folder: Any, carrier: str, aws: dict[str, Any]) -> None:
        self.folder = folder
        self._account = f"{carrier}/_carrier/account"
        self._rules = f"{carrier}/_carrier/rules"
        self._aws = aws
        self.well = httpx.get(self._account).json()

    def client(self, service: str) -> Any:
        return boto3.client(
            service,  # type: ignore[call-overload]
            endpoint_url=self._aws["endpoints"]["default"],
            region_name=self._aws["region"],
            **self._aws["credentials"],
        )

    def become(self, changes: dict[str, Any]) -> None:
        httpx.put(self._account, json=merged(self.well, changes)).raise_for_status()

    def rule(self, *rules: dict[str, Any]) -> None:
        httpx.put(self._rules, json={"rules": rules}).raise_for_status()


def merged(whole: dict[str, Any], changes: dict[str, Any]) -> dict[str, Any]:
    """The account with changes; mappings and the numbers are changed in part, else as a whole."""
    result = deepcopy(whole)
    for name, value in changes.items():
        if name == "numbers":
            result[name] = [merged(*each) for each in zip(result[name], value, strict=True)]
        elif isinstance(value, dict) and isinstance(result.get(name), dict):
            result[name] = merged(result[name], value)
        else:
            result[name] = value
    return result


@pytest.fixture(scope="module")
def account(folder: Path, started: Started) -> Account:
    started.wait()
    run = started.run
    return Account(folder, run.outbox_url.removesuffix("/outbox"), run.aws)


@pytest.fixture
def outbound(account: Account, capsys: pytest.CaptureFixture[str]) -> Iterator[Any]:
    def run(*arguments: str) -> tuple[int, Any, str]:
        around = Surroundings(environment=dict(os.environ), folder=account.folder)
        command = (*arguments, "--environment", "local", "--json")
        code = main(command, surroundings=around)
        printed = capsys.readouterr()
        return code, json.loads(printed.out) if printed.out else None, printed.err

    yield run
    account.become({})
    account.rule()


def checks(document: Any) -> dict[str, dict[str, str]]:
    return {check["name"]: check for check in document["checks"]}


def test_all_is_well_in_a_local_run_and_a_test_email_comes_back(outbound):
    code, document, err = outbound("doctor")

    open_ones = {name: one for name, one in checks(document).items() if one["state"] != "ok"}
    assert (code, open_ones, err) == (0, {}, "")
    assert document["environment"] == "local"


def test_each_fault_is_named_with_its_remedy(account, outbound, capsys):
    rows = []
    for fault in FAULTS:
        account.become(fault.changes)
        code, document, _ = outbound("doctor", "--no-send", "--channel", fault.channel)
        rows.append((fault, checks(document)[fault.check], code))

    with capsys.disabled():
        Console(width=160).print(table(rows))
    for fault, found, code in rows:
        assert found["state"] == fault.state, fault
        assert fault.remedy in (found["remedy"] or ""), (fault, found)
        assert code == (1 if fault.state == "problem" else 0), fault


def table(rows: list[tuple[Fault, dict[str, str], int]]) -> Table:
    shown = Table(title="What doctor says of each fault", title_justify="left")
    for name, width in (("planted", 30), ("found", 60), ("remedy", 60)):
        shown.add_column(name, width=width, no_wrap=True, overflow="ellipsis")
    for fault, found, _ in rows:
        shown.add_row(fault.planted, f"{found['state']}: {found['what']}", found["remedy"] or "")
    return shown


def test_what_lies_in_a_dead_letter_queue_and_an_alarm_that_rings_are_named(account, outbound):
    queues, alarms = account.client("sqs"), account.client("cloudwatch")
    (url,) = [url for url in queues.list_queues()["QueueUrls"] if "ReceiptsDead" in url]
    alarm = alarms.describe_alarms()["MetricAlarms"][0]["AlarmName"]
    queues.send_message(QueueUrl=url, MessageBody="a bug")
    alarms.set_alarm_state(AlarmName=alarm, StateValue="ALARM", StateReason="test")
    try:
        _, document, _ = outbound("doctor", "--channel", "platform")
    finally:
        queues.purge_queue(QueueUrl=url)
        alarms.set_alarm_state(AlarmName=alarm, StateValue="OK", StateReason="test")

    found = checks(document)
    assert "(Receipts 1)" in found["platform.dead-letters"]["what"]
    assert alarm in found["platform.ringing"]["what"]


def test_a_right_that_is_missing_is_named(account, outbound):
    error = {"error": "AccessDeniedException"}
    account.rule({"operation": "GetAccount", "answer": error})

    code, document, err = outbound("doctor", "--no-send", "--channel", "email")

    assert checks(document)["email.rate"]["what"] == "needs ses:GetAccount"
    assert code == 2
    assert "not checked" in err


def test_a_test_email_that_ses_refuses_is_named(account, outbound):
    account.rule({"operation": "SendBulkEmail", "answer": {"error": "ACCOUNT_SENDING_PAUSED"}})

    code, document, _ = outbound("doctor", "--channel", "email")

    assert "ACCOUNT_SENDING_PAUSED" in checks(document)["email.bulk"]["what"]
    assert code == 1


def test_setup_puts_right_what_it_can(account, outbound):
    account.become(
        {
            "email": {"suppressed": ["BOUNCE"]},
            "phone": {"voice_limit": {"enforced": 1}},
        }
    )
    broken, _, _ = outbound("doctor", "--no-send")

    _, done, _ = outbound("setup", "--yes")
    mended, _, _ = outbound("doctor", "--no-send")
    _, again, _ = outbound("setup", "--yes")

    assert (broken, mended) == (1, 0)
    changed = {step["name"]: step for step in done["steps"] if step["state"] == "done"}
    assert set(changed) == {"email.suppression", "voice.spend-limit"}
    limit = changed["voice.spend-limit"]
    assert (limit["before"], limit["after"]) == (1, 10)
    assert {step["state"] for step in again["steps"]} == {"already so"}
