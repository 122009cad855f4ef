"""Every environment variable, in one model. Each function reads the ones that it is given."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from outbound.domain.sender import Senders, parse
from outbound.domain.words import Channel

if TYPE_CHECKING:
    from collections.abc import Mapping


class MissingSetting(Exception):
    """An environment variable that this function needs isn't set."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The environment of a function. Asking for what isn't there raises MissingSetting."""

    variables: Mapping[str, str]

    def text(self, name: str) -> str:
        """OUTBOUND_`name`.

        Raises:
            MissingSetting: it isn't set.
        """
        value = self.optional(name)
        if value is None:
            raise MissingSetting(f"OUTBOUND_{name} is not set")
        return value

    def optional(self, name: str) -> str | None:
        """OUTBOUND_`name`, None where it is empty or not set."""
        return self.variables.get(f"OUTBOUND_{name}") or None

    @property
    def queues(self) -> Mapping[str, str]:
        """Queue URLs by channel and lane: {"sms.express": "https://…"}."""
        urls: dict[str, str] = json.loads(self.text("QUEUES"))
        return urls

    @property
    def rates(self) -> Mapping[Channel, float]:
        """The messages per second of each channel: {"sms": 10}."""
        rates: dict[str, float] = json.loads(self.text("RATES"))
        return {Channel(channel): rate for channel, rate in rates.items()}

    @property
    def seconds_each(self) -> Mapping[str, float]:
        """How long a worker takes for a message at least, by the ARN of the lane's queue.

        The variable holds it by lane: {"express": {"queue": "arn:…", "seconds_each": 0.5}}.
        """
        lanes = json.loads(self.text("LANES"))
        return {lane["queue"]: float(lane["seconds_each"]) for lane in lanes.values()}

    @property
    def together(self) -> int:
        """How many emails of a campaign go in one call; 0 where each goes alone."""
        return int(self.optional("EMAIL_TOGETHER") or 0)

    @property
    def senders(self) -> Senders:
        """Who sends email.

        The variable holds the tenants' own: {"clinic": ["Clinic <hello@clinic.org>", "…"]}.
        """
        own: dict[str, list[str]] = json.loads(self.optional("EMAIL_SENDERS") or "{}")
        return Senders(
            default=parse(self.text("EMAIL_FROM")),
            own={tenant: tuple(map(parse, senders)) for tenant, senders in own.items()},
        )

    @property
    def opt_out_lists(self) -> Mapping[str, list[str]]:
        """Opt-out lists of numbers, by tenant: {"*": ["Default"]}."""
        lists: dict[str, list[str]] = json.loads(self.text("OPT_OUT_LISTS"))
        return lists

    @property
    def two_way(self) -> str:
        """The numbers that people text to, by their digits, as JSON (`adapters/two_way.py`)."""
        return self.optional("TWO_WAY") or "{}"

    @property
    def event_sources(self) -> str:
        """Sources of events and their tenants, as JSON (`adapters/incoming_events.py`)."""
        return self.optional("EVENT_SOURCES") or "{}"

    @property
    def pages_url(self) -> str:
        """Where the pages are, or what is as long as that: nobody is told it."""
        region = self.variables.get("AWS_REGION", "us-east-1")
        some = f"https://{'x' * 10}.execute-api.{region}.amazonaws.com"
        return self.optional("PAGES_URL") or some

    @property
    def mms(self) -> bool:
        """Whether texts can have files."""
        return self.optional("MMS") == "true"

    @property
    def plain_webhooks(self) -> bool:
        """Whether webhooks may be without TLS, and on this machine: in a local run."""
        return self.optional("PLAIN_WEBHOOKS") == "true"

    @property
    def lease(self) -> timedelta:
        """How long a claim holds: longer than the function runs."""
        return timedelta(seconds=int(self.text("LEASE_SECONDS")))

    @property
    def retention(self) -> timedelta:
        """How long a message is kept."""
        return timedelta(days=int(self.text("MESSAGE_RETENTION_DAYS")))


def read() -> Settings:
    """The settings of this process."""
    return Settings(dict(os.environ))
