"""What the stream of the messages brings, told on; a batch that fails is brought again whole."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from outbound.adapters.dynamodb.stream import written_of
from outbound.adapters.log import logger, quietly
from outbound.adapters.signals import LoggedSignals
from outbound.flow.telling import tell
from outbound.wiring import webhooks as wiring

if TYPE_CHECKING:
    from aws_lambda_powertools.utilities.typing import LambdaContext


@quietly
def handler(event: dict[str, Any], context: LambdaContext) -> None:
    unreadable = partial(LoggedSignals().count, "UnreadableChanges")
    told = tell(written_of(event, unreadable), wiring.telling())
    logger().info("told", records=len(event["Records"]), events=told)
