"""The log groups SNS writes the fate of each text to, and the role it writes them with."""

import aws_cdk as cdk
from aws_cdk import aws_iam as iam
from aws_cdk import aws_logs as logs
from constructs import Construct

from infra.constructs.foundation import Foundation
from infra.constructs.log_group import log_group
from infra.nag import acknowledge_wildcard

GROUPS = {"Success": "DirectPublishToPhoneNumber", "Failure": "DirectPublishToPhoneNumber/Failure"}


class DeliveryLogs(Construct):
    """One pair per account and region: a second environment beside it uses the `existing` one."""

    def __init__(self, scope: Construct, name: str, *, foundation: Foundation) -> None:
        super().__init__(scope, name)
        self._foundation = foundation
        self.groups = {kind: self._group(kind, path) for kind, path in GROUPS.items()}
        self.role = self._role()

    def _group(self, kind: str, path: str) -> logs.ILogGroup:
        stack = cdk.Stack.of(self)
        name = f"sns/{stack.region}/{stack.account}/{path}"
        if self._foundation.config.sns_delivery_logs == "existing":
            return logs.LogGroup.from_log_group_name(self, kind, name)
        return log_group(self, kind, foundation=self._foundation, log_group_name=name)

    def _role(self) -> iam.Role:
        stack = cdk.Stack.of(self)
        role = iam.Role(
            self,
            "Role",
            description="DeliveryStatusIAMRole of this account's SNS text messages",
            assumed_by=iam.ServicePrincipal(
                "sns.amazonaws.com",
                conditions={"StringEquals": {"aws:SourceAccount": stack.account}},
            ),
        )
        groups = stack.format_arn(
            service="logs",
            resource="log-group",
            resource_name=f"sns/{stack.region}/{stack.account}/{GROUPS['Success']}*",
            arn_format=cdk.ArnFormat.COLON_RESOURCE_NAME,
        )
        role.add_to_principal_policy(
            iam.PolicyStatement(
                actions=["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"],
                resources=[groups],
            )
        )
        acknowledge_wildcard(
            role,
            groups,
            reason="SNS names the streams in its two log groups itself.",
        )
        return role
