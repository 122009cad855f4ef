"""The keeping of segments, and estimates of them."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from outbound.wiring import catalog, permission, process, queues

if TYPE_CHECKING:
    from outbound.flow.manage.segments import SegmentPorts
    from outbound.flow.reaching import ReachPorts


@cache
def segment_ports() -> SegmentPorts:
    """What the keeping of segments works with."""
    from outbound.adapters.expressions.expressions import JinjaExpressions
    from outbound.flow.manage.segments import SegmentPorts

    return SegmentPorts(process.clock, catalog.segments(), JinjaExpressions())


@cache
def reach() -> ReachPorts:
    """What estimates of segments work with."""
    from outbound.adapters.dynamodb.estimates import DynamoEstimates
    from outbound.adapters.expressions.expressions import JinjaExpressions
    from outbound.flow.reaching import ReachPorts

    return ReachPorts(
        clock=process.clock,
        tokens=process.tokens,
        segments=catalog.segments(),
        expressions=JinjaExpressions(),
        estimates=DynamoEstimates(process.table("RUNS")),
        gate=permission.gate(),
        idempotency=catalog.idempotency(),
        tasks=queues.expand(),
    )
