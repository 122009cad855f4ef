"""Senders of tenants: how they are set, who is told of them, and the rights that follow."""

import json
from collections.abc import Callable
from string import ascii_uppercase
from typing import Any

import pytest

from infra.config import load
from infra.config_error import ConfigError
from infra.room import ROOM
from tests.infra.template import Template, actions, listed

CLINIC = {"from": "Clinic <hello@clinic.org>", "also": ["news@clinic.org", "lab@clinic.net"]}
TENANTS = {"clinic": CLINIC, "bank": {"from": '"Bank, Vienna" <Desk@Bank.example.org>'}}
ENVIRONMENT = 4096
"""Bytes that Lambda allows."""


@pytest.fixture(scope="module")
def built(synthesize_settings: Callable[..., Any]) -> Any:
    from tests.infra.conftest import CONTEXT

    settings = json.loads(json.dumps(CONTEXT["environments"]))
    settings["prod"]["email"]["tenants"] = TENANTS
    return synthesize_settings("prod", settings)


def _variables(service: Template, function: str) -> dict[str, Any]:
    found = service.named("AWS::Lambda::Function", function)["Environment"]["Variables"]
    assert isinstance(found, dict)
    return found


@pytest.mark.parametrize(
    ("tenants", "sentence"),
    [
        ({"Clinic": CLINIC}, 'email.tenants.Clinic.[key] is "Clinic": it must match ^[a-z0-9]'),
        ({"a b": CLINIC}, 'email.tenants.a b.[key] is "a b": it must match'),
        ({"x" * 41: CLINIC}, "it must match ^[a-z0-9]"),
        ({"clinic": {}}, "email.tenants.clinic.from is missing: set it in cdk.json"),
        (
            {"clinic": {"from": "Clinic"}},
            'email.tenants.clinic.from is "Clinic": it must be a mail address such as Clinic <',
        ),
        (
            {"clinic": {"from": "Clinic\r\nBcc: x@y.org <a@b.org>"}},
            "it must be a mail address such as Clinic <hello@clinic.org>",
        ),
        ({"clinic": {"from": "Ward 3, Clinic <a@b.org>"}}, "a name with any of ()[]:;@, in quotes"),
        (
            {"clinic": {**CLINIC, "also": ["News <news@clinic.org>"]}},
            'email.tenants.clinic.also.0 is "News <news@clinic.org>": it must be a mail address '
            "without a name, such as news@clinic.org",
        ),
        ({"clinic": {**CLINIC, "also": "a@b.org"}}, "email.tenants.clinic.also is"),
        (
            {"clinic": {**CLINIC, "alsoo": []}},
            "email.tenants.clinic.alsoo is not a setting: use also in cdk.json",
        ),
        (
            {"also": {**CLINIC, "form": "a@b.org"}},
            "email.tenants.also.form is not a setting: use f",
        ),
        (["clinic"], "email.tenants is"),
    ],
)
def test_a_wrong_sender_is_told_with_its_place(
    environments: dict[str, Any], tenants: object, sentence: str
) -> None:
    environments["prod"]["email"]["tenants"] = tenants

    with pytest.raises(ConfigError) as error:
        load("prod", environments)

    assert sentence in str(error.value)
    assert "\n" not in str(error.value)
    assert "cdk.json" in str(error.value)


def test_every_function_that_must_know_is_told_the_senders(built: Any, service: Template) -> None:
    told = {
        name: function["Environment"]["Variables"]["OUTBOUND_EMAIL_SENDERS"]
        for name, function in built.service.of("AWS::Lambda::Function").items()
        if "OUTBOUND_EMAIL_SENDERS" in function["Environment"]["Variables"]
    }

    assert len(told) == 9
    assert {name.rstrip("0123456789ABCDEF") for name in told} == {
        "Intake",
        "RulesFunction",
        "ExpandFunction",
        "RemindersFunction",
        "ImportsFunction",
        "Manage",
        "DeliverEmail",
        "InboundFunction",
        "Pages",
    }
    assert [json.loads(text) for text in set(told.values())] == [
        {
            "clinic": ["Clinic <hello@clinic.org>", "news@clinic.org", "lab@clinic.net"],
            "bank": ['"Bank, Vienna" <Desk@bank.example.org>'],
        }
    ]
    assert "OUTBOUND_EMAIL_SENDERS" not in json.dumps(service.body)


