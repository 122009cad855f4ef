"""Messages from the queues of one channel, handed over to its provider at the lane's pace."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from outbound import wiring
from outbound.adapters.batch import work_off
from outbound.adapters.pace import at_pace
from outbound.adapters.sqs import ref_of
from outbound.flow.deliver import deliver, put_off

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aws_lambda_powertools.utilities.typing import LambdaContext

ENOUGH_FOR_A_MESSAGE = 15_000
"""Milliseconds that must be left: a provider may take 12 seconds not to answer."""


def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    ports, seconds_each = wiring.deliver(), wiring.settings().seconds_each

    def bring(record: Mapping[str, Any]) -> None:
        ref = ref_of(record["body"])
        if context.get_remaining_time_in_millis() < ENOUGH_FOR_A_MESSAGE:
            put_off(ref, ports)
            return
        at_pace(lambda: deliver(ref, ports), seconds_each[record["eventSourceARN"]])

    return work_off(event, bring)
