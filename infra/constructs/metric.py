"""A metric that a function writes to its log: `adapters/signals.py`."""

import aws_cdk as cdk
from aws_cdk import aws_cloudwatch as cloudwatch

from outbound.adapters.signals import NAMESPACE

MINUTE = cdk.Duration.minutes(1)


def ours(name: str, **dimensions: str) -> cloudwatch.Metric:
    """The metric of this name; Powertools adds the `service` it runs in to its dimensions."""
    return cloudwatch.Metric(
        namespace=NAMESPACE,
        metric_name=name,
        dimensions_map=dimensions,
        period=MINUTE,
        statistic="Sum",
    )
