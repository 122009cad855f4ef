"""What providers report."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from outbound.wiring import permission, process, stores

if TYPE_CHECKING:
    from outbound.flow.feedback import Feedback


@cache
def feedback() -> Feedback:
    """What feedback works with."""
    from outbound.adapters.dynamodb.soft_bounces import DynamoSoftBounces
    from outbound.adapters.signals import LoggedSignals
    from outbound.adapters.sqs import SqsHeldReceipts
    from outbound.flow.feedback import Feedback

    held = SqsHeldReceipts(process.client("sqs"), process.settings().text("RECEIPTS_QUEUE"))
    return Feedback(
        clock=process.clock,
        messages=stores.messages(),
        suppressions=permission.mirrored(),
        soft_bounces=DynamoSoftBounces(process.table("CONTACTS"), process.secret()),
        gate=permission.gate(),
        correlation=stores.correlation(),
        held=held,
        signals=LoggedSignals(),
    )
