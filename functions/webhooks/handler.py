"""Events on their way to webhooks, each alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from outbound.adapters.batch import work_off
from outbound.adapters.log import quietly
from outbound.adapters.webhooks.queue import delivery_of
from outbound.flow.webhooks import bring
from outbound.wiring import webhooks as wiring

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aws_lambda_powertools.utilities.typing import LambdaContext


@quietly
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    def work(record: Mapping[str, Any]) -> None:
        bring(delivery_of(record["body"]), wiring.webhook_ports())

    return work_off(event, work)
