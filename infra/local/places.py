"""Where a local run lives: its folder, its ports, its AWS account."""

import os
import socket
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
INSTALLED = ROOT / ".local"
HOME = Path(os.environ.get("OUTBOUND_LOCAL", INSTALLED)).resolve()
"""Where a run keeps its state; a second one beside it needs a folder and ports of its own."""
STATE = HOME / "outbound.json"
HOST = "127.0.0.1"
REGION = "us-east-1"
ACCOUNT = "000000000000"
SERVICE_STACK = "Outbound-local"


class LocalRunError(Exception):
    """A local run can't go on; the text says why and what to do."""


@dataclass(frozen=True, slots=True)
class Places:
    """The two ports of a local run, and the addresses behind them.

    `sms_provider` takes the place of the one in cdk.json, `rate` that of each channel's rate.
    """

    emulator_port: int
    carrier_port: int
    sms_provider: str | None = None
    rate: str | None = None

    @property
    def emulator(self) -> str:
        return f"http://{HOST}:{self.emulator_port}"

    @property
    def carrier(self) -> str:
        return f"http://{HOST}:{self.carrier_port}"

    @property
    def outbox(self) -> str:
        return f"{self.carrier}/outbox"


def places() -> Places:
    return Places(
        _port("OUTBOUND_EMULATOR_PORT", 4566),
        _port("OUTBOUND_CARRIER_PORT", 4570),
        os.environ.get("OUTBOUND_SMS_PROVIDER") or None,
        os.environ.get("OUTBOUND_RATE_PER_SECOND") or None,
    )


def check_free(port: int, variable: str) -> None:
    """Raises LocalRunError when something already listens on the port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            raise LocalRunError(
                f"Port {port} is taken. Stop what uses it (`make stop`, if it is an earlier "
                f"local run), or choose another: {variable}={port + 100} make …"
            ) from None


def aws_environment(found: Places) -> dict[str, str]:
    """The variables that lead AWS's tools to the emulator, and nowhere else."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("AWS_") or name == "AWS_CA_BUNDLE"
    }
    return kept | {
        "AWS_ACCESS_KEY_ID": "local",
        "AWS_SECRET_ACCESS_KEY": "local",
        "AWS_REGION": REGION,
        "AWS_DEFAULT_REGION": REGION,
        "AWS_ENDPOINT_URL": found.emulator,
        "AWS_ENDPOINT_URL_S3": found.emulator,
        "AWS_EC2_METADATA_DISABLED": "true",
        "AWS_CONFIG_FILE": os.devnull,
        "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
        "CDK_DEFAULT_ACCOUNT": ACCOUNT,
        "CDK_DEFAULT_REGION": REGION,
    }


def _port(variable: str, usual: int) -> int:
    text = os.environ.get(variable, str(usual))
    if not text.isdecimal() or not 1024 <= int(text) <= 65535:
        raise LocalRunError(f"{variable} is {text!r}: set it to a port from 1024 to 65535.")
    return int(text)
