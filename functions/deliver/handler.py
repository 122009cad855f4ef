"""Messages from the queues of one channel, handed over to its provider."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from outbound import wiring
from outbound.adapters.batch import work_off
from outbound.adapters.sqs import ref_of
from outbound.flow.deliver import deliver

if TYPE_CHECKING:
    from aws_lambda_powertools.utilities.typing import LambdaContext


def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    ports = wiring.deliver()
    return work_off(event, lambda body: deliver(ref_of(body), ports))
