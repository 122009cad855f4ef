"""Email by Amazon SES (API v2, SendEmail)."""

from __future__ import annotations

from dataclasses import dataclass
from email.header import Header
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from botocore.exceptions import BotoCoreError, ClientError

from outbound.adapters.carriers.answers import ask, code_and_status, kind_of, text_of
from outbound.adapters.carriers.attachments import read_attachments
from outbound.domain.outcome import Kind, Outcome
from outbound.domain.sender import Sender, parse
from outbound.domain.words import SUBSCRIBED
from outbound.ports import MediaGone

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mypy_boto3_sesv2 import SESV2Client

    from outbound.ports import MediaFiles, Outgoing

OUTCOMES: Mapping[str, Kind] = {
    # https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SendEmail.html
    "TooManyRequestsException": Kind.TEMPORARY,
    "LimitExceededException": Kind.STOPPED,
    "AccountSuspendedException": Kind.STOPPED,
    "SendingPausedException": Kind.STOPPED,
    "MailFromDomainNotVerifiedException": Kind.STOPPED,
    # The configuration set, since that is all that we name.
    "NotFoundException": Kind.STOPPED,
    "MessageRejected": Kind.PERMANENT,
    "BadRequestException": Kind.PERMANENT,
    # The older names of version 1, which some endpoints still use:
    # https://docs.aws.amazon.com/ses/latest/APIReference/API_SendEmail.html
    "AccountSendingPausedException": Kind.STOPPED,
    "ConfigurationSetDoesNotExist": Kind.STOPPED,
    "ConfigurationSetSendingPausedException": Kind.STOPPED,
    "MailFromDomainNotVerified": Kind.STOPPED,
}
SAYINGS = (
    # Codes that mean several things; the sentence tells which.
    # https://docs.aws.amazon.com/ses/latest/dg/manage-sending-quotas-errors.html
    ("Throttling", "daily", "DailyQuotaExceeded"),
    ("ThrottlingException", "daily", "DailyQuotaExceeded"),
    ("TooManyRequestsException", "daily", "DailyQuotaExceeded"),
    ("LimitExceededException", "daily", "DailyQuotaExceeded"),
    # https://github.com/GoodDollar/GoodServer/issues/419
    ("MessageRejected", "sending paused for this account", "SendingPaused"),
    ("MessageRejected", "sending suspended for this account", "SendingSuspended"),
)
"""Code, part of the sentence, and our name for it. Each stops the channel."""
NOT_VERIFIED = "not verified"
NAMED_AFTER = "failed the check"
"""https://docs.aws.amazon.com/ses/latest/dg/troubleshoot-error-messages.html"""
OF_THE_SENDER = frozenset(
    {
        "AccessDenied",
        "AccessDeniedException",
        "MailFromDomainNotVerified",
        "MailFromDomainNotVerifiedException",
    }
)
"""What may be said of one sender alone: its right, or its MAIL FROM domain."""
LONGEST_WORD = 75
"""Characters of an encoded word (RFC 2047, 2)."""


@dataclass(frozen=True, slots=True)
class Ses:
    """SES, with our tags on each email; its events carry them back."""

    client: SESV2Client
    sender: str
    configuration_set: str
    files: MediaFiles | None = None
    name: str = "ses"
    tags_come_back: bool = True

    def hand_over(self, outgoing: Outgoing) -> Outcome:
        """Send one email; its files are read first, when nothing can have left."""
        try:
            attachments = read_attachments(outgoing, self.files)
        except MediaGone:
            return Outcome(Kind.PERMANENT, "media_gone", reason="media_gone")
        except (BotoCoreError, ClientError, OSError) as error:
            return Outcome(Kind.TEMPORARY, type(error).__name__)
        return ask(lambda: self._send(outgoing, attachments), lambda e: self.judge(e, outgoing))

    def _send(self, outgoing: Outgoing, attachments: list[Any]) -> str:
        bodies = outgoing.bodies
        body: Any = {"Text": _utf8(bodies["text"])}
        if "html" in bodies:
            body["Html"] = _utf8(bodies["html"])
        optional: Any = {}
        if outgoing.enclosed.reply_to:
            optional["ReplyToAddresses"] = list(outgoing.enclosed.reply_to)
        simple: Any = {
            "Subject": {"Data": bodies["subject"], "Charset": "UTF-8"},
            "Body": body,
            "Headers": headers_of(outgoing),
        }
        if attachments:
            simple["Attachments"] = attachments
        answer = self.client.send_email(
            FromEmailAddress=from_header(str(outgoing.sender or self.sender)),
            Destination={"ToAddresses": [outgoing.address.value]},
            Content={"Simple": simple},
            EmailTags=tags_of(outgoing),
            ConfigurationSetName=self.configuration_set,
            **optional,
        )
        return answer["MessageId"]

    def judge(self, error: ClientError, outgoing: Outgoing) -> Outcome:
        """What a refusal of SES means for a message."""
        usual = parse(self.sender)
        own = outgoing.sender
        return _judge(error, own or usual, shared=own is None or own.same_address(usual))


def headers_of(outgoing: Outgoing) -> list[Any]:
    """The headers by which whoever is subscribed unsubscribes."""
    if outgoing.unsubscribe is None or outgoing.purpose not in SUBSCRIBED:
        return []
    return [
        {"Name": name, "Value": value}
        for name, value in unsubscribe_headers(outgoing.unsubscribe).items()
    ]


def tags_of(outgoing: Outgoing) -> list[Any]:
    """What SES's events bring back."""
    return [
        {"Name": "outbound_tenant", "Value": outgoing.ref.tenant},
        {"Name": "outbound_message", "Value": outgoing.ref.id},
        {"Name": "outbound_attempt", "Value": str(outgoing.attempt)},
    ]


def unsubscribe_headers(url: str) -> dict[str, str]:
    """One-click unsubscription (RFC 8058)."""
    return {
        "List-Unsubscribe": f"<{url}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


@lru_cache(maxsize=256)
def from_header(mailbox: str) -> str:
    """A mailbox as SES takes it: seven bits, a name beyond ASCII in encoded words (RFC 2047).

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SendEmail.html
    """
    sender = parse(mailbox)
    if mailbox.isascii() or not sender.name:
        return mailbox
    words = Header(sender.name, "utf-8", maxlinelen=LONGEST_WORD).encode(linesep="")
    return f"{words} <{sender.address}>"


def _judge(error: ClientError, sender: Sender, *, shared: bool) -> Outcome:
    """What a refusal means; only a sender that all tenants share may stop the channel for all."""
    code, status = code_and_status(error)
    text = text_of(error)
    for said, part, name in SAYINGS:
        if code == said and part in text:
            return Outcome(Kind.STOPPED, name)
    if code == "MessageRejected" and NOT_VERIFIED in text:
        kind = _unverified(text, sender) if shared else Kind.TEMPORARY
        return Outcome(kind, "IdentityNotVerified")
    if not shared and code in OF_THE_SENDER:
        return Outcome(Kind.TEMPORARY, code)
    return Outcome(kind_of(code, status, OUTCOMES), code)


def _unverified(text: str, sender: Sender) -> Kind:
    """Our sender stops the channel; a recipient, in the sandbox, doesn't stop the verified ones."""
    _, named, identities = text.partition(NAMED_AFTER)
    ours = sender.address.lower()
    return Kind.TEMPORARY if named and ours not in identities else Kind.STOPPED


def _utf8(text: str) -> dict[str, str]:
    return {"Data": text, "Charset": "UTF-8"}
