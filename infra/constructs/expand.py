"""expand: turns campaigns into chunks, and looks after their runs until all are accounted for."""

from aws_cdk import aws_lambda as lambda_
from constructs import Construct

from infra.config import Config
from infra.constructs import hand_over
from infra.constructs.clock import call, called
from infra.constructs.foundation import Foundation
from infra.constructs.function import function
from infra.constructs.lanes import CHANNELS, Lanes
from infra.constructs.queue import dead_letter_queue, queue

TIMEOUT_SECONDS = 120
WORKERS, LOCAL_WORKERS = 16, 2
"""Shards that are read at the same time."""


def workers(config: Config) -> int:
    """How many workers of the queue may run at once."""
    return LOCAL_WORKERS if config.is_local else WORKERS


class Expand(Construct):
    def __init__(
        self, scope: Construct, name: str, *, foundation: Foundation, lanes: Lanes
    ) -> None:
        super().__init__(scope, name)
        self.dead_letters = dead_letter_queue(self, "Dead", key=foundation.key)
        self.queue = queue(self, "Queue", key=foundation.key, dead_letters=self.dead_letters)
        self.function = self._function(foundation, lanes)
        self.function.add_event_source_mapping(
            "Tasks",
            event_source_arn=self.queue.queue_arn,
            # A task may take all the time there is.
            batch_size=1,
            max_concurrency=workers(foundation.config),
            report_batch_item_failures=True,
        )
        clock = called(self, self.function, key=foundation.key, dead_letters=self.dead_letters)
        call(clock, "EachMinute", "rate(1 minute)", "The campaigns that are open")

    def _function(self, foundation: Foundation, lanes: Lanes) -> lambda_.Function:
        config = foundation.config
        return function(
            self,
            "Function",
            folder="expand",
            foundation=foundation,
            timeout=TIMEOUT_SECONDS,
            tables={
                "contacts": ["BatchGetItem", "Query"],
                "catalog": ["GetItem", "BatchGetItem", "PutItem", "DeleteItem", "Query"],
                "messages": ["BatchGetItem", "UpdateItem"],
                "runs": ["GetItem", "PutItem", "UpdateItem", "Query"],
            },
            sends_to=[self.queue, *(lanes.queues[channel, "bulk"] for channel in CHANNELS)],
            fed_by=[self.queue],
            reads_secret=True,
            environment={
                "OUTBOUND_EXPAND_QUEUE": self.queue.queue_url,
                "OUTBOUND_QUEUES": lanes.addresses,
                "OUTBOUND_MESSAGE_RETENTION_DAYS": str(config.retention.messages_days),
                **hand_over.permission_environment(config),
            },
        )
