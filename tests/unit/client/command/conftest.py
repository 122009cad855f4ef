"""The command, run in a folder and an environment of its own."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import boto3
import httpx
import pytest
from botocore.response import StreamingBody
from botocore.stub import Stubber

from outbound_client.command import main
from outbound_client.command.surroundings import Surroundings

if TYPE_CHECKING:
    from pathlib import Path

REMOTE = {"OUTBOUND_URL": "https://api.example.com", "OUTBOUND_API_KEY": "ob_test_secret"}


@dataclass
class Result:
    code: int
    out: str
    err: str

    def json(self) -> Any:
        return json.loads(self.out)


class Aws:
    """Stubbed clients of AWS, made as the command asks for them."""

    def __init__(self) -> None:
        made = {"region_name": "us-east-1", "aws_access_key_id": "a", "aws_secret_access_key": "b"}
        self.clients: dict[str, Any] = {
            name: boto3.client(name, **made)  # type: ignore[call-overload]
            for name in ("lambda", "cloudformation")
        }
        self.stubs = {name: Stubber(client) for name, client in self.clients.items()}
        self.asked: list[tuple[str, str | None, str | None]] = []
        for stub in self.stubs.values():
            stub.activate()

    def __call__(self, service: str, region: str | None, endpoint: str | None) -> Any:
        self.asked.append((service, region, endpoint))
        return self.clients[service]

    def stack(self, name: str, *outputs: tuple[str, str]) -> None:
        told = [{"OutputKey": key, "OutputValue": value} for key, value in outputs]
        stack = {"StackName": name, "CreationTime": datetime.now(UTC), "StackStatus": "X"}
        self.stubs["cloudformation"].add_response(
            "describe_stacks", {"Stacks": [stack | {"Outputs": told}]}, {"StackName": name}
        )

    def manage(self, name: str, command: dict[str, Any], answer: Any, **more: Any) -> None:
        content = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
        self.stubs["lambda"].add_response(
            "invoke",
            {
                "StatusCode": 200,
                "Payload": StreamingBody(io.BytesIO(content), len(content)),
                **more,
            },
            {"FunctionName": name, "Payload": json.dumps(command).encode()},
        )


@pytest.fixture
def aws():
    aws = Aws()
    yield aws
    for stub in aws.stubs.values():
        stub.assert_no_pending_responses()


@pytest.fixture
def outbound(api, aws, tmp_path: Path, capsys):
    def outbound(*arguments: str, environment: dict[str, str] = REMOTE) -> Result:
        surroundings = Surroundings(
            environment=environment,
            folder=tmp_path,
            now=lambda: datetime(2026, 11, 23, 16, 40, tzinfo=UTC),
            sleep=api.waits.append,
            transport=httpx.MockTransport(api),
            aws=aws,
        )
        try:
            code = main(arguments, surroundings=surroundings)
        except SystemExit as stopped:
            code = int(stopped.code or 0)
        return Result(code, *capsys.readouterr())

    return outbound
