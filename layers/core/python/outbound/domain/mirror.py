"""The mirror: which suppressions stand in AWS's own lists too, and when that is tried again.

AWS's lists know no purpose, and SES's knows no tenant: what stands there stops everything. So only
what is meant so is mirrored. Email: an address that doesn't work, a complaint, and a no to
everything that holds for all tenants. Numbers: a no to everything, on the lists of the numbers that
it holds for; alerts have numbers and a list of their own.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from outbound.domain.suppression import ANY_TENANT, BROKEN, Reason

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from outbound.domain.address import Address
    from outbound.domain.suppression import Suppression

FIRST_DELAY = timedelta(minutes=1)
LONGEST_DELAY = timedelta(hours=6)
KEPT = timedelta(days=35)
"""A number may be opted in again once in 30 days; what fails for longer is let go."""
ERASED_KEPT = timedelta(days=3)
"""For how long a change of somebody who is erased may still name their address."""
STUCK = 5
"""Tries after which somebody must look: about half an hour."""
ANSWERED = timedelta(minutes=10)
"""What answers a STOP must leave before the number stands in AWS's list, which would stop it."""


class Listed(StrEnum):
    """As what an address stands in a list of AWS's."""

    BOUNCE = "BOUNCE"
    COMPLAINT = "COMPLAINT"
    OPT_OUT = "OPT_OUT"


@dataclass(frozen=True, slots=True)
class Erased:
    """By which erasure an address is to go, and since when."""

    tenant: str
    id: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Change:
    """An address whose suppressions have changed, until AWS's list says the same.

    `lifted` is set where something was taken back: only then is an address taken off a list, on
    which AWS itself may have put it. `erased` is set where whoever had the address was erased.
    """

    tenant: str
    key: str
    address: Address
    lifted: bool
    at: datetime
    due_at: datetime
    tries: int = 0
    erased: Erased | None = None

    @property
    def ends_at(self) -> datetime:
        """When it is let go, done or not."""
        last = self.at + KEPT
        return last if self.erased is None else min(last, self.erased.at + ERASED_KEPT)


class Answer(StrEnum):
    """What AWS makes of a change: done, not now, or never."""

    DONE = "done"
    LATER = "later"
    NEVER = "never"


def listed(
    address: Address, own: Iterable[Suppression], of_all: Iterable[Suppression]
) -> Listed | None:
    """As what an address should stand in AWS's list, by what stands against it for good.

    `own` are the suppressions of the tenant whose suppressions changed, `of_all` those of all.
    """
    own, of_all = _for_good(own), _for_good(of_all)
    if address.kind != "email":
        return Listed.OPT_OUT if any(map(_silences, (*own, *of_all))) else None
    reasons = {each.reason for each in (*own, *of_all)}
    if reasons & BROKEN:
        return Listed.BOUNCE
    silenced = Reason.COMPLAINED in reasons or any(map(_silences, of_all))
    return Listed.COMPLAINT if silenced else None


def concerns_lists(tenant: str, address: Address, suppression: Suppression) -> bool:
    """Whether AWS's lists may have to change with this suppression."""
    of_all = [suppression] if tenant == ANY_TENANT else []
    return listed(address, [suppression], of_all) is not None


def put_off(change: Change, now: datetime) -> Change:
    """The change after a try that failed: later each time."""
    delay = min(FIRST_DELAY * 2 ** min(change.tries, 20), LONGEST_DELAY)
    return replace(change, tries=change.tries + 1, due_at=min(now + delay, change.ends_at))


def hurried(change: Change, erased: Erased) -> Change:
    """The change of somebody who was erased: tried again at once, and not for long."""
    due_at = min(change.due_at, erased.at) if change.tries else change.due_at
    return replace(change, due_at=due_at, erased=erased)


def _silences(suppression: Suppression) -> bool:
    return suppression.purposes is None and suppression.reason not in BROKEN


def _for_good(suppressions: Iterable[Suppression]) -> list[Suppression]:
    return [each for each in suppressions if each.expires_at is None]
