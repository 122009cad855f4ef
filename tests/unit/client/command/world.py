"""An AWS account for the command: the carrier for what it plays, and a little of all else."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import cache
from io import BytesIO
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import boto3
from botocore.exceptions import ClientError

from infra.local.carrier import Carrier, Rule, Settings
from infra.local.carrier.hook import Hook
from infra.local.carrier.rules import Answer
from infra.local.carrier.settings import Topics
from outbound.adapters.api.upkeep_commands import serve
from tests.memory.upkeep import Upkeep
from tests.unit.client.command.account import (
    ACCOUNT,
    ARN,
    NO_MORE,
    REGION,
    SETTINGS,
    UPKEEP,
    stack,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

PLAYED = ("sesv2", "pinpoint-sms-voice-v2", "sns", "lambda")


@cache
def carrier_client(service: str) -> Any:
    return boto3.client(
        service,  # type: ignore[call-overload]
        region_name=REGION,
        aws_access_key_id="test",
        aws_secret_access_key="test",
    )


@dataclass
class World:
    """The services that the command asked for are in `asked`; `texts_of` is the DNS.

    The function of background work is there, over memory, unless it is `failing`.
    """

    carrier: Carrier = field(default_factory=Carrier)
    asked: list[str] = field(default_factory=list)
    texts_of: dict[str, list[str]] = field(default_factory=dict)
    stacks: dict[str, Any] = field(default_factory=dict)
    dead_letters: int = 0
    ringing: list[str] = field(default_factory=list)
    log: list[str] = field(default_factory=list)
    upkeep: Upkeep = field(default_factory=Upkeep)
    failing: Exception | None = None

    def __call__(self, service: str, **_: Any) -> Any:
        self.asked.append(service)
        if service == "lambda":
            return self._functions()
        return carrier_client(service) if service in PLAYED else getattr(self, f"_{service}")()

    def texts(self, name: str) -> list[str]:
        return self.texts_of.get(name, [])

    def deploy(self, told: dict[str, Any] = SETTINGS, outputs: Mapping[str, str] = NO_MORE) -> None:
        """Make both stacks, with what their outputs name."""
        self.stacks = {
            "Outbound-dev-Data": {"StackStatus": "CREATE_COMPLETE"},
            "Outbound-dev": stack(told=told, outputs=outputs),
        }
        self.carrier.settings = Settings(
            account=ACCOUNT,
            identities=("mail.example.com",),
            configuration_sets=("mails", "phone"),
            topics=Topics(email=f"{ARN}:email", phone=f"{ARN}:phone"),
        )
        self.texts_of = {
            "_dmarc.example.com": ["v=DMARC1; p=reject"],
            "bounce.mail.example.com": ["v=spf1 include:amazonses.com -all"],
        }

    def refuse(self, operation: str, code: str) -> None:
        """Let one operation answer with an error."""
        rule = Rule(operation=operation, answer=Answer(error=code))
        self.carrier.rules.replace([*self.carrier.rules.rules, rule])

    def _functions(self) -> Any:
        account = carrier_client("lambda").get_account_settings
        return SimpleNamespace(get_account_settings=account, invoke=self._invoke)

    def _invoke(self, FunctionName: str, Payload: bytes) -> Any:
        assert FunctionName == UPKEEP
        if self.failing is not None:
            raise self.failing
        ports = self.upkeep
        answer = serve(
            json.loads(Payload), lambda: ports.verify_ports, lambda: ports.import_ports, "request-1"
        )
        return {"Payload": BytesIO(json.dumps(answer).encode())}

    def _sts(self) -> Any:
        meta = SimpleNamespace(region_name=REGION)
        return SimpleNamespace(meta=meta, get_caller_identity=lambda: {"Account": ACCOUNT})

    def _cloudformation(self) -> Any:
        return SimpleNamespace(describe_stacks=self._describe_stacks)

    def _describe_stacks(self, StackName: str) -> Any:
        if StackName not in self.stacks:
            raise refused("ValidationError", "DescribeStacks")
        return {"Stacks": [self.stacks[StackName]]}

    def _sqs(self) -> Any:
        waiting = {"ApproximateNumberOfMessages": str(self.dead_letters)}
        return SimpleNamespace(get_queue_attributes=lambda **_: {"Attributes": waiting})

    def _cloudwatch(self) -> Any:
        alarms = {"MetricAlarms": [{"AlarmName": name} for name in self.ringing]}
        return SimpleNamespace(describe_alarms=lambda **_: alarms)

    def _logs(self) -> Any:
        return SimpleNamespace(
            filter_log_events=lambda **_: {"events": [{"message": line} for line in self.log]}
        )


def refused(code: str, operation: str) -> ClientError:
    return ClientError({"Error": {"Code": code, "Message": "No."}}, operation)


def connected(world: World) -> Any:
    """Let the clients of what the carrier plays end there; what returns undoes it."""
    hook = Hook(world.carrier)
    clients = [carrier_client(service) for service in PLAYED]
    for client in clients:
        client.meta.events.register("before-send", hook)

    def undo() -> None:
        for client in clients:
            client.meta.events.unregister("before-send", hook)

    return undo
