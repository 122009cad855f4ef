"""The providers."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from outbound.domain.words import Channel
from outbound.wiring import files, process

if TYPE_CHECKING:
    from outbound.adapters.carriers.ses import Ses
    from outbound.adapters.carriers.ses_bulk import SesBulk
    from outbound.ports import Carrier


def carrier_of(channel: Channel) -> Carrier:
    """Who brings what goes by a channel."""
    match channel:
        case Channel.EMAIL:
            return _email()
        case Channel.SMS:
            return _sms()
        case Channel.VOICE:
            return _voice()


def many_emails() -> SesBulk:
    """The same, for many emails at a time."""
    from outbound.adapters.carriers.ses_bulk import SesBulk

    return SesBulk(_email())


@cache
def _email() -> Ses:
    from outbound.adapters.carriers.ses import Ses

    return Ses(
        client=process.sender("sesv2"),
        sender=process.settings().text("EMAIL_FROM"),
        configuration_set=process.settings().text("EMAIL_CONFIGURATION_SET"),
        files=files.media(),
    )


def _sms() -> Carrier:
    from outbound.adapters.carriers.end_user_messaging import EndUserMessagingSms
    from outbound.adapters.carriers.sns import Sns

    origination = process.settings().optional("SMS_ORIGINATION")
    max_price = process.settings().text("SMS_MAX_PRICE")
    if process.settings().text("SMS_PROVIDER") == "sns":
        return Sns(process.sender("sns"), max_price, origination)
    return EndUserMessagingSms(
        client=process.sender("pinpoint-sms-voice-v2"),
        configuration_set=process.settings().text("SMS_CONFIGURATION_SET"),
        max_price=max_price,
        origination=origination,
        files=files.media() if process.settings().optional("MEDIA_BUCKET") else None,
    )


def _voice() -> Carrier:
    from outbound.adapters.carriers.end_user_messaging import EndUserMessagingVoice

    return EndUserMessagingVoice(
        client=process.sender("pinpoint-sms-voice-v2"),
        configuration_set=process.settings().text("VOICE_CONFIGURATION_SET"),
        max_price_per_minute=process.settings().text("VOICE_MAX_PRICE_PER_MINUTE"),
        origination=process.settings().text("VOICE_ORIGINATION"),
        voice=process.settings().text("VOICE_ID"),
    )
