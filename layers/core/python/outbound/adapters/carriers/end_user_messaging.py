"""SMS and voice by AWS End User Messaging (`pinpoint-sms-voice-v2`)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from outbound.adapters.carriers.answers import ask, clean, code_and_status, kind_of, of_own_number
from outbound.adapters.carriers.end_user_messaging_codes import (
    OF_A_FIELD,
    OUTCOMES,
    PERMANENT_FOR_MEDIA,
    SETTINGS,
    SUPPRESSED,
)
from outbound.domain.outcome import Kind, Outcome
from outbound.domain.words import Purpose

if TYPE_CHECKING:
    from botocore.exceptions import ClientError
    from mypy_boto3_pinpoint_sms_voice_v2 import PinpointSMSVoiceV2Client

    from outbound.ports import MediaFiles, Outgoing

TIME_TO_LIVE = 3600


@dataclass(frozen=True, slots=True)
class EndUserMessagingSms:
    """Texts, with our context on each; its events carry it back."""

    client: PinpointSMSVoiceV2Client
    configuration_set: str
    max_price: str
    origination: str | None = None
    files: MediaFiles | None = None
    name: str = "end_user_messaging"
    tags_come_back: bool = True

    def hand_over(self, outgoing: Outgoing) -> Outcome:
        """Send one text, with its file where it has one."""
        if outgoing.enclosed.media_id is None:
            return of_own_number(outgoing, ask(lambda: self._send(outgoing), _judge))
        if self.origination is None or self.files is None:
            # Settings have changed since the message was accepted.
            return Outcome(Kind.PERMANENT, "mms_not_available", reason="mms_not_available")
        return ask(lambda: self._send_media(outgoing), _judge)

    def _send_media(self, outgoing: Outgoing) -> str:
        assert outgoing.enclosed.media_id is not None
        assert self.origination is not None
        assert self.files is not None
        answer = self.client.send_media_message(
            DestinationPhoneNumber=outgoing.address.value,
            OriginationIdentity=self.origination,
            MessageBody=outgoing.bodies["text"],
            MediaUrls=[self.files.place(outgoing.media[outgoing.enclosed.media_id])],
            MaxPrice=self.max_price,
            ConfigurationSetName=self.configuration_set,
            Context=_context(outgoing),
        )
        return answer["MessageId"]

    def _send(self, outgoing: Outgoing) -> str:
        promotional = outgoing.purpose is Purpose.MARKETING
        origination = outgoing.origination or self.origination
        optional: Any = {"OriginationIdentity": origination} if origination else {}
        answer = self.client.send_text_message(
            DestinationPhoneNumber=outgoing.address.value,
            MessageBody=outgoing.bodies["text"],
            MessageType="PROMOTIONAL" if promotional else "TRANSACTIONAL",
            MaxPrice=self.max_price,
            ConfigurationSetName=self.configuration_set,
            Context=_context(outgoing),
            **optional,
        )
        return answer["MessageId"]


@dataclass(frozen=True, slots=True)
class EndUserMessagingVoice:
    """Calls that read a text aloud. A call that was completed may have met an answering machine.

    `voice` reads where the message doesn't name one.
    """

    client: PinpointSMSVoiceV2Client
    configuration_set: str
    max_price_per_minute: str
    origination: str
    voice: str
    name: str = "end_user_messaging"
    tags_come_back: bool = True

    def hand_over(self, outgoing: Outgoing) -> Outcome:
        """Make one call."""
        return ask(lambda: self._call(outgoing), _judge)

    def _call(self, outgoing: Outgoing) -> str:
        ssml = outgoing.bodies.get("ssml")
        options: Any = {"VoiceId": outgoing.voice or self.voice}
        answer = self.client.send_voice_message(
            DestinationPhoneNumber=outgoing.address.value,
            OriginationIdentity=self.origination,
            MessageBody=outgoing.bodies["text"] if ssml is None else ssml,
            MessageBodyTextType="TEXT" if ssml is None else "SSML",
            MaxPricePerMinute=self.max_price_per_minute,
            TimeToLive=TIME_TO_LIVE,
            ConfigurationSetName=self.configuration_set,
            Context=_context(outgoing),
            **options,
        )
        return answer["MessageId"]


def _context(outgoing: Outgoing) -> dict[str, str]:
    return {
        "outbound_tenant": outgoing.ref.tenant,
        "outbound_message": outgoing.ref.id,
        "outbound_attempt": str(outgoing.attempt),
    }


def _judge(error: ClientError) -> Outcome:
    code, status = code_and_status(error)
    reason = clean(error.response.get("Reason")) or code
    kind = OUTCOMES.get(reason) or kind_of(code, status, OUTCOMES)
    if reason in PERMANENT_FOR_MEDIA and error.operation_name == "SendMediaMessage":
        kind = Kind.PERMANENT
    if reason in OF_A_FIELD and _faults_settings(error):
        kind = Kind.STOPPED
    return Outcome(kind, reason, suppress=SUPPRESSED.get(reason))


def _faults_settings(error: ClientError) -> bool:
    fields: Any = error.response.get("Fields") or []
    names = {str(field.get("Name", "")).lower() for field in fields}
    return bool(names) and names <= SETTINGS
