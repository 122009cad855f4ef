"""Receipts, from the queue of receipts and from the delivery logs of SNS."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from outbound import wiring
from outbound.adapters.batch import work_off
from outbound.adapters.receipts.envelope import from_log_event, from_queue
from outbound.flow.feedback import receive

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aws_lambda_powertools.utilities.typing import LambdaContext


def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any] | None:
    ports = wiring.feedback()
    if "awslogs" in event:
        for receipt in from_log_event(event):
            receive(receipt, ports)
        return None

    def apply(record: Mapping[str, Any]) -> None:
        receipt, tries = from_queue(record["body"])
        if receipt is not None:
            receive(receipt, ports, tries=tries)

    return work_off(event, apply)
