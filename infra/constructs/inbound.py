"""inbound: hears what people text to the numbers of the deployment."""

import aws_cdk as cdk
from aws_cdk.aws_sns_subscriptions import SqsSubscription
from constructs import Construct

from infra import two_way
from infra.config import Config
from infra.constructs import hand_over
from infra.constructs.foundation import Foundation
from infra.constructs.function import function
from infra.constructs.lanes import Lanes
from infra.constructs.queue import dead_letter_queue, queue
from infra.constructs.topic import topic

BATCH_SIZE = 10
WORKERS = 5
"""A STOP takes some 20 ms; who texts in by the thousand has been texted a campaign."""
LOCAL_WORKERS = 2


def workers(config: Config) -> int:
    """How many workers of the queue may run at once."""
    return LOCAL_WORKERS if config.is_local else WORKERS


class Inbound(Construct):
    def __init__(
        self, scope: Construct, name: str, *, foundation: Foundation, lanes: Lanes
    ) -> None:
        super().__init__(scope, name)
        config = foundation.config
        self.dead_letters = dead_letter_queue(self, "Dead", key=foundation.key)
        self.queue = queue(self, "Queue", key=foundation.key, dead_letters=self.dead_letters)
        self.topic = topic(self, "Topic", key=foundation.key, publisher="sms-voice.amazonaws.com")
        # Not raw: the envelope says from which topic it is, and when it was published.
        self.topic.add_subscription(
            SqsSubscription(self.queue, dead_letter_queue=self.dead_letters)
        )
        answers = lanes.queues["sms", "express"]
        self.function = function(
            self,
            "Function",
            folder="inbound",
            foundation=foundation,
            timeout=45,
            tables={
                "contacts": ["BatchGetItem", "GetItem", "PutItem", "UpdateItem", "DeleteItem"],
                "ledger": ["GetItem", "PutItem", "Query"],
                "messages": ["PutItem"],
                "catalog": ["GetItem", "PutItem", "Query"],
            },
            sends_to=[answers],
            fed_by=[self.queue],
            reads_secret=True,
            environment={
                "OUTBOUND_INBOUND_TOPIC": self.topic.topic_arn,
                "OUTBOUND_TWO_WAY": two_way.stated(config.sms.two_way),
                "OUTBOUND_STOP_SCOPE": config.sms.stop_scope,
                "OUTBOUND_QUEUES": cdk.Stack.of(self).to_json_string(
                    {"sms.express": answers.queue_url}
                ),
                "OUTBOUND_MESSAGE_RETENTION_DAYS": str(config.retention.messages_days),
                **hand_over.senders_environment(config.email),
            },
        )
        self.function.add_event_source_mapping(
            "Texts",
            event_source_arn=self.queue.queue_arn,
            batch_size=BATCH_SIZE,
            max_concurrency=workers(config),
            report_batch_item_failures=True,
        )
