"""Entry point of `cdk`: reads and checks the settings, then builds one environment."""

import sys

import aws_cdk as cdk
from aws_cdk import App

from infra import nag
from infra.config import Config, load
from infra.config_error import ConfigError
from infra.stage import Stage, add_stage


def build(app: App) -> Stage:
    """Build the environment that `-c environment=` names; `dev` when it names none."""
    config = _settings(app)
    stage = add_stage(app, config)
    nag.check(app)
    return stage


def _settings(app: App) -> Config:
    carrier_url = app.node.try_get_context("carrier_url")
    emulator_url = app.node.try_get_context("emulator_url")
    sms_provider = app.node.try_get_context("sms_provider")
    rate = app.node.try_get_context("rate_per_second")
    return load(
        str(app.node.try_get_context("environment") or "dev"),
        app.node.try_get_context("environments"),
        carrier_url=None if carrier_url is None else str(carrier_url),
        emulator_url=None if emulator_url is None else str(emulator_url),
        sms_provider=None if sms_provider is None else str(sms_provider),
        rate_per_second=None if rate is None else str(rate),
    )


def main() -> None:
    app = cdk.App()
    try:
        build(app)
    except ConfigError as error:
        sys.exit(str(error))
    app.synth()


if __name__ == "__main__":
    main()
