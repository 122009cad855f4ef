"""schedule: called each minute, queues what is due."""

import json

from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_scheduler as scheduler
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from infra.constructs.foundation import Foundation
from infra.constructs.function import function
from infra.constructs.lanes import Lanes
from infra.constructs.queue import dead_letter_queue
from infra.nag import acknowledge


class Schedule(Construct):
    def __init__(
        self, scope: Construct, name: str, *, foundation: Foundation, lanes: Lanes
    ) -> None:
        super().__init__(scope, name)
        self.function = function(
            self,
            "Function",
            folder="schedule",
            foundation=foundation,
            timeout=50,
            tables={"messages/due": ["Query"], "catalog": ["GetItem", "PutItem"]},
            sends_to=lanes.all,
            environment={
                "OUTBOUND_QUEUES": lanes.addresses,
                "OUTBOUND_RATES": json.dumps(foundation.config.rates),
            },
        )
        self.dead_letters = self._dead_letters(foundation)
        self._each_minute(self._role(foundation))
        # The next minute sweeps from the last finished one: a retry would only overlap it.
        lambda_.CfnEventInvokeConfig(
            self,
            "NoRetry",
            function_name=self.function.function_name,
            qualifier="$LATEST",
            maximum_retry_attempts=0,
            maximum_event_age_in_seconds=60,
        )

    def _dead_letters(self, foundation: Foundation) -> sqs.Queue:
        dead_letters = dead_letter_queue(self, "Dead", key=foundation.key)
        acknowledge(
            dead_letters,
            "AwsSolutions-SQS3",
            reason="This is the dead-letter queue of the schedule itself.",
        )
        return dead_letters

    def _role(self, foundation: Foundation) -> iam.Role:
        role = iam.Role(self, "Role", assumed_by=iam.ServicePrincipal("scheduler.amazonaws.com"))
        for actions, resource in (
            (["lambda:InvokeFunction"], self.function.function_arn),
            (["sqs:SendMessage"], self.dead_letters.queue_arn),
            (["kms:Decrypt", "kms:GenerateDataKey"], foundation.key.key_arn),
        ):
            role.add_to_principal_policy(iam.PolicyStatement(actions=actions, resources=[resource]))
        return role

    def _each_minute(self, role: iam.Role) -> None:
        schedule = scheduler.CfnSchedule(
            self,
            "EachMinute",
            description="The sweep of what is due",
            schedule_expression="rate(1 minute)",
            flexible_time_window=scheduler.CfnSchedule.FlexibleTimeWindowProperty(mode="OFF"),
            target=scheduler.CfnSchedule.TargetProperty(
                arn=self.function.function_arn,
                role_arn=role.role_arn,
                dead_letter_config=scheduler.CfnSchedule.DeadLetterConfigProperty(
                    arn=self.dead_letters.queue_arn
                ),
                retry_policy=scheduler.CfnSchedule.RetryPolicyProperty(
                    maximum_event_age_in_seconds=60, maximum_retry_attempts=1
                ),
            ),
        )
        schedule.node.add_dependency(role)
