"""webhooks: brings events to the systems of tenants, and may do nothing else."""

from aws_cdk import aws_lambda as lambda_
from constructs import Construct

from infra.config import Config
from infra.constructs import access
from infra.constructs.bus import Bus
from infra.constructs.foundation import Foundation
from infra.constructs.function import function
from infra.constructs.queue import dead_letter_queue, queue
from outbound.adapters.dynamodb.webhooks import LEADING_KEYS

BATCH_SIZE = 5
TIMEOUT_SECONDS = 80
"""Longer than five systems need that take all the time they are given."""
WORKERS, LOCAL_WORKERS = 10, 2


def workers(config: Config) -> int:
    """How many workers of the queue may run at once."""
    return LOCAL_WORKERS if config.is_local else WORKERS


class Webhooks(Construct):
    def __init__(self, scope: Construct, name: str, *, foundation: Foundation, bus: Bus) -> None:
        super().__init__(scope, name)
        self.dead_letters = dead_letter_queue(self, "Dead", key=foundation.key)
        self.queue = queue(self, "Queue", key=foundation.key, dead_letters=self.dead_letters)
        self.function = self._function(foundation, bus)
        self.function.add_event_source_mapping(
            "Events",
            event_source_arn=self.queue.queue_arn,
            batch_size=BATCH_SIZE,
            max_concurrency=workers(foundation.config),
            report_batch_item_failures=True,
        )

    def _function(self, foundation: Foundation, bus: Bus) -> lambda_.Function:
        catalog = foundation.tables["catalog"]
        plain = {"OUTBOUND_PLAIN_WEBHOOKS": "true"} if foundation.config.is_local else {}
        return function(
            self,
            "Function",
            folder="webhooks",
            foundation=foundation,
            timeout=TIMEOUT_SECONDS,
            tables={},
            sends_to=[self.queue],
            fed_by=[self.queue],
            reads_through=["dynamodb"],
            statements=[
                access.partitions(catalog, ["GetItem", "UpdateItem"], LEADING_KEYS),
                *bus.rights,
            ],
            environment={
                "OUTBOUND_CATALOG_TABLE": catalog.table_name,
                "OUTBOUND_WEBHOOKS_QUEUE": self.queue.queue_url,
                **bus.environment,
                **plain,
            },
        )
