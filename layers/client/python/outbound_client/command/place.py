"""Where to look: the account, the region, and for a local run the emulator in their stead."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from outbound_client.command.account import names
from outbound_client.command.failures import Failure

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Mapping

    from outbound_client.command.surroundings import Aws, Surroundings

LOCAL = "local"
_FILE = ".local/outbound.json"


@dataclass(frozen=True, slots=True)
class Place:
    """An environment and the way to it; `client` makes clients of AWS that repeat what failed."""

    environment: str
    region: str | None
    nameserver: str | None
    aws: Aws
    credentials: Mapping[str, str] = field(default_factory=dict)
    endpoints: Mapping[str, str] = field(default_factory=dict)

    @property
    def stack(self) -> str:
        """The stack with the outputs."""
        return f"Outbound-{self.environment}"

    @property
    def data_stack(self) -> str:
        """The stack with the tables."""
        return f"{self.stack}-Data"

    def client(self, service: str, *, at: str | None = None, **more: Any) -> Any:
        """A client of a service of AWS; `at` names another endpoint than the service's own."""
        endpoint = self.endpoints.get(at or service, self.endpoints.get("default"))
        more |= {"endpoint_url": endpoint} if endpoint else {}
        return self.aws(service, region_name=self.region, **self.credentials, **more)


def place_of(asked: Namespace, around: Surroundings) -> Place:
    """The place that the options mean; the environment `local` is the local run in this folder.

    Raises:
        Failure: there is no local run here, or the name server isn't one.
    """
    if asked.nameserver and not names.is_nameserver(asked.nameserver):
        raise Failure("--nameserver is an IP address, and a port if not 53: 127.0.0.1:4570.")
    if asked.environment == LOCAL:
        return _local(around, asked.nameserver)
    # boto3 reads AWS_DEFAULT_REGION alone, and Lambda and the other SDKs set and read AWS_REGION.
    region = asked.region or around.environment.get("AWS_REGION")
    return Place(asked.environment, region, asked.nameserver, around.aws_again)


def _local(around: Surroundings, nameserver: str | None) -> Place:
    try:
        found = json.loads((around.folder / _FILE).read_text(encoding="utf-8"))["aws"]
        return Place(
            LOCAL,
            found["region"],
            nameserver or found["nameserver"],
            around.aws_again,
            credentials=found["credentials"],
            endpoints=found["endpoints"],
        )
    except (OSError, ValueError, LookupError, TypeError):
        raise Failure(f"There is no local run in this folder ({_FILE}): make local.") from None
