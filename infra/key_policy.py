"""Which AWS services may use the encryption key, for what, and on whose behalf."""

import aws_cdk as cdk
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms

# Each publishes to an encrypted topic or delivers to an encrypted queue, as itself.
PUBLISHERS = ("ses", "sns", "sms-voice", "cloudwatch", "events")


def allow_services(key: kms.Key) -> None:
    stack = cdk.Stack.of(key)
    for service in PUBLISHERS:
        key.add_to_resource_policy(
            iam.PolicyStatement(
                sid=f"Allow{service.title().replace('-', '')}",
                principals=[iam.ServicePrincipal(f"{service}.amazonaws.com")],
                actions=["kms:Decrypt", "kms:GenerateDataKey*"],
                resources=["*"],
                conditions={"StringEquals": {"aws:SourceAccount": stack.account}},
            )
        )
    _allow_logs(key, stack)


def _allow_logs(key: kms.Key, stack: cdk.Stack) -> None:
    # CloudWatch Logs sends no aws:SourceAccount; the encryption context names the log group.
    log_groups = f"arn:{stack.partition}:logs:{stack.region}:{stack.account}:log-group:*"
    key.add_to_resource_policy(
        iam.PolicyStatement(
            sid="AllowLogs",
            principals=[iam.ServicePrincipal(f"logs.{stack.region}.amazonaws.com")],
            actions=[
                "kms:Decrypt",
                "kms:DescribeKey",
                "kms:Encrypt",
                "kms:GenerateDataKey*",
                "kms:ReEncrypt*",
            ],
            resources=["*"],
            conditions={"ArnLike": {"kms:EncryptionContext:aws:logs:arn": log_groups}},
        )
    )
