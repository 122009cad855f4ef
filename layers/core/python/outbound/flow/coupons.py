"""The coupon of a message: a place is kept for it at intake, a code taken when it leaves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outbound.domain.coupon import EMPTY, OVER, REHEARSED
from outbound.domain.errors import refused_at
from outbound.domain.words import Mode

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from outbound.domain.content import Body
    from outbound.domain.message import Message
    from outbound.flow.intake import Request
    from outbound.flow.times import Times
    from outbound.ports import CouponPools

COUPON = "coupon"
PLACE = "/coupon_pool"


def expected(
    request: Request, tenant: str, times: Times, now: datetime, pools: CouponPools
) -> Mapping[str, str]:
    """What `coupon` is before there is one: as long as the longest code of the pool.

    Raises:
        Refusal: the message names a pool that has nothing for it.
    """
    if request.coupon_pool is None:
        return {}
    if COUPON in request.data:
        message = f"data must not have {COUPON}: bodies find the code of coupon_pool there."
        raise refused_at(f"/data/{COUPON}", "reserved_name", message)
    standing = pools.seen(tenant, request.coupon_pool)
    if standing is None:
        raise refused_at(PLACE, "unknown_coupon_pool", "There is no pool with this id.")
    if standing.pool.over(times.not_before or now):
        message = "The pool gives no more codes when the message is to leave."
        raise refused_at(PLACE, OVER, message)
    if not standing.free:
        raise refused_at(PLACE, EMPTY, "All codes of the pool are given; add some.")
    return {COUPON: "X" * standing.longest}


def coupon_for(
    message: Message, body: Body, now: datetime, pools: CouponPools
) -> Mapping[str, str]:
    """What `coupon` is in the bodies of a message that leaves.

    Raises:
        NoCoupon: the pool has none.
    """
    if body.coupon_pool is None:
        return {}
    if message.mode is Mode.TEST:
        return {COUPON: REHEARSED}
    return {COUPON: pools.take(message.tenant, body.coupon_pool, message.id, now)}
