"""expand: turns campaigns into chunks and alerts into messages, and looks after both to the end."""

from aws_cdk import aws_lambda as lambda_
from constructs import Construct

from infra import two_way
from infra.config import Config
from infra.constructs import access, hand_over
from infra.constructs.clock import call, called
from infra.constructs.foundation import Foundation
from infra.constructs.function import function
from infra.constructs.lanes import CHANNELS, Lanes
from infra.constructs.queue import dead_letter_queue, queue

TIMEOUT_SECONDS = 120
SENDS = ("bulk", "critical")
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
        # Of their own, so that no campaign is in the way of an alert.
        self.alerts = queue(self, "Alerts", key=foundation.key, dead_letters=self.dead_letters)
        self.function = self._function(foundation, lanes)
        for name, of in {"Tasks": self.queue, "AlertTasks": self.alerts}.items():
            self.function.add_event_source_mapping(
                name,
                event_source_arn=of.queue_arn,
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
                "messages": ["BatchGetItem", "PutItem", "UpdateItem"],
                "runs": ["GetItem", "PutItem", "UpdateItem", "DeleteItem", "Query"],
            },
            sends_to=[
                self.queue,
                self.alerts,
                *(lanes.queues[channel, lane] for channel in CHANNELS for lane in SENDS),
            ],
            fed_by=[self.queue, self.alerts],
            reads_secret=True,
            media=["GetObject", "PutObject"],
            files=access.EXPORTS,
            # Those of campaigns, as many for alerts, and the clock.
            reserved=2 * workers(config) + 1 if config.reserve_workers else None,
            environment={
                "OUTBOUND_EXPAND_QUEUE": self.queue.queue_url,
                "OUTBOUND_ALERTS_QUEUE": self.alerts.queue_url,
                "OUTBOUND_TWO_WAY": two_way.stated(config.sms.two_way),
                **hand_over.terms_environment(config),
                **hand_over.senders_environment(config.email),
                "OUTBOUND_QUEUES": lanes.addresses,
                "OUTBOUND_MESSAGE_RETENTION_DAYS": str(config.retention.messages_days),
                **hand_over.permission_environment(config),
            },
        )
