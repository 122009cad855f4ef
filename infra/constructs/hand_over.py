"""The one thing each channel's deliver function may do at its provider, and its settings."""

from collections.abc import Sequence
from decimal import Decimal

import aws_cdk as cdk
from aws_cdk import aws_iam as iam
from constructs import Construct

from infra import senders
from infra.config import Config, Email, Sms, Voice
from infra.constructs.lanes import together


def price(amount: Decimal) -> str:
    """As End User Messaging takes it: `0.20000`, never `0.2` nor an exponent."""
    return f"{amount:.5f}"


def senders_environment(email: Email) -> dict[str, str]:
    """Who sends email: for whoever takes it in, stores templates of it, or hands it over."""
    own = email.tenants
    return {
        "OUTBOUND_EMAIL_FROM": email.sender,
        **({"OUTBOUND_EMAIL_SENDERS": senders.stated(own)} if own else {}),
    }


def email_environment(email: Email, *, configuration_set: str) -> dict[str, str]:
    return {
        **senders_environment(email),
        "OUTBOUND_EMAIL_CONFIGURATION_SET": configuration_set,
        **({"OUTBOUND_EMAIL_TOGETHER": str(together(email.rate_per_second))} if email.bulk else {}),
    }


def sms_environment(sms: Sms, *, configuration_set: str) -> dict[str, str]:
    by_sns = sms.provider == "sns"
    return {
        "OUTBOUND_SMS_PROVIDER": sms.provider,
        "OUTBOUND_SMS_MAX_PRICE": price(sms.max_price_usd),
        **({} if by_sns else {"OUTBOUND_SMS_CONFIGURATION_SET": configuration_set}),
        **({"OUTBOUND_SMS_ORIGINATION": sms.origination} if sms.origination else {}),
    }


def media_environment(sms: Sms) -> dict[str, str]:
    """Whether texts can take files along."""
    return {"OUTBOUND_MMS": "true"} if sms.sends_media else {}


def voice_environment(voice: Voice, *, configuration_set: str) -> dict[str, str]:
    return {
        "OUTBOUND_VOICE_ORIGINATION": voice.origination,
        "OUTBOUND_VOICE_ID": voice.voice_id,
        "OUTBOUND_VOICE_MAX_PRICE_PER_MINUTE": price(voice.max_price_per_minute_usd),
        "OUTBOUND_VOICE_CONFIGURATION_SET": configuration_set,
    }


def terms_environment(config: Config) -> dict[str, str]:
    """What intake must know of the hand-over to measure a message and to refuse it in time."""
    own = config.prices.text
    return {
        "OUTBOUND_SMS_MAX_PRICE": price(config.sms.max_price_usd),
        "OUTBOUND_VOICE_ID": config.voice.voice_id,
        "OUTBOUND_VOICE_MAX_PRICE_PER_MINUTE": price(config.voice.max_price_per_minute_usd),
        **({"OUTBOUND_PRICES": own} if own else {}),
    }


def permission_environment(config: Config) -> dict[str, str]:
    """What the deployment has changed of the rules, for whoever asks the gate."""
    text = config.permission.text
    return {"OUTBOUND_PERMISSION": text} if text else {}


def may_email(scope: Construct, config: Config, *, configuration_set: str) -> iam.PolicyStatement:
    return iam.PolicyStatement(
        actions=["ses:SendEmail", *(["ses:SendBulkEmail"] if config.email.bulk else [])],
        resources=[
            *(
                _arn(scope, "ses", "identity", name)
                for name in senders.identities(config.email.senders)
            ),
            _arn(scope, "ses", "configuration-set", configuration_set),
        ],
    )


def may_text(scope: Construct, config: Config, *, configuration_set: str) -> iam.PolicyStatement:
    if config.sms.provider == "sns":
        # A phone number has no ARN: everything that is not a topic is what is left.
        return iam.PolicyStatement(actions=["sns:Publish"], not_resources=["arn:*:sns:*:*:*"])
    return iam.PolicyStatement(
        actions=[
            "sms-voice:SendTextMessage",
            *(["sms-voice:SendMediaMessage"] if config.sms.sends_media else []),
        ],
        resources=[
            *_text_originators(scope, config.sms),
            _arn(scope, "sms-voice", "configuration-set", configuration_set),
        ],
    )


def _text_originators(scope: Construct, sms: Sms) -> Sequence[str]:
    """That of all texts, and the numbers that answer what is texted to them."""
    ours = _originators(scope, sms.origination)
    return list(dict.fromkeys((*ours, *(_originators(scope, "+") if sms.two_way else ()))))


def may_call(scope: Construct, config: Config, *, configuration_set: str) -> iam.PolicyStatement:
    return iam.PolicyStatement(
        actions=["sms-voice:SendVoiceMessage"],
        resources=[
            *_originators(scope, config.voice.origination),
            _arn(scope, "sms-voice", "configuration-set", configuration_set),
        ],
    )


def _originators(scope: Construct, origination: str | None) -> Sequence[str]:
    """The resources an origination may be: a number's ARN holds its id, not its digits."""
    if origination is None:
        kinds = ("phone-number", "pool", "sender-id")
        return [_arn(scope, "sms-voice", kind, "*") for kind in kinds]
    if origination.startswith("arn:"):
        return [origination]
    if origination.startswith("pool-"):
        return [_arn(scope, "sms-voice", "pool", origination)]
    if origination.startswith("phone-"):
        return [_arn(scope, "sms-voice", "phone-number", origination)]
    if origination.startswith("+"):
        return [_arn(scope, "sms-voice", "phone-number", "*")]
    return [_arn(scope, "sms-voice", "sender-id", f"{origination}/*")]


def _arn(scope: Construct, service: str, kind: str, name: str) -> str:
    return cdk.Stack.of(scope).format_arn(service=service, resource=kind, resource_name=name)
