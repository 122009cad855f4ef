"""The requests that schemathesis makes up from the document of the API, in a process of its own."""

import json
import os
import subprocess
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from infra.local.places import ROOT, SERVICE_STACK
from infra.local.running import PURPOSES, SCOPES, LocalRun

CONFIG = Path(__file__).parent / "fuzz/schemathesis.toml"
ASKED = tuple(each for each in SCOPES if not each.startswith("alerts:"))
"""What is made up must never be an alert: its workers and lanes are kept free for those."""
PHASES = "examples,fuzzing,stateful"
"""Without the edges of each field, thousands of requests: `make fuzz` tries those too."""
PATIENCE = 840


@dataclass(frozen=True)
class Fuzzed:
    """Whether it found nothing, what it printed, and how often which operation answered what."""

    clean: bool
    printed: str
    answered: Counter[tuple[str, str, str]]


@dataclass(frozen=True)
class Fuzzing:
    """It goes on."""

    process: subprocess.Popen[bytes]
    folder: Path

    def ended(self) -> Fuzzed:
        """Wait for its end: what came of it."""
        self.wait()
        rows = json.loads((self.folder / "counts.json").read_text())
        answered = Counter({(name, mode, status): count for name, mode, status, count in rows})
        clean = self.process.returncode == 0
        return Fuzzed(clean, (self.folder / "printed.txt").read_text(), answered)

    def wait(self) -> None:
        """Wait for its end, whatever comes of it."""
        self.process.wait(PATIENCE)


@contextmanager
def fuzzing(run: LocalRun, folder: Path) -> Iterator[Fuzzing]:
    """Begin it, in a folder of its own."""
    key = _key(run)
    # The first answer of a cold function takes longer than schemathesis waits for a document.
    httpx.get(f"{run.url}/v1/openapi.json", timeout=120).raise_for_status()
    with (folder / "printed.txt").open("wb") as printed:
        process = subprocess.Popen(
            [
                *(ROOT / ".venv/bin/schemathesis", "--config-file", CONFIG),
                *("run", f"{run.url}/v1/openapi.json", "--url", run.url),
                *("--phases", os.environ.get("OUTBOUND_FUZZ_PHASES", PHASES)),
            ],
            cwd=folder,
            env=os.environ
            | {
                "PYTHONPATH": str(ROOT),
                "OUTBOUND_FUZZ_URL": run.url,
                "OUTBOUND_FUZZ_KEY": key["secret"],
                "OUTBOUND_FUZZ_KEY_ID": key["id"],
                "OUTBOUND_FUZZ_COUNTS": str(folder / "counts.json"),
            },
            stdin=subprocess.DEVNULL,
            stdout=printed,
            stderr=subprocess.STDOUT,
        )
    with process:
        yield Fuzzing(process, folder)
        process.terminate()


def _key(run: LocalRun) -> dict[str, str]:
    """A key of a tenant of its own: the requests may revoke any other key of the tenant."""
    printed = subprocess.run(
        [
            *(ROOT / ".venv/bin/outbound", "keys", "create", "--json"),
            *("--tenant", "fuzz", "--name", "fuzz", "--mode", "test"),
            *("--scopes", *ASKED, "--purposes", *PURPOSES),
            *("--stack", SERVICE_STACK, "--endpoint-url", run.aws["endpoints"]["default"]),
        ],
        env=os.environ
        | {name.upper(): value for name, value in run.aws["credentials"].items()}
        | {"AWS_DEFAULT_REGION": run.aws["region"]},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    key: dict[str, str] = json.loads(printed)
    return key
