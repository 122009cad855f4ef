"""feedback: applies receipts, from the receipts queue and from the delivery logs of SNS."""

import aws_cdk as cdk
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_logs as logs
from aws_cdk import aws_sqs as sqs
from aws_cdk.aws_logs_destinations import LambdaDestination
from constructs import Construct

from infra.config import Config
from infra.constructs import access, hand_over
from infra.constructs.foundation import Foundation
from infra.constructs.function import function
from infra.constructs.queue import LONGEST_TRIED, FailedBatches
from infra.constructs.receipts import Receipts
from infra.nag import acknowledge_wildcard

BATCH_SIZE = 10
WORKERS = 50
LOCAL_WORKERS = 2
STREAM_BATCH, STREAM_SECONDS = 200, 5
"""Workers of the queue: enough for a campaign's receipts, and never all that an account has."""


def workers(config: Config) -> int:
    """How many workers of the queue may run at once."""
    return LOCAL_WORKERS if config.is_local else WORKERS


class Feedback(Construct):
    def __init__(
        self, scope: Construct, name: str, *, foundation: Foundation, receipts: Receipts
    ) -> None:
        super().__init__(scope, name)
        self.function = function(
            self,
            "Function",
            folder="feedback",
            foundation=foundation,
            timeout=30,
            tables={
                "messages": ["GetItem", "UpdateItem", "Query", "PutItem", "DeleteItem"],
                "contacts": ["GetItem", "BatchGetItem", "PutItem", "UpdateItem"],
                "runs": ["PutItem", "UpdateItem"],
            },
            statements=access.stream(foundation.tables["messages"]),
            sends_to=[receipts.queue, receipts.dead_letters],
            fed_by=[receipts.queue],
            reads_secret=True,
            environment={
                "OUTBOUND_RECEIPTS_QUEUE": receipts.queue.queue_url,
                **hand_over.permission_environment(foundation.config),
                "OUTBOUND_MESSAGE_RETENTION_DAYS": str(foundation.config.retention.messages_days),
            },
        )
        self.function.add_event_source_mapping(
            "Receipts",
            event_source_arn=receipts.queue.queue_arn,
            batch_size=BATCH_SIZE,
            max_concurrency=workers(foundation.config),
            report_batch_item_failures=True,
        )
        self._read_delivery_logs(receipts)
        self._read_stream(foundation, receipts.dead_letters)

    def _read_stream(self, foundation: Foundation, dead_letters: sqs.IQueue) -> None:
        """All messages, but not the claims of those of no campaign that nothing else has
        happened to: they change no count. Reminders, which lie beside them, have no lane."""
        exists, claimed = lambda_.FilterRule.exists(), lambda_.FilterRule.is_equal("sending")
        of_campaigns = {"campaign": {"S": exists}}
        moved = {"lane": {"S": exists}, "status": {"S": lambda_.FilterRule.not_equals("sending")}}
        marked = {"status": {"S": claimed}, "marks": {"SS": exists}}
        self.function.add_event_source_mapping(
            "Changes",
            event_source_arn=foundation.tables["messages"].table_stream_arn,
            starting_position=lambda_.StartingPosition.TRIM_HORIZON,
            batch_size=STREAM_BATCH,
            max_batching_window=cdk.Duration.seconds(STREAM_SECONDS),
            filters=[
                lambda_.FilterCriteria.filter({"dynamodb": {"NewImage": image}})
                for image in (of_campaigns, moved, marked)
            ],
            # Never in halves: a batch is counted once by its name, whatever part of it was.
            max_record_age=LONGEST_TRIED,
            on_failure=FailedBatches(dead_letters),
        )
        acknowledge_wildcard(
            self, "*", reason="ListStreams knows no resource; it tells the names of streams."
        )

    def _read_delivery_logs(self, receipts: Receipts) -> None:
        for kind, group in receipts.delivery_logs.groups.items():
            logs.SubscriptionFilter(
                self,
                f"Texts{kind}",
                log_group=group,
                destination=LambdaDestination(self.function),
                filter_pattern=logs.FilterPattern.all_events(),
            )
        # CloudWatch Logs calls without waiting: what fails three times must not be lost.
        lambda_.CfnEventInvokeConfig(
            self,
            "AfterThreeFailures",
            function_name=self.function.function_name,
            qualifier="$LATEST",
            destination_config=lambda_.CfnEventInvokeConfig.DestinationConfigProperty(
                on_failure=lambda_.CfnEventInvokeConfig.OnFailureProperty(
                    destination=receipts.dead_letters.queue_arn
                )
            ),
        )
