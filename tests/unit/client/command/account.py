"""An account where all is well, as AWS describes it, and facts of it with changes."""

from __future__ import annotations

import copy
import json
from typing import TYPE_CHECKING, Any

from outbound_client.command.account import About, Facts, Unknown
from outbound_client.command.deployed import read_outputs

if TYPE_CHECKING:
    from collections.abc import Mapping

ACCOUNT, REGION = "123456789012", "us-east-1"
ARN = f"arn:aws:sns:{REGION}:{ACCOUNT}"
ROLE = f"arn:aws:iam::{ACCOUNT}:role/texts"
SETTINGS: dict[str, Any] = {
    "email": {
        "from": "Acme <news@mail.example.com>",
        "rate_per_second": 14,
        "monthly_limit_usd": "500",
        "configuration_set": "mails",
    },
    "sms": {
        "provider": "sns",
        "rate_per_second": 10,
        "monthly_limit_usd": "100.50",
        "configuration_set": "phone",
    },
    "voice": {
        "origination": "+12065550142",
        "rate_per_second": 1,
        "monthly_limit_usd": "50",
        "configuration_set": "phone",
    },
    "workers": 68,
}
UPKEEP = "outbound-upkeep"
OUTPUTS = {
    "InboundTopic": f"{ARN}:inbound",
    "TextStatusRole": ROLE,
    "EmailReceiptsTopic": f"{ARN}:email",
    "PhoneReceiptsTopic": f"{ARN}:phone",
    "AlarmsTopic": f"{ARN}:alarms",
    "FeedbackLogs": "/feedback",
    "UpkeepFunction": UPKEEP,
    "DeadLetterQueues": json.dumps({"Sms": "https://sqs/sms", "Receipts": "https://sqs/receipts"}),
}
MADE = "2026-01-01T00:00:00Z"
NO_MORE: Mapping[str, str] = {}


def settings(**channels: dict[str, Any]) -> dict[str, Any]:
    """The settings with changes by channel."""
    changed = copy.deepcopy(SETTINGS)
    for channel, changes in channels.items():
        changed[channel] |= changes
    return changed


def stack(
    name: str = "Outbound-dev",
    told: dict[str, Any] = SETTINGS,
    outputs: Mapping[str, str] = NO_MORE,
) -> dict[str, Any]:
    """A stack as CloudFormation describes it; `outputs` are further ones."""
    outputs = {**OUTPUTS, "Settings": json.dumps(told), **outputs}
    return {
        "StackName": name,
        "StackStatus": "UPDATE_COMPLETE",
        "Outputs": [{"OutputKey": key, "OutputValue": value} for key, value in outputs.items()],
    }


def number(**changes: Any) -> dict[str, Any]:
    """A phone number for texts."""
    return {
        "PhoneNumberArn": f"arn:aws:sms-voice:{REGION}:{ACCOUNT}:phone-number/phone-2",
        "PhoneNumberId": "phone-2",
        "PhoneNumber": "+12065550143",
        "Status": "ACTIVE",
        "IsoCountryCode": "US",
        "NumberCapabilities": ["SMS"],
        "NumberType": "TEN_DLC",
        "TwoWayEnabled": False,
        "SelfManagedOptOutsEnabled": False,
        "OptOutListName": "Default",
        "RegistrationId": "registration-2",
        "MessagingLimits": {"RateLimits": {"SMS": 10}},
    } | changes


def caller(**changes: Any) -> dict[str, Any]:
    """A phone number that calls."""
    mine = {
        "PhoneNumberArn": f"arn:aws:sms-voice:{REGION}:{ACCOUNT}:phone-number/phone-1",
        "PhoneNumberId": "phone-1",
        "PhoneNumber": "+12065550142",
        "NumberCapabilities": ["VOICE"],
        "NumberType": "LONG_CODE",
        "RegistrationId": None,
        "MessagingLimits": {"RateLimits": {"VOICE": 1}},
    }
    return number(**mine) | changes


def limit(name: str, enforced: int, most: int = 1000) -> dict[str, Any]:
    """A spend limit."""
    full = f"{name}_MESSAGE_MONTHLY_SPEND_LIMIT"
    return {"Name": full, "EnforcedLimit": enforced, "MaxLimit": most, "Overridden": True}


def limits(text: int = 100, media: int = 100, voice: int = 50, most: int = 1000) -> list[Any]:
    """All of them."""
    return [limit("TEXT", text, most), limit("MEDIA", media, most), limit("VOICE", voice, most)]


def keywords(*words: str) -> dict[str, Any]:
    """The words that the number for texts takes as STOP."""
    return {
        "phone-2": [
            {"Keyword": word, "KeywordMessage": "No more.", "KeywordAction": "OPT_OUT"}
            for word in words
        ]
    }


