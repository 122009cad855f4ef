"""What the command finds around it; tests put their own in place."""

from __future__ import annotations

import os
import sys
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from outbound_client.command.failures import REFUSED, Failure

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import httpx

    from outbound_client.command.account.names import Resolver


def aws_client(service: str, region: str | None, endpoint: str | None) -> Any:
    """A boto3 client that asks once: a repeated request could make a second key."""
    import boto3
    from botocore.config import Config

    once = Config(connect_timeout=5, read_timeout=25, retries={"total_max_attempts": 1})
    make: Any = boto3.client
    return make(service, region_name=region, endpoint_url=endpoint, config=once)


class Aws(Protocol):
    """Makes clients of AWS."""

    def __call__(self, service: str, **place: Any) -> Any:
        """A client of a service, by the arguments of `boto3.client`."""
        ...


def aws_again(service: str, *, read_timeout: float = 6, **place: Any) -> Any:
    """A boto3 client that repeats what failed: for what may be done twice."""
    import boto3
    from botocore.config import Config

    patient = Config(
        connect_timeout=3,
        read_timeout=read_timeout,
        retries={"mode": "standard", "total_max_attempts": 3},
    )
    make: Any = boto3.client
    return make(service, config=patient, **place)


def dns(nameserver: str | None) -> Resolver:
    """The DNS."""
    from outbound_client.command.account.names import Dns

    return Dns(nameserver)


def confirm(question: str) -> None:
    """Ask whoever sits there.

    Raises:
        Failure: they don't say yes, or nobody sits there.
    """
    if not sys.stdin.isatty():
        raise Failure("Say --yes to do it, or --dry-run to look: nobody is here to ask.")
    if input(f"{question} [y/N] ").strip().lower() not in ("y", "yes"):
        raise Failure("Nothing was done.", REFUSED)


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """The environment, the folder, the time, and the ways out."""

    environment: Mapping[str, str] = field(default_factory=lambda: os.environ)
    folder: Path = field(default_factory=Path.cwd)
    now: Callable[[], datetime] = _now
    sleep: Callable[[float], None] = time.sleep
    transport: httpx.BaseTransport | None = None
    aws: Callable[[str, str | None, str | None], Any] = aws_client
    aws_again: Aws = aws_again
    resolver: Callable[[str | None], Resolver] = dns
    confirm: Callable[[str], None] = confirm
