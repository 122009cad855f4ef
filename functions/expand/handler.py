"""The work on campaigns and alerts: tasks of queues, and the sweep that queues them each minute."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from outbound.adapters.batch import work_off
from outbound.adapters.log import logger, quietly
from outbound.adapters.signals import LoggedSignals
from outbound.adapters.sqs import task_of
from outbound.domain.task import Work
from outbound.flow import reaching
from outbound.flow.alerts import sending
from outbound.flow.alerts import tending as alerting
from outbound.flow.expand import reviewing
from outbound.flow.expand.shards import work_on
from outbound.flow.expand.tending import sweep, tend
from outbound.flow.run_exports import keeping, working
from outbound.flow.stats import tell_doubt
from outbound.wiring import alerts, process, run_exports, segments, stores
from outbound.wiring import expand as wiring

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from aws_lambda_powertools.utilities.typing import LambdaContext

ENOUGH_FOR_A_STEP = 30_000
"""Milliseconds that must be left before another step of a shard is begun."""


@quietly
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    if "Records" in event:
        return work_off(event, partial(_work, may_go_on=_may_go_on(context)))
    queued = alerting.sweep(alerts.alert_sending()) + sweep(wiring.expand())
    queued += keeping.sweep(run_exports.keeping())
    tell_doubt(process.clock, stores.stats(), LoggedSignals())
    logger().info("swept", queued=queued)
    return {"queued": queued}


def _work(record: Mapping[str, Any], *, may_go_on: Callable[[], bool]) -> None:
    task = task_of(record["body"])
    if task.work is Work.ESTIMATE:
        reaching.work_on(task, segments.reach(), may_go_on=may_go_on)
    elif task.work is Work.ALERT:
        sending.work_on(task, alerts.alert_sending(), may_go_on=may_go_on)
    elif task.work is Work.TEND_ALERT:
        alerting.tend(task, alerts.alert_sending())
    elif task.work is Work.TEND:
        tend(task.tenant, task.id, wiring.expand(), may_go_on=may_go_on)
    elif task.work is Work.REVIEW:
        reviewing.work_on(task, wiring.expand(), may_go_on=may_go_on)
    elif task.work is Work.EXPORT:
        working.work_on(task, run_exports.working(), may_go_on=may_go_on)
    else:
        work_on(task, wiring.expand(), may_go_on=may_go_on)


def _may_go_on(context: LambdaContext) -> Callable[[], bool]:
    return lambda: context.get_remaining_time_in_millis() > ENOUGH_FOR_A_STEP
