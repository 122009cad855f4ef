"""One environment: what must outlive a deployment, and what a deployment may replace."""

from dataclasses import dataclass

import aws_cdk as cdk
from aws_cdk import App

from infra.config import Config
from infra.data_stack import DataStack
from infra.service_stack import ServiceStack


@dataclass(frozen=True, slots=True)
class Stage:
    data: DataStack
    service: ServiceStack


def add_stage(app: App, config: Config) -> Stage:
    """Add the two stacks of an environment to the app."""
    name = f"Outbound-{config.environment}"
    data = DataStack(app, f"{name}-Data", config=config)
    service = ServiceStack(app, name, config=config, data=data)
    cdk.Tags.of(app).add("outbound:environment", config.environment)
    _warn_of_placeholders(service, config)
    return Stage(data, service)


def _warn_of_placeholders(stack: cdk.Stack, config: Config) -> None:
    if config.is_local:
        return
    for path in config.placeholders:
        cdk.Annotations.of(stack).add_warning_v2(
            f"outbound:{path}",
            f"{path} is a placeholder at example.com: set an address of yours in cdk.json",
        )
