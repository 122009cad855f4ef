"""An account at the carrier, and requests that it accepts."""

from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

import boto3
from botocore.config import Config

from infra.local.carrier import Carrier, Settings

SETTINGS = Settings(
    identities=("example.com", "only@elsewhere.test"),
    configuration_sets=("outbound",),
    opted_out=("+14155550199",),
)
SUCCESS, FAILURE = "+14254147755", "+14254147167"
TAGS = {"outbound_tenant": "acme", "outbound_message": "msg_1", "outbound_attempt": "1"}


@dataclass(frozen=True, slots=True)
class Clients:
    carrier: Carrier
    ses: Any
    phone: Any
    sns: Any


@cache
def client(service: Literal["sesv2", "pinpoint-sms-voice-v2", "sns"]) -> Any:
    return make_client(service, None)


def make_client(service: str, endpoint: str | None, *, patience: float = 1) -> Any:
    return boto3.session.Session().client(
        service,  # type: ignore[call-overload]
        endpoint_url=endpoint,
        region_name="us-east-1",
        aws_access_key_id="test",
        aws_secret_access_key="test",
        config=Config(
            parameter_validation=False, retries={"total_max_attempts": 1}, read_timeout=patience
        ),
    )


def email(to: str = "success@simulator.amazonses.com", **changes: Any) -> dict[str, Any]:
    return {
        "FromEmailAddress": "Acme <news@example.com>",
        "Destination": {"ToAddresses": [to]},
        "Content": simple(),
        "ConfigurationSetName": "outbound",
        "EmailTags": [{"Name": name, "Value": value} for name, value in TAGS.items()],
        **changes,
    }


def simple(**changes: Any) -> dict[str, Any]:
    return {
        "Simple": {
            "Subject": {"Data": "Your order"},
            "Body": {"Text": {"Data": "It has shipped."}, "Html": {"Data": "<p>It has shipped."}},
            **changes,
        }
    }


def bulk(*entries: dict[str, Any], **template: Any) -> dict[str, Any]:
    content = {"Subject": "Hi {{name}}", "Text": "{{ greeting }} {{name}}"}
    return {
        "FromEmailAddress": "news@example.com",
        "ConfigurationSetName": "outbound",
        "DefaultContent": {
            "Template": {
                "TemplateContent": content,
                "TemplateData": '{"name": "friend", "greeting": "Hello"}',
                **template,
            }
        },
        "BulkEmailEntries": list(entries),
    }


def entry(to: str, **changes: Any) -> dict[str, Any]:
    return {"Destination": {"ToAddresses": [to]}, **changes}


def text(to: str = SUCCESS, **changes: Any) -> dict[str, Any]:
    return {
        "DestinationPhoneNumber": to,
        "MessageBody": "Your order has shipped.",
        "ConfigurationSetName": "outbound",
        "Context": TAGS,
        **changes,
    }


def call(to: str = SUCCESS, **changes: Any) -> dict[str, Any]:
    return {**text(to), "OriginationIdentity": "+12065550100", **changes}


def media(to: str = SUCCESS, **changes: Any) -> dict[str, Any]:
    return {**call(to), "MediaUrls": ["s3://media/leaflet.png"], **changes}
