"""Topics: encrypted with our key, over TLS alone, open to the one service that publishes."""

import aws_cdk as cdk
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_sns as sns
from constructs import Construct


def topic(scope: Construct, name: str, *, key: kms.IKey, publisher: str | None = None) -> sns.Topic:
    built = sns.Topic(scope, name, master_key=key, enforce_ssl=True)
    if publisher:
        _let_publish(built, publisher)
    return built


def _let_publish(built: sns.Topic, publisher: str) -> None:
    built.add_to_resource_policy(
        iam.PolicyStatement(
            principals=[iam.ServicePrincipal(publisher)],
            actions=["sns:Publish"],
            resources=[built.topic_arn],
            conditions={"StringEquals": {"aws:SourceAccount": cdk.Stack.of(built).account}},
        )
    )
