"""The carrier simulator as a process: started before the deployment, told of it afterwards."""

import sys
import urllib.request

import httpx

from infra.local import processes
from infra.local.places import ACCOUNT, REGION, ROOT, Places, aws_environment, check_free

NAME = "carrier"


def start(found: Places) -> None:
    """Start it and wait until it answers."""
    check_free(found.carrier_port, "OUTBOUND_CARRIER_PORT")
    command = [sys.executable, "-m", "infra.local.carrier", "--port", str(found.carrier_port)]
    environment = aws_environment(found) | {"PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
    processes.start(NAME, command, environment)
    processes.wait_until(NAME, lambda: _answers(found.outbox))


def tell(found: Places, *, domains: list[str], sets: list[str], topics: dict[str, str]) -> None:
    """Say what was deployed: where receipts go, who may send, which configuration sets exist."""
    logs = f"sns/{REGION}/{ACCOUNT}/DirectPublishToPhoneNumber"
    settings = {
        "endpoint": found.emulator,
        "region": REGION,
        "account": ACCOUNT,
        "topics": topics,
        "log_groups": {"success": logs, "failure": f"{logs}/Failure"},
        "identities": domains,
        "configuration_sets": sets,
    }
    httpx.put(f"{found.carrier}/_carrier/settings", json=settings).raise_for_status()


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=2):
            return True
    except OSError:
        return False
