"""A log group that is encrypted with our key and forgets in time."""

import aws_cdk as cdk
from aws_cdk import aws_logs as logs
from constructs import Construct

from infra.constructs.foundation import Foundation


def log_group(
    scope: Construct, name: str, *, foundation: Foundation, log_group_name: str | None = None
) -> logs.LogGroup:
    group = logs.LogGroup(
        scope,
        name,
        log_group_name=log_group_name,
        encryption_key=foundation.key,
        removal_policy=cdk.RemovalPolicy.DESTROY,
    )
    resource = group.node.default_child
    assert isinstance(resource, logs.CfnLogGroup)
    resource.retention_in_days = foundation.config.retention.logs_days
    return group
