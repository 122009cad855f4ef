"""events: tells what becomes of messages and reminders, on the bus and to webhooks of tenants."""

import aws_cdk as cdk
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from infra.constructs import access
from infra.constructs.bus import Bus
from infra.constructs.foundation import Foundation
from infra.constructs.function import function
from infra.constructs.queue import LONGEST_TRIED, FailedBatches
from infra.constructs.webhooks import Webhooks
from infra.nag import acknowledge_wildcard
from outbound.adapters.dynamodb.webhooks import LEADING_KEYS
from outbound.domain.event import UNSENT

STREAM_BATCH, STREAM_SECONDS = 200, 1
AT_ONCE, LOCALLY_AT_ONCE = 5, 1
"""Batches of a shard that are told at the same time; those of one message stay in their order."""


class Events(Construct):
    def __init__(
        self, scope: Construct, name: str, *, foundation: Foundation, bus: Bus, webhooks: Webhooks
    ) -> None:
        super().__init__(scope, name)
        self.function = self._function(foundation, bus, webhooks)
        self._read_stream(foundation, webhooks.dead_letters)

    def _function(self, foundation: Foundation, bus: Bus, webhooks: Webhooks) -> lambda_.Function:
        catalog = foundation.tables["catalog"]
        return function(
            self,
            "Function",
            folder="events",
            foundation=foundation,
            timeout=30,
            tables={},
            sends_to=[webhooks.queue, webhooks.dead_letters],
            reads_through=["dynamodb"],
            statements=[
                *access.stream(foundation.tables["messages"]),
                access.partitions(catalog, ["Query"], LEADING_KEYS),
                *bus.rights,
            ],
            environment={
                "OUTBOUND_CATALOG_TABLE": catalog.table_name,
                "OUTBOUND_WEBHOOKS_QUEUE": webhooks.queue.queue_url,
                **bus.environment,
            },
        )

    def _read_stream(self, foundation: Foundation, dead_letters: sqs.IQueue) -> None:
        """All messages, but not the claims of those that nothing else has happened to; and those
        reminders of which a time has come without a message."""
        claimed = lambda_.FilterRule.is_equal("sending")
        other = {"status": {"S": lambda_.FilterRule.not_equals("sending")}}
        marked = {"status": {"S": claimed}, "marks": {"SS": lambda_.FilterRule.exists()}}
        unsent = [{"counts": {"M": {fate: {"N": lambda_.FilterRule.exists()}}}} for fate in UNSENT]
        self.function.add_event_source_mapping(
            "Changes",
            event_source_arn=foundation.tables["messages"].table_stream_arn,
            starting_position=lambda_.StartingPosition.TRIM_HORIZON,
            batch_size=STREAM_BATCH,
            max_batching_window=cdk.Duration.seconds(STREAM_SECONDS),
            parallelization_factor=LOCALLY_AT_ONCE if foundation.config.is_local else AT_ONCE,
            filters=[
                lambda_.FilterCriteria.filter({"dynamodb": {"NewImage": image}})
                for image in (other, marked, *unsent)
            ],
            bisect_batch_on_error=True,
            max_record_age=LONGEST_TRIED,
            on_failure=FailedBatches(dead_letters),
        )
        acknowledge_wildcard(
            self, "*", reason="ListStreams knows no resource; it tells the names of streams."
        )
