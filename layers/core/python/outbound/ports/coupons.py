"""Coupon pools."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from outbound.domain.coupon import CouponImport, Pool, Standing

TOGETHER = 90
"""Codes that are added in one step."""


@dataclass(frozen=True, slots=True)
class Added:
    """How many codes were new, and how many the pool had already, given away or not."""

    added: int
    duplicates: int


class CouponPools(Protocol):
    """Pools of codes, by tenant. A code is in a pool once, and is given to one message."""

    def put(self, pool: Pool) -> bool:
        """Make a pool, or change until when it gives codes; whether it is new."""
        ...

    def get(self, tenant: str, pool_id: str) -> Standing | None:
        """A pool as it is now."""
        ...

    def seen(self, tenant: str, pool_id: str) -> Standing | None:
        """A pool as it was at most 5 seconds ago."""
        ...

    def add(
        self,
        tenant: str,
        pool_id: str,
        codes: Sequence[str],
        *,
        step: tuple[CouponImport, CouponImport] | None = None,
    ) -> Added | None:
        """Add those of at most `TOGETHER` different codes that are new, all at once or none.

        `step` is an import as it was and as it becomes with this, but for `added` and
        `duplicates`, which are counted here; None, and nothing is done, if it is no longer so.
        """
        ...

    def begin(self, tenant: str, pool_id: str, wanted: CouponImport) -> CouponImport:
        """Write an import down, or give back the one of this file that is there."""
        ...

    def found(self, tenant: str, pool_id: str, media_id: str) -> CouponImport | None:
        """An import as it is now."""
        ...

    def take(self, tenant: str, pool_id: str, message_id: str, now: datetime) -> str:
        """A code for a message: the same each time that it asks.

        Raises:
            NoCoupon: there is none; nothing was taken.
        """
        ...
