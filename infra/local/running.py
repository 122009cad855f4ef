"""A whole local run: emulator, carrier, deployment, a key; and its end."""

import json
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from email.utils import parseaddr
from pathlib import Path

from rich.console import Console

from infra.local import carrier_process, deploy, emulator, mending, processes
from infra.local.places import (
    HOME,
    ROOT,
    SERVICE_STACK,
    STATE,
    LocalRunError,
    Places,
    aws_environment,
)

SCOPES = ("messages:write", "messages:read", "templates:write", "templates:read", "keys:write")
PURPOSES = ("transactional", "informational", "healthcare", "marketing")


@dataclass(frozen=True, slots=True)
class LocalRun:
    """What a tool needs to use a local run; written to `.local/outbound.json`."""

    url: str
    api_key: str
    outbox_url: str


def start(found: Places, console: Console) -> LocalRun:
    """Start everything afresh."""
    stop()
    HOME.mkdir(mode=0o700, exist_ok=True)
    (HOME / "cdk.log").unlink(missing_ok=True)
    try:
        with _step(console, "Install the emulator of AWS"):
            emulator.install()
        with _step(console, "Start the emulator and the carrier simulator"):
            emulator.start(found)
            carrier_process.start(found)
        with _step(console, "Bootstrap the account (cdk bootstrap)"):
            deploy.bootstrap(found)
        with _step(console, "Deploy both stacks (cdk deploy)"):
            outputs = deploy.deploy(found)
            mending.mend(found, outputs["ApiId"])
        with _step(console, "Tell the carrier where receipts go, and make an API key"):
            _connect(found, outputs)
            key = _make_key(found)
    except BaseException:
        stop()
        raise
    url = f"{found.emulator}/_aws/execute-api/{outputs['ApiId']}/$default"
    run = LocalRun(url, key, found.outbox)
    _write(run)
    return run


def stop() -> list[str]:
    """Stop what runs; its names."""
    STATE.unlink(missing_ok=True)
    return [name for name in (carrier_process.NAME, emulator.NAME) if processes.stop(name)]


def _connect(found: Places, outputs: dict[str, str]) -> None:
    variables = deploy.function_variables(found)
    sets = {value for name, value in variables.items() if name.endswith("_CONFIGURATION_SET")}
    carrier_process.tell(
        found,
        sender_domain=parseaddr(variables["OUTBOUND_EMAIL_FROM"])[1].rpartition("@")[2],
        sets=sorted(sets),
        topics={
            "email": outputs["EmailReceiptsTopic"],
            "phone": outputs["PhoneReceiptsTopic"],
        },
    )


def _make_key(found: Places) -> str:
    command = [
        str(ROOT / ".venv/bin/outbound"),
        *("keys", "create", "--json", "--tenant", "demo", "--name", "local run", "--mode", "live"),
        *("--scopes", *SCOPES, "--purposes", *PURPOSES),
        *("--stack", SERVICE_STACK, "--endpoint-url", found.emulator),
    ]
    done = subprocess.run(
        command, env=aws_environment(found), capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise LocalRunError(f"No key could be made: {done.stderr.strip()}")
    return str(json.loads(done.stdout)["secret"])


def _write(run: LocalRun) -> None:
    handle = os.open(STATE, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w") as file:
        json.dump(asdict(run), file, indent=2)
    Path(STATE).chmod(0o600)


@contextmanager
def _step(console: Console, title: str) -> Iterator[None]:
    began = console.get_datetime()
    with console.status(f"{title} …"):
        yield
    seconds = (console.get_datetime() - began).total_seconds()
    console.print(f"[green]✓[/] {title} [dim]{seconds:.1f} s[/]", highlight=False)
