"""The keeping of coupons."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from outbound.wiring import catalog, files, process, queues

if TYPE_CHECKING:
    from outbound.flow.manage.coupons import CouponPorts


@cache
def coupon_ports() -> CouponPorts:
    """What the keeping of coupons works with."""
    from outbound.flow.manage.coupons import CouponPorts

    return CouponPorts(
        process.clock,
        catalog.coupon_pools(),
        catalog.media(),
        files.media(),
        queues.upkeep(),
    )
