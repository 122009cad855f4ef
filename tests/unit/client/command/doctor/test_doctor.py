from __future__ import annotations

import json
from typing import Any

import pytest
from botocore.exceptions import EndpointConnectionError, NoCredentialsError, NoRegionError

from tests.unit.client.command.world import refused

SET_UP = ("setup", "--yes")
NO_SEND = ("doctor", "--no-send")


def states(result):
    return {check["name"]: check["state"] for check in result.json()["checks"]}


@pytest.fixture
def healthy(world, command):
    world.deploy()
    done = command(*SET_UP)
    assert done.code == 0, done.out
    return world


def test_an_account_that_was_set_up_is_well(healthy, command):
    result = command(*NO_SEND)

    assert result.code == 0, result.out
    assert "Outbound-dev in account 123456789012, us-east-1" in result.out
    assert "33 checks: 32 ok, 1 left out" in result.out
    assert result.err == ""


def test_json_has_every_check_with_its_remedy(healthy, command):
    healthy.refuse("GetAccount", "AccessDeniedException")
    healthy.texts_of = {}

    result = command(*NO_SEND, "--channel", "email", "--json")

    told = {check["name"]: check for check in result.json()["checks"]}
    assert told["email.dmarc"]["state"] == "problem"
    assert "p=quarantine" in told["email.dmarc"]["remedy"]
    assert told["email.rate"] == {
        "name": "email.rate",
        "state": "not checked",
        "what": "needs ses:GetAccount",
        "remedy": None,
        "wait": None,
    }
    assert result.json()["counts"]["problem"] == 2


def test_problems_are_an_exit_code_of_their_own(healthy, command):
    healthy.texts_of = {}

    result = command(*NO_SEND)

    assert result.code == 1
    assert result.err == "outbound: 2 problems.\n"
    assert "→ Publish one: _dmarc.mail.example.com TXT" in result.out


def test_a_right_that_is_missing_leaves_its_checks_open_and_no_other(healthy, command):
    healthy.refuse("GetSMSAttributes", "AuthorizationError")

    result = command(*NO_SEND)

    assert result.code == 2
    assert "not checked  sms.reports: needs sns:GetSMSAttributes" in result.out
    assert "2 not checked" in result.err
    assert "Traceback" not in result.out + result.err


def test_only_the_channels_asked_for_are_looked_at(healthy, command):
    healthy.asked.clear()

    result = command(*NO_SEND, "--channel", "voice", "--json")

    assert {name.partition(".")[0] for name in states(result)} == {"voice"}
    assert not {"sesv2", "sns", "sqs"} & set(healthy.asked)


def test_before_the_first_deployment_it_says_what_is_missing(world, command):
    result = command(*NO_SEND)

    assert result.code == 1
    assert "The stack Outbound-dev-Data isn't here" in result.out
    assert "sms.reports: Outbound-dev isn't deployed" in result.out


def test_the_test_email_is_sent_as_bulk_and_its_receipt_waited_for(healthy, command):
    waits = []

    def feedback(seconds):
        waits.append(seconds)
        [sent] = healthy.carrier.outbox.items()
        line = {
            "probe": sent.tags["outbound_probe"],
            "event": "Delivery",
            "subject": sent.subject,
            "headers": {name.lower(): value for name, value in sent.headers},
        }
        healthy.log.append("START of something else")
        healthy.log.append(json.dumps(line))

    result = command("doctor", sleep=feedback)

    assert result.code == 0, result.out
    assert "ok           email.bulk" in result.out
    [sent] = healthy.carrier.outbox.items()
    assert sent.operation == "SendBulkEmail"
    assert sent.to[0].endswith("@simulator.amazonses.com")
    assert dict(sent.headers)["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert sent.configuration_set == "mails"
    assert waits == [2.0]


def test_a_receipt_that_never_comes_is_not_waited_for_for_ever(healthy, command):
    waits: list[float] = []

    result = command("doctor", sleep=waits.append)

    assert result.code == 1
    assert "hasn't come to the function feedback within 60 seconds" in result.out
    assert sum(waits) == 60


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("AccessDeniedException", "email.bulk: needs ses:SendBulkEmail"),
        ("SendingPausedException", "refused a bulk email to its own simulator: SendingPaused"),
    ],
)
def test_a_refused_test_email_is_told(healthy, command, code, told):
    healthy.refuse("SendBulkEmail", code)

    assert told in command("doctor").out


@pytest.mark.parametrize(
    ("error", "hint"),
    [
        (NoRegionError(), "--region"),
        (NoCredentialsError(), "sign in"),
        (EndpointConnectionError(endpoint_url="https://sts.example"), "sts.example"),
        (refused("AccessDenied", "GetCallerIdentity"), "AccessDenied"),
    ],
)
def test_without_a_way_to_aws_nothing_is_looked_at(command, error, hint):
    def no_way(service, **_):
        raise error

    result = command(*NO_SEND, aws_again=no_way)

    assert result.code == 2
    assert hint in result.err
    assert result.out == ""


def test_the_local_run_of_this_folder_is_found(healthy, command, tmp_path):
    (tmp_path / ".local").mkdir()
    aws = {
        "region": "us-east-1",
        "credentials": {"aws_access_key_id": "local", "aws_secret_access_key": "local"},
        "endpoints": {"default": "https://emulator", "sesv2": "https://carrier"},
        "nameserver": "127.0.0.1:4570",
    }
    (tmp_path / ".local/outbound.json").write_text(json.dumps({"aws": aws}))
    asked: dict[str, Any] = {}

    def client(service, **place):
        asked[service] = place
        return healthy(service)

    command("doctor", "--no-send", "--environment", "local", aws_again=client)

    assert asked["sesv2"]["endpoint_url"] == "https://carrier"
    assert asked["sts"]["endpoint_url"] == "https://emulator"
    assert asked["sts"]["aws_access_key_id"] == "local"


@pytest.mark.parametrize("content", [None, "{", "{}", '{"aws": {}}'])
def test_without_a_local_run_it_says_how_to_start_one(command, tmp_path, content):
    if content is not None:
        (tmp_path / ".local").mkdir()
        (tmp_path / ".local/outbound.json").write_text(content)

    result = command("doctor", "--environment", "local")

    assert result.code == 2
    assert "make local" in result.err