def destination(topic: str, *events: str) -> dict[str, Any]:
    """Where a configuration set publishes to."""
    return {"Enabled": True, "SnsDestination": {"TopicArn": topic}, "MatchingEventTypes": events}


MAIL_EVENTS = ("DELIVERY", "BOUNCE", "COMPLAINT", "REJECT", "RENDERING_FAILURE")
WELL: dict[str, Any] = {
    "stacks": {"Outbound-dev-Data": {"StackStatus": "CREATE_COMPLETE"}, "Outbound-dev": stack()},
    "platform.limit": {"ConcurrentExecutions": 1000},
    "platform.subscriptions": [{"Protocol": "email", "SubscriptionArn": f"{ARN}:alarms:1"}],
    "platform.ringing": [],
    "platform.dead-letters": {"Sms": 0, "Receipts": 0},
    "ses.account": {
        "ProductionAccessEnabled": True,
        "SendingEnabled": True,
        "EnforcementStatus": "HEALTHY",
        "SendQuota": {"Max24HourSend": 50000.0, "MaxSendRate": 14.0, "SentLast24Hours": 10.0},
        "SuppressionAttributes": {"SuppressedReasons": ["BOUNCE", "COMPLAINT"]},
    },
    "ses.identity": {
        "EmailIdentity": "mail.example.com",
        "VerifiedForSendingStatus": True,
        "VerificationStatus": "SUCCESS",
        "DkimAttributes": {"Status": "SUCCESS", "SigningEnabled": True, "Tokens": ["a", "b"]},
        "MailFromAttributes": {
            "MailFromDomain": "bounce.mail.example.com",
            "MailFromDomainStatus": "SUCCESS",
        },
    },
    "ses.set": {"SendingOptions": {"SendingEnabled": True}},
    "ses.destinations": {"EventDestinations": [destination(f"{ARN}:email", *MAIL_EVENTS)]},
    "dns.spf": ["v=spf1 include:amazonses.com ~all", "something else"],
    "dns.dmarc": {"mail.example.com": ["v=DMARC1; p=quarantine"]},
    "probe.id": "prb-1",
    "probe.answer": {"Status": "SUCCESS", "MessageId": "1"},
    "probe.seen": {
        "event": "Delivery",
        "subject": "Test & trial prb-1",
        "headers": {
            "list-unsubscribe": "<https://example.com/unsubscribe>",
            "list-unsubscribe-post": "List-Unsubscribe=One-Click",
        },
    },
    "sns.sandbox": False,
    "sns.attributes": {
        "MonthlySpendLimit": "100",
        "DeliveryStatusIAMRole": ROLE,
        "DeliveryStatusSuccessSamplingRate": "100",
        "DefaultSMSType": "Transactional",
    },
    "phone.attributes": [{"Name": "ACCOUNT_TIER", "Value": "PRODUCTION"}],
    "phone.limits": limits(),
    "phone.numbers": [caller(), number()],
    "phone.pools": [],
    "phone.registrations": [{"RegistrationId": "registration-2", "RegistrationStatus": "COMPLETE"}],
    "phone.protection": [{"AccountDefault": True}],
    "phone.opt-out-lists": [{"OptOutListName": "Default"}],
    "phone.set": {"EventDestinations": [destination(f"{ARN}:phone", "VOICE_ALL", "TEXT_ALL")]},
    "upkeep.lists": {"ses": MADE, "Default": MADE},
    "phone.keywords": keywords("STOP", "REVOKE", "OPT OUT"),
}


def facts(
    changes: dict[str, Any] | None = None,
    told: dict[str, Any] = SETTINGS,
    outputs: Mapping[str, str] = NO_MORE,
) -> Facts:
    """The facts of an account where all is well but for the changes; `outputs` are further ones."""
    deployed = read_outputs(stack(told=told, outputs=outputs))
    assert deployed is not None
    return Facts(About("dev", ACCOUNT, REGION), {**WELL, **(changes or {})}, deployed)


def undeployed(changes: dict[str, Any] | None = None) -> Facts:
    """The facts of an account where nothing is deployed."""
    about = About("dev", ACCOUNT, REGION)
    return Facts(about, {**WELL, **(changes or {})}, Unknown("Outbound-dev isn't deployed"))


def within(fact: str, *path: str, **changes: Any) -> dict[str, Any]:
    """A fact of the well account, with changes somewhere inside."""
    changed = copy.deepcopy(WELL[fact])
    inner = changed
    for step in path:
        inner = inner[step]
    inner.update(changes)
    return {fact: changed}
