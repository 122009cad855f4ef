"""A deployment in the emulator, for the tests of the deployed product."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

from infra.local.places import ROOT
from infra.local.running import LocalRun
from outbound_client import OutboundClient, Retry


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def command(
    name: str, folder: Path, ports: tuple[int, int], **more: str
) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if name != "CI"}
    environment |= {
        "OUTBOUND_LOCAL": str(folder),
        "OUTBOUND_EMULATOR_PORT": str(ports[0]),
        "OUTBOUND_CARRIER_PORT": str(ports[1]),
        **more,
    }
    return subprocess.run(
        [sys.executable, "-m", "infra.local", name],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )


@contextmanager
def deployed(folder: Path, **environment: str) -> Iterator[LocalRun]:
    ports = (free_port(), free_port())
    try:
        started = command("start", folder, ports, **environment)
        assert started.returncode == 0, started.stdout + started.stderr
        yield LocalRun(**json.loads((folder / "outbound.json").read_text()))
    finally:
        command("stop", folder, ports)


def client_of(run: LocalRun, key: str | None = None) -> OutboundClient:
    """A client that waits for a machine that has much else to do."""
    return OutboundClient(run.url, key or run.api_key, timeout=60, retry=Retry(attempts=20))


def outbox(run: LocalRun) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = httpx.get(f"{run.outbox_url}.json", timeout=60).json()["items"]
    return items


def eventually(true: Callable[[], bool], seconds: float) -> bool:
    end = time.monotonic() + seconds
    while not true():
        if time.monotonic() > end:
            return False
        time.sleep(0.2)
    return True
