"""Least privilege: the statements a function's role is made of, each action written out."""

from collections.abc import Sequence

import aws_cdk as cdk
from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_s3 as s3
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from outbound.adapters.s3 import INCOMING, kept_under
from outbound.domain.run_export import KEPT as KEPT_FOR

KEPT = ("kept-*",)
FILES = (f"{INCOMING}/*", *KEPT)
"""The files in the bucket of media: those that were uploaded, and those that are kept."""
EXPORTS = (f"{kept_under(KEPT_FOR.days)}/*/cam_*",)
"""Of those that are kept, the exports of campaigns' runs."""


def table(
    on: dynamodb.ITable, actions: Sequence[str], *, index: str | None = None
) -> iam.PolicyStatement:
    """DynamoDB actions on a table, or on one index of it alone."""
    return iam.PolicyStatement(
        actions=[f"dynamodb:{action}" for action in actions],
        resources=[f"{on.table_arn}/index/{index}" if index else on.table_arn],
    )


def partition(
    on: dynamodb.ITable, actions: Sequence[str], partition_key: str
) -> iam.PolicyStatement:
    """DynamoDB actions on the items of one partition of a table alone."""
    return iam.PolicyStatement(
        actions=[f"dynamodb:{action}" for action in actions],
        resources=[on.table_arn],
        conditions={"ForAllValues:StringEquals": {"dynamodb:LeadingKeys": [partition_key]}},
    )


def partitions(on: dynamodb.ITable, actions: Sequence[str], *patterns: str) -> iam.PolicyStatement:
    """DynamoDB actions on those partitions of a table alone that are like one of the patterns."""
    return iam.PolicyStatement(
        actions=[f"dynamodb:{action}" for action in actions],
        resources=[on.table_arn],
        conditions={"ForAllValues:StringLike": {"dynamodb:LeadingKeys": list(patterns)}},
    )


def stream(of: dynamodb.ITable) -> list[iam.PolicyStatement]:
    """What Lambda needs to feed a function from a table's stream, with the function's own role."""
    assert of.table_stream_arn is not None
    actions = ("DescribeStream", "GetRecords", "GetShardIterator")
    return [
        iam.PolicyStatement(
            actions=[f"dynamodb:{action}" for action in actions], resources=[of.table_stream_arn]
        ),
        iam.PolicyStatement(actions=["dynamodb:ListStreams"], resources=["*"]),
    ]


def send(queues: Sequence[sqs.IQueue]) -> iam.PolicyStatement:
    return iam.PolicyStatement(
        actions=["sqs:SendMessage"], resources=[queue.queue_arn for queue in queues]
    )


def consume(queues: Sequence[sqs.IQueue]) -> iam.PolicyStatement:
    """What Lambda needs to feed a function from queues, with the function's own role."""
    return iam.PolicyStatement(
        actions=[
            "sqs:ChangeMessageVisibility",
            "sqs:DeleteMessage",
            "sqs:GetQueueAttributes",
            "sqs:ReceiveMessage",
        ],
        resources=[queue.queue_arn for queue in queues],
    )


def read_secret(arn: str) -> iam.PolicyStatement:
    return iam.PolicyStatement(actions=["secretsmanager:GetSecretValue"], resources=[arn])


def write_secret(arn: str) -> iam.PolicyStatement:
    return iam.PolicyStatement(actions=["secretsmanager:PutSecretValue"], resources=[arn])


def files(
    bucket: s3.IBucket, actions: Sequence[str], which: Sequence[str]
) -> list[iam.PolicyStatement]:
    """S3 actions on files. Who may not list a bucket is told 403 of a file that isn't there."""
    if not actions:
        return []
    return [
        iam.PolicyStatement(
            actions=[f"s3:{action}" for action in actions],
            resources=[bucket.arn_for_objects(each) for each in which],
        ),
        iam.PolicyStatement(actions=["s3:ListBucket"], resources=[bucket.bucket_arn]),
    ]


def anchors(bucket: s3.IBucket) -> list[iam.PolicyStatement]:
    """To add anchors and to read all versions of them; nothing that changes or removes one."""
    return [
        iam.PolicyStatement(
            actions=["s3:PutObject", "s3:GetObject", "s3:GetObjectVersion"],
            resources=[bucket.arn_for_objects("*")],
        ),
        iam.PolicyStatement(actions=["s3:ListBucketVersions"], resources=[bucket.bucket_arn]),
    ]


def use_key(scope: Construct, key: kms.IKey, services: Sequence[str]) -> iam.PolicyStatement:
    """The key, but only through the services a function calls: never on its own."""
    region = cdk.Stack.of(scope).region
    return iam.PolicyStatement(
        actions=[
            "kms:Decrypt",
            "kms:DescribeKey",
            "kms:Encrypt",
            "kms:GenerateDataKey",
            "kms:ReEncryptFrom",
            "kms:ReEncryptTo",
        ],
        resources=[key.key_arn],
        conditions={
            "StringEquals": {
                "kms:ViaService": [f"{service}.{region}.amazonaws.com" for service in services]
            }
        },
    )
