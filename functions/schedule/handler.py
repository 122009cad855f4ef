"""The sweep of what is due, and the work on reminders that it and EventBridge Scheduler bring."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from outbound.adapters.batch import work_off
from outbound.adapters.log import logger, quietly
from outbound.adapters.sqs import task_of
from outbound.domain.task import Work
from outbound.flow.schedule import sweep
from outbound.wiring import reminders
from outbound.wiring import schedule as wiring

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aws_lambda_powertools.utilities.typing import LambdaContext

ENOUGH_FOR_A_MINUTE = 15_000
"""Milliseconds that must be left before another minute is begun."""


@quietly
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    if "Records" in event:
        return work_off(event, _tend)
    queued = sweep(
        wiring.schedule(),
        may_go_on=lambda: context.get_remaining_time_in_millis() > ENOUGH_FOR_A_MINUTE,
    )
    logger().info("swept", queued=queued)
    return {"queued": queued}


def _tend(record: Mapping[str, Any]) -> None:
    from outbound.flow.reminders.clearing import clear
    from outbound.flow.reminders.tending import tend

    task = task_of(record["body"])
    if task.work is Work.CLEAR:
        clear(task.id, reminders.tending())
    else:
        tend(task.tenant, task.id, reminders.tending())
