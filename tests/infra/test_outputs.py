"""What the stack tells `outbound setup` and `outbound doctor`, which know no repository."""

import json
from typing import Any

import pytest

from outbound_client.command.deployed import read_outputs

LONGEST_NAME = 130
MOST = 1024
"""Bytes that CloudFormation lets an output hold."""


def _text(value: Any) -> str:
    """An output's value, with names of the greatest length where CloudFormation puts them."""
    if isinstance(value, str):
        return value
    if "Fn::Join" in value:
        separator, parts = value["Fn::Join"]
        return str(separator).join(_text(part) for part in parts)
    return "x" * LONGEST_NAME


@pytest.fixture(params=["prod", "local"])
def outputs(request: pytest.FixtureRequest) -> dict[str, str]:
    told = request.getfixturevalue(request.param).service.body["Outputs"]
    return {name: _text(output["Value"]) for name, output in told.items()}


def test_the_command_understands_the_outputs(outputs: dict[str, str]) -> None:
    told = [{"OutputKey": name, "OutputValue": value} for name, value in outputs.items()]
    deployed = read_outputs({"Outputs": told})

    assert deployed is not None
    assert deployed.settings.email.domain == "example.com"
    assert deployed.settings.voice.origination == "+12065550142"
    assert set(deployed.dead_letter_queues) == {
        "Sms",
        "Email",
        "Voice",
        "Receipts",
        "Inbound",
        "Schedule",
        "Upkeep",
        "Expand",
        "Imports",
        "Webhooks",
        "Rules",
        "Reminders",
    }


def test_an_output_is_never_too_long(outputs: dict[str, str]) -> None:
    assert [name for name, value in outputs.items() if len(value.encode()) > MOST] == []


def test_the_workers_are_those_of_the_event_sources(prod: Any) -> None:
    mappings = prod.service.of("AWS::Lambda::EventSourceMapping").values()
    at_once = sum(
        found["ScalingConfig"]["MaximumConcurrency"]
        for found in mappings
        if "ScalingConfig" in found
    )
    told = json.loads(_text(prod.service.body["Outputs"]["Settings"]["Value"]))

    assert told["workers"] == at_once
