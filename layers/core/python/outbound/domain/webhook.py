"""Webhooks: where a tenant is told of events, signed as Standard Webhooks wants it.

https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from outbound.domain.instant import seconds

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

MOST_WEBHOOKS = 10
MOST_SECRETS = 4
"""Each is another signature in every request."""
SECRET = "whsec_"
DELAYS = tuple(
    timedelta(seconds=each) for each in (5, 30, 120, 600, 1800, 3600, 7200, 14_400, 28_800)
)
"""After each failure of an event, the last one from then on."""
TRIED_FOR = timedelta(days=3)
LONGEST_BLOCK = timedelta(hours=1)
GONE = 410


class Ended(StrEnum):
    """Why a webhook is told nothing any more."""

    FAILING = "failing"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Secret:
    """A key of signatures; `until` is None for the one that stays."""

    value: str
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class LastTest:
    """What became of the last test: `failure` is None where it was taken."""

    event_id: str
    at: datetime
    failure: str | None


@dataclass(frozen=True, slots=True)
class Webhook:
    """An address of a tenant's that takes events.

    `failing_since` is when nothing was taken for the first time since something was, and
    `blocked_until` when it is tried again. `failure` is what it answered last.
    """

    tenant: str
    id: str
    url: str
    types: tuple[str, ...]
    secrets: tuple[Secret, ...]
    created_at: datetime
    updated_at: datetime
    version: int = 0
    failing_since: datetime | None = None
    blocked_until: datetime | None = None
    failure: str | None = None
    ended_at: datetime | None = None
    ended: Ended | None = None
    tested: LastTest | None = None

    def wants(self, kind: str) -> bool:
        """Whether it is told of events of this type."""
        return self.ended is None and kind in self.types


@dataclass(frozen=True, slots=True)
class Delivery:
    """An event on its way to a webhook, as the text that is signed and sent."""

    tenant: str
    webhook: str
    event_id: str
    body: str
    begun_at: datetime
    not_before: datetime
    attempt: int = 0
    test: bool = False


def secret_of(random: bytes) -> str:
    """A secret as Standard Webhooks writes it."""
    return SECRET + base64.b64encode(random).decode()


def rotated(webhook: Webhook, secret: str, until: datetime, now: datetime) -> tuple[Secret, ...]:
    """The secrets with a new one; those before go on until then, or until they would have."""
    older = (
        replace(each, until=min(each.until, until) if each.until else until)
        for each in current(webhook, now)
    )
    return (Secret(secret), *older)


def current(webhook: Webhook, now: datetime) -> tuple[Secret, ...]:
    """The secrets that still sign."""
    return tuple(each for each in webhook.secrets if each.until is None or each.until > now)


def headers_of(webhook: Webhook, delivery: Delivery, now: datetime) -> Mapping[str, str]:
    """Who it is from, when, and a signature by each secret, newest first."""
    stamp = str(seconds(now))
    signed = f"{delivery.event_id}.{stamp}.{delivery.body}".encode()
    signatures = (_signature(each.value, signed) for each in current(webhook, now))
    return {
        "Content-Type": "application/json",
        "User-Agent": "Outbound",
        "Webhook-Id": delivery.event_id,
        "Webhook-Timestamp": stamp,
        "Webhook-Signature": " ".join(signatures),
    }


def again(delivery: Delivery, now: datetime, *, at_least: timedelta | None = None) -> Delivery:
    """The delivery after a failure: later each time."""
    delay = DELAYS[min(delivery.attempt, len(DELAYS) - 1)]
    wait = max(delay, min(at_least, LONGEST_BLOCK)) if at_least else delay
    return replace(delivery, attempt=delivery.attempt + 1, not_before=now + wait)


def given_up(delivery: Delivery, now: datetime) -> bool:
    """Whether an event was tried for long enough."""
    return now - delivery.begun_at >= TRIED_FOR


def block(failing_since: datetime, now: datetime) -> datetime:
    """When a webhook that fails is tried again, whatever waits for it: a first failure is one
    event's, what lasts is the webhook's."""
    return now + min((now - failing_since) / 4, LONGEST_BLOCK)


def wanted_by(webhooks: Iterable[Webhook], kind: str) -> list[Webhook]:
    """Those that are told of events of a type."""
    return [each for each in webhooks if each.wants(kind)]


def _signature(secret: str, signed: bytes) -> str:
    key = base64.b64decode(secret.removeprefix(SECRET))
    return "v1," + base64.b64encode(hmac.digest(key, signed, hashlib.sha256)).decode()
