"""upkeep: works off tasks in the background, and answers an operator."""

import json

import aws_cdk as cdk
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from constructs import Construct

from infra import two_way
from infra.constructs import access
from infra.constructs.clock import call, called
from infra.constructs.deliver import carrier
from infra.constructs.foundation import Foundation
from infra.constructs.function import function
from infra.constructs.queue import dead_letter_queue, queue
from infra.constructs.reminders import Reminders
from infra.nag import acknowledge_wildcard
from outbound.domain.suppression import ANY_TENANT

BATCH_SIZE = 5
WORKERS = 2
"""The fewest that Lambda takes: what is done here is done at leisure."""
CHANGES_A_SECOND = 8
"""End User Messaging takes ten numbers a second for a list.
https://docs.aws.amazon.com/sms-voice/latest/userguide/quotas.html"""
NIGHTLY = "cron(15 1 * * ? *)"
"""After `domain/anchor.py` calls a day settled."""


class Upkeep(Construct):
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
            batch_size=BATCH_SIZE,
            max_concurrency=WORKERS,
            report_batch_item_failures=True,
        )
        self._clock(foundation)

    def _function(self, foundation: Foundation, reminders: Reminders) -> lambda_.Function:
        config = foundation.config
        lists = two_way.opt_out_lists(config.sms.two_way)
        built = function(
            self,
            "Function",
            folder="upkeep",
            foundation=foundation,
            timeout=120,
            tables={
                "contacts": [
                    "GetItem",
                    "BatchGetItem",
                    "PutItem",
                    "UpdateItem",
                    "DeleteItem",
                    "Query",
                ],
                "ledger": [
                    "GetItem",
                    "BatchGetItem",
                    "PutItem",
                    "UpdateItem",
                    "BatchWriteItem",
                    "Query",
                ],
                "messages": ["GetItem", "UpdateItem", "DeleteItem", "Query"],
                "runs": ["GetItem", "PutItem", "UpdateItem", "Query"],
                "catalog": [
                    "GetItem",
                    "BatchGetItem",
                    "PutItem",
                    "UpdateItem",
                    "DeleteItem",
                    "Query",
                ],
            },
            sends_to=[self.queue],
            fed_by=[self.queue],
            reads_secret=True,
            media=["GetObject", "DeleteObject", "AbortMultipartUpload"],
            statements=[
                *access.anchors(foundation.anchors),
                _may_suppress(),
                _may_opt_out(self, lists[ANY_TENANT]),
                iam.PolicyStatement(
                    actions=["scheduler:DeleteSchedule"], resources=[reminders.schedules]
                ),
            ],
            environment={
                "OUTBOUND_UPKEEP_QUEUE": self.queue.queue_url,
                "OUTBOUND_SCHEDULE_GROUP": reminders.group,
                "OUTBOUND_ANCHORS_BUCKET": foundation.anchors.bucket_name,
                "OUTBOUND_OPT_OUT_LISTS": json.dumps(lists),
                "OUTBOUND_MIRROR_SECONDS_EACH": str(WORKERS / CHANGES_A_SECOND),
                "OUTBOUND_MESSAGE_RETENTION_DAYS": str(config.retention.messages_days),
                **carrier(config),
            },
        )
        acknowledge_wildcard(
            self, "*", reason="SES knows no resource for its account's suppression list."
        )
        acknowledge_wildcard(
            self,
            reminders.schedules,
            reason="An erasure removes the schedules of whoever is erased, in this group alone.",
        )
        bucket = cdk.Stack.of(self).resolve(foundation.anchors.bucket_name)["Fn::ImportValue"]
        acknowledge_wildcard(
            self,
            f"arn:<AWS::Partition>:s3:::{bucket}/*",
            reason="Anchors of all tenants and days; nobody can change or remove one.",
        )
        return built

    def _clock(self, foundation: Foundation) -> None:
        clock = called(self, self.function, key=foundation.key, dead_letters=self.dead_letters)
        call(
            clock,
            "EachMinute",
            "rate(1 minute)",
            "The sweep of changes for AWS's own lists",
            event={"sweep": "mirror"},
        )
        call(
            clock,
            "EachNight",
            NIGHTLY,
            "The days of the ledger that are not anchored yet",
            event={"sweep": "anchor"},
            tries_for_seconds=3600,
            retries=5,
        )


def _may_suppress() -> iam.PolicyStatement:
    return iam.PolicyStatement(
        actions=["ses:PutSuppressedDestination", "ses:DeleteSuppressedDestination"],
        resources=["*"],
    )


def _may_opt_out(scope: Construct, lists: list[str]) -> iam.PolicyStatement:
    stack = cdk.Stack.of(scope)
    return iam.PolicyStatement(
        actions=["sms-voice:PutOptedOutNumber", "sms-voice:DeleteOptedOutNumber"],
        resources=[
            stack.format_arn(service="sms-voice", resource="opt-out-list", resource_name=name)
            for name in lists
        ],
    )
