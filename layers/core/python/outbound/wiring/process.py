"""What a process has once: its settings, its clock, its clients of AWS and the secret."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from outbound import settings as environment
from outbound.adapters.clock import SystemClock, SystemTokens

if TYPE_CHECKING:
    from outbound.adapters.dynamodb.table import Table

clock = SystemClock()
tokens = SystemTokens()


@cache
def settings() -> environment.Settings:
    """The settings of this process."""
    return environment.read()


@cache
def client(
    service: str, *, attempts: int = 3, read_timeout: float = 5, signature: str | None = None
) -> Any:
    """A client of an AWS service; one session for all, so that credentials are found once."""
    from botocore.config import Config

    return _session().client(
        service,
        config=Config(
            connect_timeout=2,
            read_timeout=read_timeout,
            retries={"mode": "standard", "total_max_attempts": attempts},
            tcp_keepalive=True,
            parameter_validation=service != "dynamodb",
            signature_version=signature,
            user_agent=_user_agent(),
            account_id_endpoint_mode="disabled",
        ),
    )


def sender(service: str) -> Any:
    """A client of a provider, which is asked once."""
    # One attempt: no provider takes an idempotency token, so a repetition could send twice.
    # Its timeout ends well within the function's, and so within the lease.
    return client(service, attempts=1, read_timeout=10)


@cache
def secret() -> bytes:
    """The key of all keyed digests, read once."""
    answer = client("secretsmanager").get_secret_value(SecretId=settings().text("SECRET_ARN"))
    return str(answer["SecretString"]).encode()


def table(name: str) -> Table:
    """A table by what it holds."""
    from outbound.adapters.dynamodb.table import Table

    return Table(client("dynamodb"), settings().text(f"{name}_TABLE"))


@cache
def _user_agent() -> str:
    """Botocore would put its own together for each request, in a third of that one's time."""
    import boto3

    return f"Boto3/{boto3.__version__} Outbound"


@cache
def _session() -> Any:
    import boto3

    return boto3.Session()