def test_email_may_be_sent_from_exactly_the_identities_that_are_set(
    built: Any, service: Template
) -> None:
    assert _identities(service) == ["example.com", "hello@example.com"]
    assert _identities(built.service) == [
        "Desk@bank.example.org",
        "bank.example.org",
        "clinic.net",
        "clinic.org",
        "example.com",
        "hello@clinic.org",
        "hello@example.com",
        "lab@clinic.net",
        "news@clinic.org",
    ]


def _identities(service: Template) -> list[str]:
    (send,) = [
        found
        for found in service.statements("DeliverEmailRole")
        if "ses:SendEmail" in listed(found["Action"])
    ]
    names = [resource["Fn::Join"][1][-1] for resource in send["Resource"]]
    assert actions([send]) == {"ses:SendEmail"}
    sets = [name for name in names if not isinstance(name, str)]
    assert len(sets) == 1
    return sorted(name.rpartition(":identity/")[2] for name in names if isinstance(name, str))


def test_doctor_is_told_the_addresses_in_as_many_outputs_as_it_takes(
    synthesize_settings: Callable[..., Any], environments: dict[str, Any]
) -> None:
    also = [f"sender-number-{number}@a-clinic.example.org" for number in range(34)]
    environments["prod"]["email"]["tenants"] = {"c": {"from": "C <c@clinic.org>", "also": also}}

    outputs = synthesize_settings("prod", environments).service.body["Outputs"]

    texts = [found["Value"] for name, found in outputs.items() if name.startswith("EmailSenders")]
    assert len(texts) == 2
    assert max(map(len, texts)) <= 1024
    assert " ".join(texts).split() == sorted(["c@clinic.org", *also])


def _full(size: int) -> dict[str, Any]:
    """Senders that take so many bytes, about, and no more."""
    count = size // 62
    return {
        f"tenant-{n:02}": {"from": f"Tenant <hello@tenant-{n:02}.example>"} for n in range(count)
    }


def _many_prices() -> dict[str, Any]:
    countries = [a + b for a in "AB" for b in ascii_uppercase][:36]
    return {"sms_part_usd": {country: {"amount": "0.01"} for country in countries}}


def test_too_many_senders_are_told_before_anything_is_deployed(
    environments: dict[str, Any],
) -> None:
    environments["prod"]["email"]["tenants"] = _full(2 * ROOM)

    with pytest.raises(ConfigError) as error:
        load("prod", environments)

    assert "environments.prod.prices and environments.prod.email.tenants take" in str(error.value)
    assert "has room for 1,500: remove what nobody needs from cdk.json" in str(error.value)
    assert "\n" not in str(error.value)


def test_prices_and_senders_share_their_room(environments: dict[str, Any]) -> None:
    environments["prod"]["email"]["tenants"] = _full(ROOM - 100)
    assert load("prod", environments)
    environments["prod"]["prices"] = _many_prices()

    with pytest.raises(ConfigError, match="has room for 1,500"):
        load("prod", environments)


@pytest.mark.parametrize("share", [0, 400, ROOM], ids=["prices", "both", "senders"])
def test_what_fits_the_room_fits_the_environment_of_every_function(
    synthesize_settings: Callable[..., Any], environments: dict[str, Any], share: int
) -> None:
    environments["prod"]["email"]["tenants"] = _full(share)
    if share < ROOM:
        environments["prod"]["prices"] = _many_prices()

    service = synthesize_settings("prod", environments).service

    for name, function in service.of("AWS::Lambda::Function").items():
        variables = {
            key: _longest(value) for key, value in function["Environment"]["Variables"].items()
        }
        assert len(json.dumps(variables, separators=(",", ":")).encode()) < ENVIRONMENT, name


def _longest(value: Any) -> str:
    """A variable with what CloudFormation puts in, as long as it gets in the longest region."""
    if isinstance(value, str):
        return value
    if "Fn::Join" in value:
        return "".join(map(_longest, value["Fn::Join"][1]))
    named = "Outbound-prod-Data-" + str(next(iter(value.values()))).rpartition("Ref")[2]
    if "Ref" in value:
        return f"https://sqs.ap-southeast-2.amazonaws.com/123456789012/{named}-1A2B3C4D5E6F"
    return f"arn:aws:secretsmanager:ap-southeast-2:123456789012:secret:{named[-40:]}-AbCdEf"
