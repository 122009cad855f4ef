"""The emulator from inside: its services, and what the functions were given."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import boto3

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from infra.local.running import LocalRun


def aws(run: LocalRun, service: str) -> Any:
    """A client of the emulator."""
    return boto3.client(
        service,  # type: ignore[call-overload]
        endpoint_url=run.aws["endpoints"]["default"],
        region_name=run.aws["region"],
        **run.aws["credentials"],
    )


def functions(run: LocalRun) -> Sequence[Mapping[str, Any]]:
    """All functions, as Lambda describes them."""
    found: list[dict[str, Any]] = aws(run, "lambda").list_functions()["Functions"]
    return found


def variables(run: LocalRun, folder: str) -> Mapping[str, str]:
    """The environment of the function in a folder."""
    [found] = [
        function["Environment"]["Variables"]
        for function in functions(run)
        if function["Handler"] == f"functions.{folder}.handler.handler"
    ]
    environment: Mapping[str, str] = found
    return environment


def identity_secret(run: LocalRun) -> bytes:
    """What ids derive from."""
    name = variables(run, "intake")["OUTBOUND_SECRET_ARN"]
    secret: str = aws(run, "secretsmanager").get_secret_value(SecretId=name)["SecretString"]
    return secret.encode()
