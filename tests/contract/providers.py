"""The providers over real clients, at an address where the carrier simulator or nobody listens."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import boto3
from botocore.config import Config

from outbound.adapters.carriers.end_user_messaging import (
    EndUserMessagingSms,
    EndUserMessagingVoice,
)
from outbound.adapters.carriers.ses import Ses
from outbound.adapters.carriers.sns import Sns
from outbound.domain.words import Channel
from tests import aws

if TYPE_CHECKING:
    from outbound.ports import Carrier

SESSION: Any = boto3.Session("test", "test", region_name=aws.REGION)
PATIENCE = 1.0
"""Seconds until a client gives up where silence is tested; else 10, as in production."""


@dataclass(frozen=True, slots=True)
class Provider:
    channel: Channel
    operation: str
    carrier: Carrier
    client: Any


def providers_at(url: str, *, patience: float = 10) -> dict[str, Provider]:
    """Each provider as `wiring` builds it, but for the address and the patience."""
    config = Config(
        connect_timeout=2,
        read_timeout=patience,
        retries={"mode": "standard", "total_max_attempts": 1},
    )
    clients = {
        service: SESSION.client(service, endpoint_url=url, config=config)
        for service in ("sesv2", "sns", "pinpoint-sms-voice-v2")
    }
    phone = clients["pinpoint-sms-voice-v2"]
    name = aws.CONFIGURATION_SET
    carriers: list[tuple[str, Channel, str, Any]] = [
        ("ses", Channel.EMAIL, "SendEmail", Ses(clients["sesv2"], aws.SENDER, name)),
        ("sns", Channel.SMS, "Publish", Sns(clients["sns"], "0.20")),
        ("sms", Channel.SMS, "SendTextMessage", EndUserMessagingSms(phone, name, "0.20")),
        (
            "voice",
            Channel.VOICE,
            "SendVoiceMessage",
            EndUserMessagingVoice(phone, name, "0.50", "+12065550100", "JOANNA"),
        ),
    ]
    return {
        key: Provider(channel, operation, carrier, carrier.client)
        for key, channel, operation, carrier in carriers
    }
