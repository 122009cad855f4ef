"""Coupons: pools of codes, each of which one message gets."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

CODE = r"[A-Za-z0-9._-]{1,64}"
"""All of it one septet each in a text, and nothing to escape in a link."""
REHEARSED = "TEST-CODE"
"""What messages of test keys get: they take no code of anybody."""
CLAIM_KEPT = timedelta(days=400)
"""How long a message is known to have its code: longer than any is tried."""
_CODE = re.compile(CODE)


class NoCoupon(Exception):
    """There is no code for a message; `reason` says why: it is the message's then."""

    def __init__(self, reason: str):
        super().__init__(reason)
        self.reason = reason


EMPTY, OVER, GONE = "coupon_pool_empty", "coupon_pool_expired", "coupon_pool_gone"


@dataclass(frozen=True, slots=True)
class Pool:
    """A pool; from `expires_at` on it gives no codes."""

    tenant: str
    id: str
    created_at: datetime
    expires_at: datetime | None = None

    def over(self, at: datetime) -> bool:
        """Whether it gives no codes at this time."""
        return self.expires_at is not None and self.expires_at <= at


class ImportState(StrEnum):
    """Where the reading of a file is."""

    RUNNING = "running"
    FINISHED = "finished"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class CouponImport:
    """A file of codes and how far it is read: `lines` are those that are surely done.

    `invalid` lines hold no code. A failed one has its reason, and what it added stays.
    """

    media_id: str
    started_at: datetime
    state: ImportState = ImportState.RUNNING
    lines: int = 0
    added: int = 0
    duplicates: int = 0
    invalid: int = 0
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """A pool as it is: codes that were added and taken, the length of its longest code."""

    pool: Pool
    added: int
    taken: int
    longest: int
    imports: tuple[CouponImport, ...] = ()

    @property
    def free(self) -> int:
        """The codes that nobody has yet."""
        return self.added - self.taken


def codes_in(lines: Iterable[str]) -> tuple[list[str], int]:
    """The codes of some lines, the first column of each; and how many lines are none.

    Empty lines are nothing at all.
    """
    found, invalid = [], 0
    for line in lines:
        code = line.split(",", 1)[0].split(";", 1)[0].strip().strip('"').strip()
        if not line.strip():
            continue
        if _CODE.fullmatch(code):
            found.append(code)
        else:
            invalid += 1
    return found, invalid
