"""What the command finds around it; tests put their own in place."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import httpx


def aws_client(service: str, region: str | None, endpoint: str | None) -> Any:
    """A boto3 client that asks once: a repeated request could make a second key."""
    import boto3
    from botocore.config import Config

    once = Config(connect_timeout=5, read_timeout=25, retries={"total_max_attempts": 1})
    make: Any = boto3.client
    return make(service, region_name=region, endpoint_url=endpoint, config=once)


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
