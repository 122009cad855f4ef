"""reminders: what EventBridge Scheduler and the sweep bring is looked after, and brought again."""

import aws_cdk as cdk
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_scheduler as scheduler
from constructs import Construct

from infra.config import Config
from infra.constructs import access
from infra.constructs.accepting import accepting
from infra.constructs.foundation import Foundation
from infra.constructs.function import function
from infra.constructs.lanes import Lanes
from infra.constructs.queue import dead_letter_queue, queue
from infra.nag import acknowledge_wildcard
from outbound.domain.task import Work

TIMEOUT_SECONDS = 45
WORKERS, LOCAL_WORKERS = 8, 2
BATCH = 5


def workers(config: Config) -> int:
    """How many workers of the queue may run at once."""
    return LOCAL_WORKERS if config.is_local else WORKERS


class Reminders(Construct):
    """A queue for what is to be looked after, and a group for the schedules that fill it."""

    def __init__(self, scope: Construct, name: str, *, foundation: Foundation) -> None:
        super().__init__(scope, name)
        self.group = cdk.Stack.of(self).stack_name
        self.dead_letters = dead_letter_queue(self, "Dead", key=foundation.key)
        self.queue = queue(self, "Queue", key=foundation.key, dead_letters=self.dead_letters)
        scheduler.CfnScheduleGroup(self, "Group", name=self.group)
        self.role = self._role(foundation.key)

    def build(self, *, foundation: Foundation, lanes: Lanes) -> lambda_.Function:
        """The function that works the queue off: it sends as intake does."""
        accepted = accepting(foundation, lanes)
        statements = [*accepted.pop("statements"), *self._may_schedule()]
        accepted["sends_to"] = lanes.of_lane("express")
        environment = {
            **accepted.pop("environment"),
            # With all of them, the environment of a function would be too small.
            "OUTBOUND_QUEUES": lanes.addresses_of("express"),
            "OUTBOUND_SCHEDULE_GROUP": self.group,
            "OUTBOUND_SCHEDULE_ROLE_ARN": self.role.role_arn,
            "OUTBOUND_REMINDERS_QUEUE_ARN": self.queue.queue_arn,
            "OUTBOUND_REMINDERS_DEAD_ARN": self.dead_letters.queue_arn,
        }
        built = function(
            self,
            "Function",
            folder="schedule",
            foundation=foundation,
            timeout=TIMEOUT_SECONDS,
            fed_by=[self.queue],
            statements=statements,
            environment=environment,
            **accepted,
        )
        built.add_event_source_mapping(
            "Tasks",
            event_source_arn=self.queue.queue_arn,
            batch_size=BATCH,
            max_concurrency=workers(foundation.config),
            report_batch_item_failures=True,
        )
        acknowledge_wildcard(
            self,
            self.schedules,
            reason="Each reminder has a schedule of its own, in this group alone.",
        )
        return built

    def _role(self, key: kms.IKey) -> iam.Role:
        """What schedules act with: they fill this queue, and tell of what they couldn't."""
        role = iam.Role(self, "Role", assumed_by=iam.ServicePrincipal("scheduler.amazonaws.com"))
        role.add_to_principal_policy(access.send([self.queue, self.dead_letters]))
        role.add_to_principal_policy(
            iam.PolicyStatement(
                actions=["kms:Decrypt", "kms:GenerateDataKey"], resources=[key.key_arn]
            )
        )
        return role

    def _may_schedule(self) -> list[iam.PolicyStatement]:
        return [
            iam.PolicyStatement(
                actions=[
                    "scheduler:CreateSchedule",
                    "scheduler:DeleteSchedule",
                    "scheduler:GetSchedule",
                    "scheduler:UpdateSchedule",
                ],
                resources=[self.schedules],
            ),
            iam.PolicyStatement(
                actions=["iam:PassRole"],
                resources=[self.role.role_arn],
                conditions={"StringEquals": {"iam:PassedToService": "scheduler.amazonaws.com"}},
            ),
        ]

    @property
    def schedules(self) -> str:
        """All schedules of reminders, as an ARN."""
        stack = cdk.Stack.of(self)
        place = f"{stack.region}:{stack.account}:schedule/{self.group}/{Work.REMIND}-*"
        return f"arn:{stack.partition}:scheduler:{place}"
