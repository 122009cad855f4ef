"""The reading of imports: a queue's tasks, and the sweep that finds those nobody reads."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from outbound.adapters.batch import work_off
from outbound.adapters.log import logger
from outbound.adapters.sqs import task_of
from outbound.flow.imports.keeping import sweep
from outbound.flow.imports.working import work
from outbound.wiring import imports as wiring

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from aws_lambda_powertools.utilities.typing import LambdaContext

ENOUGH_FOR_A_STEP = 60_000
"""Milliseconds that must be left before another step is begun: its rows may be taken one by one."""


def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    if "Records" in event:
        return work_off(event, partial(_work, may_go_on=_may_go_on(context)))
    queued = sweep(wiring.contact_imports())
    logger().info("swept", queued=queued)
    return {"queued": queued}


def _work(record: Mapping[str, Any], *, may_go_on: Callable[[], bool]) -> None:
    task = task_of(record["body"])
    work(task.tenant, task.id, wiring.importing(), may_go_on=may_go_on)


def _may_go_on(context: LambdaContext) -> Callable[[], bool]:
    return lambda: context.get_remaining_time_in_millis() > ENOUGH_FOR_A_STEP
