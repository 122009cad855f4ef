"""Work in the background: a queue's tasks, the sweeps that queue them, an operator's commands."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from outbound.adapters.batch import work_off
from outbound.adapters.log import logger, quietly
from outbound.adapters.pace import at_pace
from outbound.adapters.sqs import task_of
from outbound.domain.task import Task, Work
from outbound.flow import erasing
from outbound.flow.manage import coupons
from outbound.flow.upkeep import anchoring, mirroring
from outbound.wiring import contacts, process
from outbound.wiring import upkeep as wiring
from outbound.wiring.coupons import coupon_ports

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from aws_lambda_powertools.utilities.typing import LambdaContext

ENOUGH_FOR_A_FILE = 20_000
"""Milliseconds that must be left before another anchor is begun."""


@quietly
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    if "Records" in event:
        return work_off(event, partial(_work, may_go_on=_may_go_on(context)))
    if "sweep" in event:
        return _sweep(str(event["sweep"]))
    # Imported where it is needed: pydantic is nothing for a worker to wait for.
    from outbound.adapters.api.upkeep_commands import serve

    return serve(event, wiring.verification, wiring.lists, context.aws_request_id)


def _work(record: Mapping[str, Any], *, may_go_on: Callable[[], bool]) -> None:
    task = task_of(record["body"])
    match task.work:
        case Work.ANCHOR:
            anchoring.anchor(date.fromisoformat(task.id), wiring.anchoring(), may_go_on=may_go_on)
        case Work.MIRROR:
            seconds = float(process.settings().text("MIRROR_SECONDS_EACH"))
            at_pace(partial(_mirror, task), seconds)
        case Work.COUPONS:
            coupons.work(task.tenant, task.id, coupon_ports(), may_go_on=may_go_on)
        case Work.ERASE:
            erasing.work(task.tenant, task.id, contacts.erasure())


def _mirror(task: Task) -> bool:
    return mirroring.mirror(task.tenant, task.id, wiring.mirroring())


def _sweep(what: str) -> dict[str, int]:
    if what == Work.ANCHOR:
        queued = len(anchoring.plan(wiring.anchoring()))
    else:
        queued = mirroring.sweep(wiring.mirroring())
    logger().info("swept", queued=queued, what=what)
    return {"queued": queued}


def _may_go_on(context: LambdaContext) -> Callable[[], bool]:
    return lambda: context.get_remaining_time_in_millis() > ENOUGH_FOR_A_FILE
