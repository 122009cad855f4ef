"""A real `cdk deploy` into the emulator, and the little that the emulator forgets of it."""

import os
import subprocess
from pathlib import Path
from typing import Any

import boto3

from infra.local.places import (
    ACCOUNT,
    HOME,
    REGION,
    ROOT,
    SERVICE_STACK,
    LocalRunError,
    Places,
    aws_environment,
)

OUTPUT = HOME / "cdk.out"


def bootstrap(found: Places) -> None:
    # In a folder without our cdk.json it needs no synthesis of ours.
    _cdk(found, "bootstrap", f"aws://{ACCOUNT}/{REGION}", folder=HOME)


def deploy(found: Places) -> dict[str, str]:
    """Deploy both stacks; the outputs of the service stack."""
    _cdk(
        found,
        "deploy",
        "--all",
        "--require-approval=never",
        "--concurrency=2",
        f"--output={OUTPUT}",
    )
    stacks = aws("cloudformation", found)
    stack = stacks.describe_stacks(StackName=SERVICE_STACK)["Stacks"][0]
    return {output["OutputKey"]: output["OutputValue"] for output in stack.get("Outputs", [])}


def function_variables(found: Places) -> dict[str, str]:
    """The variables of the deliver functions together: what they were deployed with."""
    variables: dict[str, str] = {}
    for function in aws("lambda", found).list_functions()["Functions"]:
        if function["Handler"] == "functions.deliver.handler.handler":
            variables |= function["Environment"]["Variables"]
    return variables


def aws(service: str, found: Places) -> Any:
    """A client of a service of the emulator."""
    return boto3.client(
        service,  # type: ignore[call-overload]
        endpoint_url=found.emulator,
        region_name=REGION,
        aws_access_key_id="local",
        aws_secret_access_key="local",
    )


def _cdk(found: Places, *arguments: str, folder: Path = ROOT) -> None:
    cdk = ROOT / ".venv/bin/cdk"
    urls = {"carrier_url": found.carrier, "emulator_url": found.emulator}
    chosen = {"sms_provider": found.sms_provider, "rate_per_second": found.rate}
    given = {**urls, **{name: value for name, value in chosen.items() if value}}
    context = ["-c", "environment=local"]
    context += [part for name, value in given.items() for part in ("-c", f"{name}={value}")]
    environment = aws_environment(found) | {
        "PATH": f"{cdk.parent}:{os.environ['PATH']}",
        "CDK_DISABLE_CLI_TELEMETRY": "1",
    }
    log = HOME / "cdk.log"
    with log.open("ab") as written:
        done = subprocess.run(
            [str(cdk), *arguments, *context, "--no-notices", "--no-color", "--ci"],
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=written,
            stderr=subprocess.STDOUT,
            check=False,
        )
    if done.returncode:
        raise LocalRunError(f"cdk {arguments[0]} failed. The end of {log}:\n{_tail(log)}")


def _tail(log: Path) -> str:
    return "\n".join(log.read_text(errors="replace").splitlines()[-25:])
