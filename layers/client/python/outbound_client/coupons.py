"""Coupon pools: codes of which each message gets one of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outbound_client.models import AddedCodes, CouponImport, CouponPool
from outbound_client.requests import body_of, path_to

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from outbound_client.connection import Connection

TOGETHER = 500


class CouponCalls:
    """The calls on coupon pools."""

    _api: Connection

    def put_coupon_pool(
        self, pool_id: str, *, expires_at: datetime | str | None = None
    ) -> CouponPool:
        """Make a pool, or change when it ends; without `expires_at` it never does."""
        body = body_of(expires_at=expires_at)
        return self._api.ask(CouponPool, "PUT", path_to("coupon-pools", pool_id), body=body)

    def get_coupon_pool(self, pool_id: str) -> CouponPool:
        """A pool: how many codes are free, and how far files are read."""
        return self._api.ask(CouponPool, "GET", path_to("coupon-pools", pool_id))

    def add_coupons(self, pool_id: str, codes: Sequence[str]) -> AddedCodes:
        """Add codes, 500 in a request; those that the pool has or had are left out."""
        path = f"{path_to('coupon-pools', pool_id)}/codes"
        done = [
            self._api.ask(
                AddedCodes, "POST", path, body={"codes": list(codes[start : start + TOGETHER])}
            )
            for start in range(0, len(codes), TOGETHER)
        ]
        return AddedCodes(
            added=sum(each.added for each in done), duplicates=sum(each.duplicates for each in done)
        )

    def import_coupons(self, pool_id: str, media_id: str) -> CouponImport:
        """Have an uploaded file of codes read in the background; the pool says how far it is."""
        path = f"{path_to('coupon-pools', pool_id)}/imports"
        return self._api.ask(CouponImport, "POST", path, body={"media_id": media_id})
