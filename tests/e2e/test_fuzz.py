"""The whole API under requests that schemathesis makes up from its document."""

import json
import os
import subprocess
from collections import Counter
from pathlib import Path

import httpx
import pytest
from rich.console import Console
from rich.table import Table

from infra.local.places import ROOT, SERVICE_STACK
from infra.local.running import PURPOSES, SCOPES

CONFIG = Path(__file__).parent / "fuzz/schemathesis.toml"
FEWEST = 2000
ASKED = tuple(each for each in SCOPES if not each.startswith("alerts:"))
"""What is made up must never be an alert: its workers and lanes are kept free for those."""
PHASES = "examples,fuzzing,stateful"
"""Without the edges of each field, thousands of requests: `make fuzz` tries those too."""
MUST_BE_ACCEPTED = {
    "sendMessage": {"200", "202"},
    "sendMessages": {"200"},
    "getMessage": {"200"},
    "cancelMessage": {"200"},
    "putTemplate": {"200", "201"},
    "announceMedia": {"201"},
    "createKey": {"201"},
    "rotateKey": {"201"},
}


@pytest.fixture
def fuzz_key(run):
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
    return json.loads(printed)


@pytest.fixture
def fuzzed(run, fuzz_key, tmp_path):
    """What schemathesis says, and how often which operation was answered with what."""
    counts = tmp_path / "counts.json"
    # The first answer of a cold function takes longer than schemathesis waits for a document.
    httpx.get(f"{run.url}/v1/openapi.json", timeout=60).raise_for_status()
    done = subprocess.run(
        [
            *(ROOT / ".venv/bin/schemathesis", "--config-file", CONFIG),
            *("run", f"{run.url}/v1/openapi.json", "--url", run.url),
            *("--phases", os.environ.get("OUTBOUND_FUZZ_PHASES", PHASES)),
        ],
        cwd=tmp_path,
        env=os.environ
        | {
            "PYTHONPATH": str(ROOT),
            "OUTBOUND_FUZZ_URL": run.url,
            "OUTBOUND_FUZZ_KEY": fuzz_key["secret"],
            "OUTBOUND_FUZZ_KEY_ID": fuzz_key["id"],
            "OUTBOUND_FUZZ_COUNTS": str(counts),
        },
        capture_output=True,
        text=True,
        timeout=840,
        check=False,
    )
    return done, Counter({tuple(row[:3]): row[3] for row in json.loads(counts.read_text())})


@pytest.mark.timeout(900)
def test_no_made_up_request_meets_a_server_error_or_an_answer_that_is_not_described(fuzzed, capsys):
    done, answered = fuzzed
    with capsys.disabled():
        Console(width=100).print(table_of(answered))
    assert done.returncode == 0, done.stdout + done.stderr
    assert answered.total() >= FEWEST
    assert not [row for row in answered if int(row[2]) >= 500]
    accepted = {(name, status) for name, mode, status in answered if mode == "positive"}
    wanted = {(name, status) for name, each in MUST_BE_ACCEPTED.items() for status in each}
    assert wanted <= accepted


def table_of(answered: Counter[tuple[str, str, str]]) -> Table:
    table = Table("operation", "right requests", "wrong requests")
    for name in sorted({row[0] for row in answered}):
        cells = [
            ", ".join(
                f"{count} x {status}"
                for (each, of, status), count in sorted(answered.items())
                if (each, of) == (name, mode)
            )
            for mode in ("positive", "negative")
        ]
        table.add_row(name, *cells)
    table.add_section()
    table.add_row(f"{answered.total():,} requests")
    return table
