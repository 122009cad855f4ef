"""cdk-nag at every synth, and the one way to acknowledge a finding of it."""

import re

import aws_cdk as cdk
from aws_cdk import App
from cdk_nag import AwsSolutionsChecks
from constructs import Construct, IConstruct

REFERENCE = re.compile(r"\$\{Token\[AWS\.(\w+)\.\d+\]\}")


def check(app: App) -> None:
    cdk.Validations.of(app).add_plugins(AwsSolutionsChecks(app, verbose=True))


def acknowledge(construct: IConstruct, rule: str, *, reason: str) -> None:
    """Accept one finding on one construct.

    Written as metadata, where cdk-nag reads it, because `Validations.acknowledge` refuses
    ids with a resource in them (`AwsSolutions-IAM5[Resource::*]`).
    """
    construct.node.add_metadata(cdk.Validations.ACKNOWLEDGED_RULES_METADATA_KEY, {rule: reason})


def acknowledge_wildcard(construct: Construct, resource: str, *, reason: str) -> None:
    """Accept one resource with a wildcard in the policies of a construct."""
    # cdk-nag names a reference in an ARN by its name: `arn:<AWS::Partition>:logs:…`.
    named = REFERENCE.sub(r"<AWS::\1>", resource)
    acknowledge(construct, f"AwsSolutions-IAM5[Resource::{named}]", reason=reason)
