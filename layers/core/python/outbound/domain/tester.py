"""Testers: people of the tenant who get tests of templates, once they have shown an address theirs.

The code that shows it follows from a secret and from when it was asked for, so it is kept nowhere
but in the message that tells it, and whoever repeats a step tells the same.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from outbound.domain.ids import keyed_number
from outbound.domain.words import Channel

if TYPE_CHECKING:
    from datetime import datetime

    from outbound.domain.address import Address

MOST_TESTERS = 20
MOST_TRIES = 5
DIGITS = 6
VALID_FOR = timedelta(minutes=30)
AGAIN_AFTER = timedelta(minutes=1)
"""Nobody gets codes faster than this."""


@dataclass(frozen=True, slots=True)
class Tester:
    """Somebody with an address; `asked_at` is when their last code was asked for."""

    id: str
    address: Address
    asked_at: datetime
    tries: int = 0
    verified_at: datetime | None = None

    @property
    def channel(self) -> Channel:
        """How they are told their code."""
        return Channel.EMAIL if self.address.kind == "email" else Channel.SMS

    @property
    def expires_at(self) -> datetime:
        """Until when their code is taken."""
        return self.asked_at + VALID_FOR


def code_of(secret: bytes, tenant: str, tester: Tester) -> str:
    """The code that a tester was told last."""
    parts = ("tester", tenant, tester.id, tester.address.value, tester.asked_at.isoformat())
    return f"{keyed_number(secret, *parts) % 10**DIGITS:0{DIGITS}}"


def takes_code(tester: Tester, now: datetime) -> bool:
    """Whether a code may still be tried."""
    return now < tester.expires_at and tester.tries < MOST_TRIES


def tried(tester: Tester, code: str, right: str, now: datetime) -> Tester:
    """The tester after a try; each counts, the right one too."""
    matches = hmac.compare_digest(code.encode(), right.encode())
    return replace(tester, tries=tester.tries + 1, verified_at=now if matches else None)
