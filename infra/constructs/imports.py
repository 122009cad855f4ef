"""imports: reads files of contacts, and goes on with those that nobody reads any more."""

from aws_cdk import aws_lambda as lambda_
from constructs import Construct

from infra.constructs import access
from infra.constructs.clock import call, called
from infra.constructs.foundation import Foundation
from infra.constructs.function import function
from infra.constructs.queue import dead_letter_queue, queue
from outbound.adapters.dynamodb.contact_imports import IMPORTING
from outbound.adapters.s3 import INCOMING

TIMEOUT_SECONDS = 240
WORKERS = 2
"""The fewest that Lambda takes: a file is read by one, and contacts are written for others too."""


class Imports(Construct):
    def __init__(self, scope: Construct, name: str, *, foundation: Foundation) -> None:
        super().__init__(scope, name)
        self.dead_letters = dead_letter_queue(self, "Dead", key=foundation.key)
        self.queue = queue(self, "Queue", key=foundation.key, dead_letters=self.dead_letters)
        self.function = self._function(foundation)
        self.function.add_event_source_mapping(
            "Tasks",
            event_source_arn=self.queue.queue_arn,
            # A task may take all the time there is.
            batch_size=1,
            max_concurrency=WORKERS,
            report_batch_item_failures=True,
        )
        clock = called(self, self.function, key=foundation.key, dead_letters=self.dead_letters)
        call(clock, "EachHour", "rate(1 hour)", "The imports that have begun and not ended")

    def _function(self, foundation: Foundation) -> lambda_.Function:
        catalog = foundation.tables["catalog"]
        return function(
            self,
            "Function",
            folder="imports",
            foundation=foundation,
            timeout=TIMEOUT_SECONDS,
            tables={
                "contacts": ["BatchGetItem", "PutItem", "UpdateItem"],
                "ledger": ["PutItem", "Query"],
            },
            sends_to=[self.queue],
            fed_by=[self.queue],
            reads_secret=True,
            media=["GetObject", "PutObject"],
            statements=[
                access.partitions(catalog, ["GetItem", "PutItem"], "*#import"),
                access.partitions(catalog, ["DeleteItem", "Query"], IMPORTING),
                *access.files(foundation.media, ["DeleteObject"], [f"{INCOMING}/*"]),
            ],
            environment={
                "OUTBOUND_CATALOG_TABLE": catalog.table_name,
                "OUTBOUND_IMPORTS_QUEUE": self.queue.queue_url,
            },
        )
