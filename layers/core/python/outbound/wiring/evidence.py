"""Evidence of a message."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from outbound.wiring import catalog, process, stores

if TYPE_CHECKING:
    from outbound.flow.evidence import EvidencePorts


@cache
def evidence() -> EvidencePorts:
    """What evidence is gathered with."""
    from outbound.adapters.templates.renderer import JinjaRenderer
    from outbound.flow.evidence import EvidencePorts

    return EvidencePorts(
        clock=process.clock,
        secret=process.secret(),
        messages=stores.messages(),
        ledger=stores.ledger(),
        templates=catalog.templates(),
        renderer=JinjaRenderer(),
        coupons=catalog.coupon_pools(),
        pages_url=process.settings().pages_url,
    )
