"""SMS by Amazon SNS (Publish to a phone number). Its receipts carry no tags of ours."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from outbound.adapters.carriers.answers import ask, code_and_status, kind_of
from outbound.domain.outcome import Kind, Outcome
from outbound.domain.suppression import Reason
from outbound.domain.words import Purpose

if TYPE_CHECKING:
    from collections.abc import Mapping

    from botocore.exceptions import ClientError
    from mypy_boto3_sns import SNSClient

    from outbound.ports import Outgoing

OUTCOMES: Mapping[str, Kind] = {
    # https://docs.aws.amazon.com/sns/latest/api/API_Publish.html
    "InternalError": Kind.TEMPORARY,
    "InternalErrorException": Kind.TEMPORARY,
    "Throttled": Kind.TEMPORARY,
    "KMSThrottling": Kind.TEMPORARY,
    "KMSThrottlingException": Kind.TEMPORARY,
    "AuthorizationErrorException": Kind.STOPPED,
    "InvalidSecurity": Kind.STOPPED,
    "KMSAccessDenied": Kind.STOPPED,
    "KMSDisabled": Kind.STOPPED,
    "KMSInvalidState": Kind.STOPPED,
    "KMSNotFound": Kind.STOPPED,
    "KMSOptInRequired": Kind.STOPPED,
    "InvalidParameter": Kind.PERMANENT,
    "InvalidParameterException": Kind.PERMANENT,
    "InvalidParameterValue": Kind.PERMANENT,
    "ParameterValueInvalid": Kind.PERMANENT,
    "NotFound": Kind.PERMANENT,
    "NotFoundException": Kind.PERMANENT,
    "EndpointDisabled": Kind.PERMANENT,
    "PlatformApplicationDisabled": Kind.PERMANENT,
    "ValidationException": Kind.PERMANENT,
    "OptedOut": Kind.PERMANENT,
}
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
        """Send one text."""
        return ask(lambda: self._publish(outgoing), _judge)

    def _publish(self, outgoing: Outgoing) -> str:
        promotional = outgoing.purpose is Purpose.MARKETING
        attributes: dict[str, Any] = {
            "AWS.SNS.SMS.SMSType": _text("Promotional" if promotional else "Transactional"),
            "AWS.SNS.SMS.MaxPrice": {"DataType": "Number", "StringValue": self.max_price},
        }
        if self.origination is not None:
            number = self.origination.startswith("+")
            name = "AWS.MM.SMS.OriginationNumber" if number else "AWS.SNS.SMS.SenderID"
            attributes[name] = _text(self.origination)
        answer = self.client.publish(
            PhoneNumber=outgoing.address.value,
            Message=outgoing.bodies["text"],
            MessageAttributes=attributes,
        )
        return answer["MessageId"]


def _judge(error: ClientError) -> Outcome:
    code, status = code_and_status(error)
    return Outcome(kind_of(code, status, OUTCOMES), code, suppress=SUPPRESSED.get(code))


def _text(value: str) -> dict[str, str]:
    return {"DataType": "String", "StringValue": value}
