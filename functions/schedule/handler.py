"""The sweep of what is due."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from outbound import wiring
from outbound.adapters.log import logger, quietly
from outbound.flow.schedule import sweep

if TYPE_CHECKING:
    from aws_lambda_powertools.utilities.typing import LambdaContext

ENOUGH_FOR_A_MINUTE = 15_000
"""Milliseconds that must be left before another minute is begun."""


@quietly
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, int]:
    queued = sweep(
        wiring.schedule(),
        may_go_on=lambda: context.get_remaining_time_in_millis() > ENOUGH_FOR_A_MINUTE,
    )
    logger().info("swept", queued=queued)
    return {"queued": queued}
