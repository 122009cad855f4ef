"""Coupon pools and their codes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outbound.adapters.api.answers import answer
from outbound.adapters.api.coupon_requests import (
    added_body,
    import_body,
    pool_body,
    read_codes,
    read_import,
    read_pool,
    read_pool_id,
)
from outbound.adapters.api.reading import body_of
from outbound.adapters.api.serve import caller
from outbound.domain.words import Scope
from outbound.flow.manage import coupons
from outbound.wiring import coupons as wiring

if TYPE_CHECKING:
    from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response


def routes(app: APIGatewayHttpResolver) -> None:
    """Add the routes of coupon pools."""

    @app.put("/v1/coupon-pools/<pool_id>")
    def put_pool(pool_id: str) -> Response[str]:
        key = caller(app, Scope.COUPONS_WRITE)
        expires_at = read_pool(body_of(app.current_event))
        kept = coupons.put(read_pool_id(pool_id), expires_at, key, wiring.coupon_ports())
        return answer(201 if kept.new else 200, pool_body(kept.standing))

    @app.get("/v1/coupon-pools/<pool_id>")
    def get_pool(pool_id: str) -> Response[str]:
        key = caller(app, Scope.COUPONS_READ)
        return answer(
            200, pool_body(coupons.find(read_pool_id(pool_id), key, wiring.coupon_ports()))
        )

    @app.post("/v1/coupon-pools/<pool_id>/codes")
    def post_codes(pool_id: str) -> Response[str]:
        key = caller(app, Scope.COUPONS_WRITE)
        codes = read_codes(body_of(app.current_event))
        return answer(
            200, added_body(coupons.add(read_pool_id(pool_id), codes, key, wiring.coupon_ports()))
        )

    @app.post("/v1/coupon-pools/<pool_id>/imports")
    def post_import(pool_id: str) -> Response[str]:
        key = caller(app, Scope.COUPONS_WRITE)
        media_id = read_import(body_of(app.current_event))
        begun = coupons.begin(read_pool_id(pool_id), media_id, key, wiring.coupon_ports())
        return answer(202, import_body(begun), {"Location": f"/v1/coupon-pools/{pool_id}"})
