"""Receipts, from the queue of receipts and from the logs of SNS; and what messages become."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from outbound.adapters.batch import work_off
from outbound.adapters.log import quietly
from outbound.adapters.receipts.envelope import from_log_event, from_queue
from outbound.flow.feedback import receive
from outbound.wiring import feedback as wiring
from outbound.wiring import stores

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aws_lambda_powertools.utilities.typing import LambdaContext


@quietly
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any] | None:
    if "dynamodb" in event.get("Records", [{}])[0]:
        _count(event)
        return None
    ports = wiring.feedback()
    if "awslogs" in event:
        for receipt in from_log_event(event):
            receive(receipt, ports)
        return None

    def apply(record: Mapping[str, Any]) -> None:
        # The queue is ours, so its name says which account is.
        account = record["eventSourceARN"].split(":")[4]
        receipt, tries = from_queue(record["body"], account)
        if receipt is not None:
            receive(receipt, ports, tries=tries)

    return work_off(event, apply)


def _count(event: Mapping[str, Any]) -> None:
    """What the stream of the messages brings; a batch that fails is brought again as a whole."""
    # Imported where it is needed: most events are receipts.
    from outbound.adapters.dynamodb.stream import batch_of, changes_of
    from outbound.adapters.signals import LoggedSignals
    from outbound.flow import counting, stats

    unreadable = partial(LoggedSignals().count, "UnreadableChanges")
    changes, batch = list(changes_of(event, unreadable)), batch_of(event)
    counting.count(changes, batch, stores.runs())
    stats.count(changes, batch, stores.stats(), LoggedSignals())
