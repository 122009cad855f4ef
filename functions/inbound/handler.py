"""Texts of people, from the queue of inbound texts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from outbound.adapters.batch import work_off
from outbound.adapters.log import quietly
from outbound.adapters.two_way import StrangeText, count_strange, read_text
from outbound.flow.inbound import hear
from outbound.wiring import inbound as wiring
from outbound.wiring import process

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aws_lambda_powertools.utilities.typing import LambdaContext


@quietly
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    ports = wiring.inbound()
    topic = process.settings().text("INBOUND_TOPIC")

    def listen(record: Mapping[str, Any]) -> None:
        try:
            text = read_text(record["body"], topic, process.clock.now())
        except StrangeText as strange:
            # It goes to the dead-letter queue: a no that can't be read must not be lost.
            count_strange(strange)
            raise
        if text is not None:
            hear(text, ports)

    return work_off(event, listen)
