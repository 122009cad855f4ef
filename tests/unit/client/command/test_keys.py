from __future__ import annotations

import pytest
from botocore.exceptions import NoCredentialsError, NoRegionError, ReadTimeoutError

from tests.unit.client.conftest import KEY

CREATE = (
    *("keys", "create", "--tenant", "acme", "--name", "shop", "--mode", "live"),
    *("--scopes", "messages:write,messages:read", "templates:read"),
    *("--purposes", "transactional"),
)
COMMAND = {
    "command": "create_key",
    "tenant": "acme",
    "name": "shop",
    "mode": "live",
    "scopes": ["messages:write", "messages:read", "templates:read"],
    "purposes": ["transactional"],
}
MADE = {"ok": True, "key": KEY | {"secret": "ob_live_secret"}}
PROBLEM = {"status": 422, "code": "unknown_scope", "title": "No such scope", "detail": "No such."}


def test_the_function_is_found_by_its_stack_and_the_secret_shown_once(aws, outbound):
    aws.stack("Outbound-dev", ("ApiUrl", "https://x"), ("ManageFunction", "manage-1"))
    aws.manage("manage-1", COMMAND, MADE)

    result = outbound(*CREATE, environment={})

    assert result.code == 0
    assert result.out.count("ob_live_secret") == 1
    assert "only this once" in result.out
    assert aws.asked == [("cloudformation", None, None), ("lambda", None, None)]


def test_a_function_can_be_named(aws, outbound):
    aws.manage("manage-2", COMMAND, MADE)
    place = ("--function", "manage-2", "--region", "eu-west-1")

    result = outbound(*CREATE, *place, "--endpoint-url", "http://127.0.0.1:4566")

    assert result.code == 0
    assert aws.asked == [("lambda", "eu-west-1", "http://127.0.0.1:4566")]


def test_the_region_of_the_environment_is_used(aws, outbound):
    aws.manage("manage-2", COMMAND, MADE)

    outbound(*CREATE, "--function", "manage-2", environment={"AWS_REGION": "eu-north-1"})

    assert aws.asked == [("lambda", "eu-north-1", None)]


def test_json_is_the_key_alone(aws, outbound):
    aws.manage("manage-2", COMMAND, MADE)

    result = outbound(*CREATE, "--function", "manage-2", "--json")

    assert result.json() == KEY | {"secret": "ob_live_secret"}
    assert "only this once" in result.err
    assert "ob_live_secret" not in result.err


@pytest.mark.parametrize(
    ("expires", "instant"),
    [
        ("P90D", "2027-02-21T16:40:00.000Z"),
        ("P1W", "2026-11-30T16:40:00.000Z"),
        ("PT12H30M", "2026-11-24T05:10:00.000Z"),
        ("2027-01-31T00:00:00+02:00", "2027-01-30T22:00:00.000Z"),
    ],
)
def test_an_expiry_is_a_duration_or_an_instant(aws, outbound, expires, instant):
    aws.manage("manage-2", COMMAND | {"expires_at": instant}, MADE)

    assert outbound(*CREATE, "--function", "manage-2", "--expires", expires).code == 0


@pytest.mark.parametrize(
    "expires", ["P", "PT", "P1Y", "P1M", "90", "tomorrow", "2027-01-31T00:00:00", "P999999999999D"]
)
def test_an_expiry_that_is_not_exact_is_refused(outbound, expires):
    result = outbound(*CREATE, "--function", "manage-2", "--expires", expires)

    assert result.code == 2
    assert "P90D" in result.err


def test_a_key_is_revoked(aws, outbound):
    command = {"command": "revoke_key", "tenant": "acme", "id": "key_1"}
    revoked = KEY | {"revoked_at": "2026-11-24T00:00:00Z"}
    aws.manage("manage-2", command, {"ok": True, "key": revoked})

    result = outbound("keys", "revoke", "key_1", "--tenant", "acme", "--function", "manage-2")

    assert result.code == 0
    assert "2026-11-24T00:00:00Z" in result.out


def test_a_refusal_is_told(aws, outbound):
    aws.manage("manage-2", COMMAND, {"ok": False, "problem": PROBLEM})

    result = outbound(*CREATE, "--function", "manage-2")

    assert result.code == 1
    assert "unknown_scope" in result.err


def test_a_stack_of_something_else_is_told(aws, outbound):
    aws.stack("Shop", ("ApiUrl", "https://x"))

    result = outbound(*CREATE, "--stack", "Shop")

    assert result.code == 2
    assert "has no output ManageFunction" in result.err


def test_a_stack_that_is_not_there_is_told(aws, outbound):
    aws.stubs["cloudformation"].add_client_error(
        "describe_stacks", "ValidationError", "Stack with id Outbound-dev does not exist"
    )

    result = outbound(*CREATE)

    assert result.code == 1
    assert "Outbound-dev does not exist" in result.err


@pytest.mark.parametrize(
    ("answer", "more"),
    [
        ({"errorType": "KeyError", "errorMessage": "x"}, {"FunctionError": "Unhandled"}),
        (b"", {}),
        ([], {}),
    ],
)
def test_a_function_that_fails_is_told(aws, outbound, answer, more):
    aws.manage("manage-2", COMMAND, answer, **more)

    result = outbound(*CREATE, "--function", "manage-2")

    assert result.code == 3
    assert "manage-2 failed" in result.err


@pytest.mark.parametrize("answer", [{}, {"ok": True}, {"ok": False, "problem": None}])
def test_an_answer_without_a_key_is_a_refusal(aws, outbound, answer):
    aws.manage("manage-2", COMMAND, answer)

    assert outbound(*CREATE, "--function", "manage-2").code == 1


@pytest.mark.parametrize(
    ("error", "code", "hint"),
    [
        (NoRegionError(), 2, "--region"),
        (NoCredentialsError(), 2, "credentials"),
        (ReadTimeoutError(endpoint_url="http://127.0.0.1:4566"), 3, "timeout"),
    ],
)
def test_what_keeps_aws_away_is_told(aws, outbound, monkeypatch, error, code, hint):
    def fail(**_: object) -> None:
        raise error

    monkeypatch.setattr(aws.clients["lambda"], "invoke", fail)

    result = outbound(*CREATE, "--function", "manage-2")

    assert result.code == code
    assert hint in result.err
