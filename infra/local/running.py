"""A whole local run: emulator, carrier, deployment, a key; and its end."""

import json
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from rich.console import Console

from infra.local import carrier_process, deploy, emulator, mending, processes
from infra.local.places import (
    HOME,
    HOST,
    REGION,
    ROOT,
    SERVICE_STACK,
    STATE,
    LocalRunError,
    Places,
    aws_environment,
)
from infra.senders import domain_of

SCOPES = (
    "messages:write",
    "messages:read",
    "templates:write",
    "templates:read",
    "keys:write",
    "media:write",
    "media:read",
    "contacts:write",
    "contacts:read",
    "contacts:erase",
    "contacts:export",
    "rules:write",
    "rules:read",
    "suppressions:write",
    "suppressions:read",
    "segments:write",
    "segments:read",
    "programmes:write",
    "programmes:read",
    "settings:write",
    "settings:read",
    "stats:read",
    "budgets:write",
    "budgets:read",
    "testers:write",
    "testers:read",
    "campaigns:write",
    "campaigns:read",
    "campaigns:launch",
    "reminders:write",
    "reminders:read",
    "coupons:write",
    "coupons:read",
    "webhooks:write",
    "webhooks:read",
    "alerts:write",
    "alerts:read",
    "alerts:approve",
)
PURPOSES = ("transactional", "informational", "healthcare", "marketing", "emergency")


@dataclass(frozen=True, slots=True)
class LocalRun:
    """What a tool needs to use a local run; written to `.local/outbound.json`."""

    url: str
    api_key: str
    outbox_url: str
    aws: dict[str, Any] = field(default_factory=dict)


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
        url = f"{found.emulator}/_aws/execute-api/{outputs['ApiId']}/$default"
        run = LocalRun(url, key, found.outbox, _aws(found))
        _write(run)
        with _step(console, "Set up the account (outbound setup)"):
            _set_up(found)
    except BaseException:
        stop()
        raise
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
        domains=_domains(outputs),
        sets=sorted(sets),
        topics={
            "email": outputs["EmailReceiptsTopic"],
            "phone": outputs["PhoneReceiptsTopic"],
        },
    )


def _domains(outputs: dict[str, str]) -> list[str]:
    """The domains that email is sent from."""
    named = [value for name, value in outputs.items() if name.startswith("EmailSenders")]
    senders = [json.loads(outputs["Settings"])["email"]["from"], *" ".join(named).split()]
    return sorted({domain_of(sender) for sender in senders})


def _aws(found: Places) -> dict[str, Any]:
    """How `outbound setup` and `outbound doctor` reach the emulator, and what plays the providers.

    The carrier plays SNS for them, of which the emulator knows no texts, and answers for Lambda's
    quota and the DNS, so that a fault can be planted there.
    """
    return {
        "region": REGION,
        "credentials": {"aws_access_key_id": "local", "aws_secret_access_key": "local"},
        "endpoints": {
            "default": found.emulator,
            **dict.fromkeys(("sesv2", "pinpoint-sms-voice-v2", "sns", "lambda"), found.carrier),
        },
        "nameserver": f"{HOST}:{found.carrier_port}",
    }


def _set_up(found: Places) -> None:
    # It looks for the run in `.local` of its folder, wherever this run keeps its state.
    with TemporaryDirectory() as folder:
        (Path(folder) / ".local").symlink_to(HOME)
        _outbound(found, "setup", "--environment", "local", "--yes", folder=Path(folder))


def _make_key(found: Places) -> str:
    printed = _outbound(
        found,
        *("keys", "create", "--json", "--tenant", "demo", "--name", "local run", "--mode", "live"),
        *("--scopes", *SCOPES, "--purposes", *PURPOSES),
        *("--stack", SERVICE_STACK, "--endpoint-url", found.emulator),
    )
    return str(json.loads(printed)["secret"])


def _outbound(found: Places, *arguments: str, folder: Path = ROOT) -> str:
    """What the command prints."""
    done = subprocess.run(
        [str(ROOT / ".venv/bin/outbound"), *arguments],
        env=aws_environment(found),
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        said = f"{done.stdout}{done.stderr}".strip()
        raise LocalRunError(f"outbound {arguments[0]} failed:\n{said}")
    return done.stdout


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
