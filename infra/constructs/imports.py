"""imports: reads files of contacts and appointments, also those that nobody reads any more."""

from aws_cdk import aws_lambda as lambda_
from constructs import Construct

from infra.constructs import access, hand_over
from infra.constructs.clock import call, called
from infra.constructs.foundation import Foundation
from infra.constructs.function import function
from infra.constructs.queue import dead_letter_queue, queue
from infra.constructs.reminders import Reminders
from outbound.adapters.dynamodb.contact_imports import IMPORTING
from outbound.adapters.dynamodb.coupon_items import LEADING_KEYS
from outbound.adapters.s3 import INCOMING

TIMEOUT_SECONDS = 240
WORKERS = 2
"""The fewest that Lambda takes: a file is read by one, and contacts are written for others too."""


class Imports(Construct):
    def __init__(
        self, scope: Construct, name: str, *, foundation: Foundation, reminders: Reminders
    ) -> None:
        super().__init__(scope, name)
        self.dead_letters = dead_letter_queue(self, "Dead", key=foundation.key)
        self.queue = queue(self, "Queue", key=foundation.key, dead_letters=self.dead_letters)
        self.function = self._function(foundation, reminders)
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

    def _function(self, foundation: Foundation, reminders: Reminders) -> lambda_.Function:
        """It checks reminders as intake does, and sends nothing."""
        catalog, config = foundation.tables["catalog"], foundation.config
        pages = {"OUTBOUND_PAGES_URL": config.pages_url} if config.pages_url else {}
        return function(
            self,
            "Function",
            folder="imports",
            foundation=foundation,
            timeout=TIMEOUT_SECONDS,
            tables={
                "contacts": ["BatchGetItem", "PutItem", "UpdateItem"],
                "ledger": ["BatchGetItem", "PutItem", "Query"],
                "messages": ["BatchGetItem", "GetItem", "PutItem"],
                "catalog": ["GetItem"],
            },
            sends_to=[self.queue, reminders.queue],
            fed_by=[self.queue],
            reads_secret=True,
            media=["GetObject", "PutObject"],
            statements=[
                access.partitions(catalog, ["PutItem"], "*#import"),
                access.partitions(catalog, ["Query"], LEADING_KEYS),
                access.partitions(catalog, ["DeleteItem", "Query"], IMPORTING),
                *access.files(foundation.media, ["DeleteObject"], [f"{INCOMING}/*"]),
            ],
            environment={
                **hand_over.media_environment(config.sms),
                **hand_over.terms_environment(config),
                **hand_over.permission_environment(config),
                **hand_over.senders_environment(config.email),
                **pages,
                "OUTBOUND_QUEUES": "{}",
                "OUTBOUND_IMPORTS_QUEUE": self.queue.queue_url,
                "OUTBOUND_REMINDERS_QUEUE": reminders.queue.queue_url,
                "OUTBOUND_MESSAGE_RETENTION_DAYS": str(config.retention.messages_days),
            },
        )
