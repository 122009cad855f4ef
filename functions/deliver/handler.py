"""Messages and chunks from the queues of one channel, handed over at the lane's pace."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from outbound.adapters.batch import work_off
from outbound.adapters.log import quietly
from outbound.adapters.pace import at_pace
from outbound.adapters.sqs import chunk_of, ref_of
from outbound.flow.deliver import deliver, put_off
from outbound.wiring import deliver as wiring
from outbound.wiring import process

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from aws_lambda_powertools.utilities.typing import LambdaContext

    from outbound.domain.run import ChunkRef

ENOUGH_FOR_A_MESSAGE = 15_000
"""Milliseconds that must be left: a provider may take 12 seconds not to answer."""


@quietly
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    ports, seconds_each = wiring.deliver(), process.settings().seconds_each

    def may_go_on() -> bool:
        return context.get_remaining_time_in_millis() >= ENOUGH_FOR_A_MESSAGE

    def bring(record: Mapping[str, Any]) -> None:
        seconds = seconds_each[record["eventSourceARN"]]
        chunk = chunk_of(record["body"])
        if chunk is not None:
            _bring_chunk(chunk, seconds, may_go_on)
            return
        ref = ref_of(record["body"])
        if not may_go_on():
            put_off(ref, ports)
            return
        at_pace(lambda: deliver(ref, ports), seconds)

    return work_off(event, bring)


def _bring_chunk(chunk: ChunkRef, seconds: float, may_go_on: Callable[[], bool]) -> None:
    # Imported where it is needed: most messages are nobody's but their own.
    from outbound.flow.bulk.chunks import bring
    from outbound.flow.bulk.ports import Worker

    bring(chunk, wiring.bulk(), Worker(may_go_on, partial(at_pace, seconds=seconds)))
