"""SMS by Amazon SNS (Publish to a phone number). Its receipts carry no tags of ours."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from outbound.adapters.carriers.answers import ask, code_and_status, kind_of, of_own_number, text_of
from outbound.domain.outcome import Kind, Outcome
from outbound.domain.suppression import Reason
from outbound.domain.words import Purpose

if TYPE_CHECKING:
    from collections.abc import Mapping

    from botocore.exceptions import ClientError
    from mypy_boto3_sns import SNSClient

    from outbound.ports import Outgoing

OUTCOMES: Mapping[str, Kind] = {
    # https://docs.aws.amazon.com/sns/latest/api/API_Publish.html; of each error the code on the
    # wire and the name of its shape.
    "InternalError": Kind.TEMPORARY,
    "InternalErrorException": Kind.TEMPORARY,
    "Throttled": Kind.TEMPORARY,
    "KMSThrottling": Kind.TEMPORARY,
    "KMSThrottlingException": Kind.TEMPORARY,
    "AuthorizationError": Kind.STOPPED,
    "AuthorizationErrorException": Kind.STOPPED,
    "InvalidSecurity": Kind.STOPPED,
    "InvalidSecurityException": Kind.STOPPED,
    "InvalidParameter": Kind.PERMANENT,
    "InvalidParameterException": Kind.PERMANENT,
    "InvalidParameterValue": Kind.PERMANENT,
    "InvalidParameterValueException": Kind.PERMANENT,
    "ParameterValueInvalid": Kind.PERMANENT,
    "ValidationException": Kind.PERMANENT,
    "OptedOut": Kind.PERMANENT,
    # The key of a topic: a text has none, so such an answer speaks of the account.
    "KMSAccessDenied": Kind.STOPPED,
    "KMSAccessDeniedException": Kind.STOPPED,
    "KMSDisabled": Kind.STOPPED,
    "KMSDisabledException": Kind.STOPPED,
    "KMSInvalidState": Kind.STOPPED,
    "KMSInvalidStateException": Kind.STOPPED,
    "KMSNotFound": Kind.STOPPED,
    "KMSNotFoundException": Kind.STOPPED,
    "KMSOptInRequired": Kind.STOPPED,
    # Topics and apps, of which we name none: taken as any code that we don't know.
    "EndpointDisabled": Kind.TEMPORARY,
    "EndpointDisabledException": Kind.TEMPORARY,
    "NotFound": Kind.TEMPORARY,
    "NotFoundException": Kind.TEMPORARY,
    "PlatformApplicationDisabled": Kind.TEMPORARY,
    "PlatformApplicationDisabledException": Kind.TEMPORARY,
}
SETTINGS = ("aws.sns.sms.", "aws.mm.sms.")
"""How the attributes begin that the deployment fills, the same for each text."""
SUPPRESSED: Mapping[str, Reason] = {"OptedOut": Reason.OPTED_OUT}


@dataclass(frozen=True, slots=True)
class Sns:
    """SNS; `origination` is a number of ours or a sender id."""

    client: SNSClient
    max_price: str
    origination: str | None = None
    name: str = "sns"
    tags_come_back: bool = False

    def hand_over(self, outgoing: Outgoing) -> Outcome:
        """Send one text; files aren't for SNS."""
        if outgoing.enclosed.media_id is not None:
            # Settings have changed since the message was accepted.
            return Outcome(Kind.PERMANENT, "mms_not_available", reason="mms_not_available")
        return of_own_number(outgoing, ask(lambda: self._publish(outgoing), _judge))

    def _publish(self, outgoing: Outgoing) -> str:
        promotional = outgoing.purpose is Purpose.MARKETING
        attributes: dict[str, Any] = {
            "AWS.SNS.SMS.SMSType": _text("Promotional" if promotional else "Transactional"),
            "AWS.SNS.SMS.MaxPrice": {"DataType": "Number", "StringValue": self.max_price},
        }
        origination = outgoing.origination or self.origination
        if origination is not None:
            number = outgoing.origination is not None or origination.startswith("+")
            name = "AWS.MM.SMS.OriginationNumber" if number else "AWS.SNS.SMS.SenderID"
            attributes[name] = _text(origination)
        answer = self.client.publish(
            PhoneNumber=outgoing.address.value,
            Message=outgoing.bodies["text"],
            MessageAttributes=attributes,
        )
        return answer["MessageId"]


def _judge(error: ClientError) -> Outcome:
    code, status = code_and_status(error)
    if OUTCOMES.get(code) is Kind.PERMANENT and any(name in text_of(error) for name in SETTINGS):
        return Outcome(Kind.STOPPED, code)
    return Outcome(kind_of(code, status, OUTCOMES), code, suppress=SUPPRESSED.get(code))


def _text(value: str) -> dict[str, str]:
    return {"DataType": "String", "StringValue": value}
