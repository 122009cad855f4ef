"""The ledger of a deployed product: anchored, verified by command; suppressions on AWS's lists."""

import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import boto3
import httpx
import pytest

from infra.local.running import LocalRun
from outbound.adapters.dynamodb.ledger import DynamoLedger
from outbound.adapters.dynamodb.table import Table
from outbound.domain.contact import ChainHead
from outbound.domain.ledger import Happening, Written, chained
from outbound_client.command import main
from outbound_client.command.surroundings import Surroundings
from tests.e2e.deployed import eventually

TENANT, CHAIN = "demo", "c0000000000000e2e"
HAPPENING = Happening("consent.granted", datetime(2024, 1, 1, tzinfo=UTC), "key_1")
YESTERDAY = datetime.now(UTC) - timedelta(days=1)


@dataclass
class Deployment:
    """The resources of a stack by the beginning of their logical ids."""

    run: LocalRun

    def client(self, service: str) -> Any:
        return boto3.client(
            service,  # type: ignore[call-overload]
            endpoint_url=self.run.aws["endpoints"]["default"],
            region_name=self.run.aws["region"],
            **self.run.aws["credentials"],
        )

    def resource(self, kind: str, prefix: str, stack: str = "Outbound-local") -> str:
        described = self.client("cloudformation").describe_stack_resources(StackName=stack)
        return next(
            str(each["PhysicalResourceId"])
            for each in described["StackResources"]
            if each["ResourceType"] == kind and each["LogicalResourceId"].startswith(prefix)
        )

    def sweep(self, what: str) -> None:
        function = self.resource("AWS::Lambda::Function", "Upkeep")
        payload = json.dumps({"sweep": what}).encode()
        answer = self.client("lambda").invoke(FunctionName=function, Payload=payload)
        assert "queued" in json.loads(answer["Payload"].read())

    @property
    def ledger(self) -> str:
        return self.resource("AWS::DynamoDB::Table", "Ledger", "Outbound-local-Data")


@pytest.fixture(scope="module")
def deployment(run: LocalRun) -> Deployment:
    return Deployment(run)


@pytest.fixture
def outbound(
    run: LocalRun, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> Callable[..., Any]:
    (tmp_path / ".local").mkdir()
    (tmp_path / ".local" / "outbound.json").write_text(json.dumps({"aws": run.aws}))

    def command(*arguments: str) -> tuple[int, Any]:
        around = Surroundings(environment=dict(os.environ), folder=tmp_path)
        code = main((*arguments, "--environment", "local", "--json"), surroundings=around)
        return code, json.loads(capsys.readouterr().out)

    return command


@pytest.fixture
def anchored(deployment: Deployment) -> Iterator[Deployment]:
    """A chain of yesterday, which is anchored."""
    ledger = DynamoLedger(Table(deployment.client("dynamodb"), deployment.ledger))
    entries, _ = chained(
        [HAPPENING] * 3,
        ChainHead(),
        tenant=TENANT,
        chain=CHAIN,
        secret=b"",
        salts=["a", "b", "c"],
        now=YESTERDAY,
    )
    assert ledger.append(TENANT, CHAIN, [Written(entry) for entry in entries])
    bucket = deployment.resource("AWS::S3::Bucket", "Anchors", "Outbound-local-Data")
    s3 = deployment.client("s3")
    deployment.sweep("anchor")
    prefix = f"{TENANT}/{YESTERDAY:%Y-%m-%d}-"
    assert eventually(
        lambda: "Contents" in s3.list_objects_v2(Bucket=bucket, Prefix=prefix), seconds=60
    )
    yield deployment
    for number in range(1, 4):
        key = {"pk": {"S": f"{TENANT}#{CHAIN}"}, "sk": {"S": f"{number:010d}"}}
        deployment.client("dynamodb").delete_item(TableName=deployment.ledger, Key=key)


def test_a_ledger_is_verified_and_a_removed_entry_is_found(
    anchored: Deployment, outbound: Callable[..., Any]
) -> None:
    code, document = outbound("ledger", "verify", "--tenant", TENANT)
    (tenant,) = document["tenants"]
    assert (code, tenant["faults"]) == (0, []), document
    assert tenant["looked_at"]["anchors"] >= 1

    key = {"pk": {"S": f"{TENANT}#{CHAIN}"}, "sk": {"S": "0000000002"}}
    anchored.client("dynamodb").delete_item(TableName=anchored.ledger, Key=key)

    code, document = outbound("ledger", "verify", "--tenant", TENANT)
    (tenant,) = document["tenants"]
    assert code == 1
    assert [(each["entry"], each["fault"]) for each in tenant["faults"]] == [(2, "missing")]


def test_a_suppression_comes_to_aws_list(deployment: Deployment) -> None:
    run, address = deployment.run, "bounced-for-good@example.com"
    answer = httpx.put(
        f"{run.url}/v1/suppressions",
        json={"email": address, "reason": "bounced", "source": "a letter came back"},
        headers={"Authorization": f"Bearer {run.api_key}"},
        timeout=30,
    )
    assert answer.status_code == 200, answer.text

    def listed() -> bool:
        deployment.sweep("mirror")
        account = httpx.get(run.outbox_url.removesuffix("/outbox") + "/_carrier/account").json()
        return address in account["email"]["addresses"]

    assert eventually(listed, seconds=120)


def test_lists_of_the_account_were_read_in_by_setup(outbound: Callable[..., Any]) -> None:
    code, document = outbound("setup")
    states = {step["what"]: step["state"] for step in document["steps"] if "lists" in step["name"]}
    assert code == 0
    assert len(states) == 2
    assert set(states.values()) == {"already so"}
