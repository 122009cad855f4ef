"""Events of other systems, from the queue that EventBridge fills."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from outbound.adapters.batch import work_off
from outbound.adapters.incoming_events import read_event
from outbound.adapters.log import quietly
from outbound.flow.rules import take
from outbound.wiring import rules as wiring

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aws_lambda_powertools.utilities.typing import LambdaContext


@quietly
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    ports = wiring.rule_ports()

    def hear(record: Mapping[str, Any]) -> None:
        # What can't be read as an event goes to the dead-letter queue.
        take(read_event(record["body"]), ports)

    return work_off(event, hear)
