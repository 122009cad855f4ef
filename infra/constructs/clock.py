"""EventBridge schedules that call a function, with a role of their own and a place for failures."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_scheduler as scheduler
from aws_cdk import aws_sqs as sqs
from constructs import Construct


@dataclass(frozen=True, slots=True)
class Called:
    """A function that schedules call; what can't reach it lies in `dead_letters`."""

    scope: Construct
    function: lambda_.Function
    dead_letters: sqs.IQueue
    role: iam.Role


def called(
    scope: Construct, function: lambda_.Function, *, key: kms.IKey, dead_letters: sqs.IQueue
) -> Called:
    role = iam.Role(scope, "Role", assumed_by=iam.ServicePrincipal("scheduler.amazonaws.com"))
    for actions, resource in (
        (["lambda:InvokeFunction"], function.function_arn),
        (["sqs:SendMessage"], dead_letters.queue_arn),
        (["kms:Decrypt", "kms:GenerateDataKey"], key.key_arn),
    ):
        role.add_to_principal_policy(iam.PolicyStatement(actions=actions, resources=[resource]))
    return Called(scope, function, dead_letters, role)


def call(
    to: Called,
    name: str,
    expression: str,
    description: str,
    *,
    event: Mapping[str, str] | None = None,
    tries_for_seconds: int = 60,
    retries: int = 1,
) -> None:
    schedule = scheduler.CfnSchedule(
        to.scope,
        name,
        description=description,
        schedule_expression=expression,
        flexible_time_window=scheduler.CfnSchedule.FlexibleTimeWindowProperty(mode="OFF"),
        target=scheduler.CfnSchedule.TargetProperty(
            arn=to.function.function_arn,
            role_arn=to.role.role_arn,
            input=json.dumps(dict(event)) if event else None,
            dead_letter_config=scheduler.CfnSchedule.DeadLetterConfigProperty(
                arn=to.dead_letters.queue_arn
            ),
            retry_policy=scheduler.CfnSchedule.RetryPolicyProperty(
                maximum_event_age_in_seconds=tries_for_seconds, maximum_retry_attempts=retries
            ),
        ),
    )
    schedule.node.add_dependency(to.role)
