"""Many emails in one call of Amazon SES (API v2, SendBulkEmail).

SES is given the rendered bodies as the values of a template that consists of nothing else.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from json.encoder import encode_basestring as quoted
from json.encoder import encode_basestring_ascii as quoted_ascii
from typing import TYPE_CHECKING, Any

from outbound.adapters.carriers.answers import LONGEST_ID, ask, clean
from outbound.adapters.carriers.ses import from_header, headers_of, tags_of
from outbound.adapters.ready_json import answer_plainly, ready, take_ready
from outbound.domain.outcome import Kind, Outcome

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from outbound.adapters.carriers.ses import Ses
    from outbound.ports import Outgoing

OUTCOMES: Mapping[str, Kind] = {
    # https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_BulkEmailEntryResult.html
    "MESSAGE_REJECTED": Kind.PERMANENT,
    "MAIL_FROM_DOMAIN_NOT_VERIFIED": Kind.STOPPED,
    "CONFIGURATION_SET_NOT_FOUND": Kind.STOPPED,
    # Our template is in the call itself, so this speaks of nothing that a repetition would mend.
    "TEMPLATE_NOT_FOUND": Kind.PERMANENT,
    "ACCOUNT_SUSPENDED": Kind.STOPPED,
    "ACCOUNT_THROTTLED": Kind.TEMPORARY,
    "ACCOUNT_DAILY_QUOTA_EXCEEDED": Kind.STOPPED,
    "INVALID_SENDING_POOL_NAME": Kind.STOPPED,
    "ACCOUNT_SENDING_PAUSED": Kind.STOPPED,
    "CONFIGURATION_SET_SENDING_PAUSED": Kind.STOPPED,
    "INVALID_PARAMETER": Kind.PERMANENT,
    "TRANSIENT_FAILURE": Kind.TEMPORARY,
    "FAILED": Kind.TEMPORARY,
}
TEMPLATE = {"subject": "Subject", "text": "Text", "html": "Html"}
ENTRY = 1_500
"""Bytes of an entry beside its bodies: address, tags, headers with their links."""


@dataclass(frozen=True, slots=True)
class SesBulk:
    """What `Ses` sends singly, together."""

    ses: Ses
    name: str = "ses"
    tags_come_back: bool = True

    def __post_init__(self) -> None:
        take_ready(self.ses.client, "SendBulkEmail")
        answer_plainly(self.ses.client, "SendBulkEmail")

    def size(self, outgoing: Outgoing) -> int:
        """What an entry takes: its bodies are JSON within JSON."""
        return len(quoted_ascii(_data(outgoing))) + ENTRY

    def hand_over_many(self, outgoings: Sequence[Outgoing]) -> list[Outcome]:
        """Send one call; the answer has a result for each entry, in their order."""
        results: list[Any] = []

        def call() -> str:
            results.extend(self._send(outgoings))
            return "answered"

        outcome = ask(call, lambda error: self.ses.judge(error, outgoings[0]))
        if outcome.kind is not Kind.SENT:
            return [outcome] * len(outgoings)
        if len(results) != len(outgoings):
            return [Outcome(Kind.UNKNOWN, "NoBulkResult", failing=True)] * len(outgoings)
        return [_outcome(result) for result in results]

    def _send(self, outgoings: Sequence[Outgoing]) -> list[Any]:
        client: Any = self.ses.client
        answer = client.send_bulk_email(
            DefaultContent={}, BulkEmailEntries=[], **ready(self._request(outgoings))
        )
        return list(answer["BulkEmailEntryResults"])

    def _request(self, outgoings: Sequence[Outgoing]) -> str:
        first = outgoings[0]
        template = {TEMPLATE[name]: f"{{{{{name}}}}}" for name in first.bodies}
        request: dict[str, Any] = {
            "FromEmailAddress": from_header(str(first.sender or self.ses.sender)),
            "DefaultContent": {"Template": {"TemplateContent": template, "TemplateData": "{}"}},
            "ConfigurationSetName": self.ses.configuration_set,
        }
        if first.enclosed.reply_to:
            request["ReplyToAddresses"] = list(first.enclosed.reply_to)
        entries = ",".join([_entry(each) for each in outgoings])
        return f'{json.dumps(request)[:-1]},"BulkEmailEntries":[{entries}]}}'


def _entry(outgoing: Outgoing) -> str:
    """An entry as JSON; all but the address and the bodies is ASCII that needs no escapes."""
    headers = headers_of(outgoing)
    more = f',"ReplacementHeaders":{json.dumps(headers)}' if headers else ""
    tags = [f'{{"Name":"{tag["Name"]}","Value":"{tag["Value"]}"}}' for tag in tags_of(outgoing)]
    return (
        f'{{"Destination":{{"ToAddresses":[{quoted_ascii(outgoing.address.value)}]}},'
        f'"ReplacementTags":[{",".join(tags)}],'
        '"ReplacementEmailContent":{"ReplacementTemplate":'
        f'{{"ReplacementTemplateData":{quoted_ascii(_data(outgoing))}}}}}{more}}}'
    )


def _data(outgoing: Outgoing) -> str:
    some = [f"{quoted(name)}: {quoted(body)}" for name, body in outgoing.bodies.items()]
    return f"{{{', '.join(some)}}}"


def _outcome(result: Any) -> Outcome:
    """What became of an entry. What can't be read may have been taken."""
    status = result.get("Status") if isinstance(result, dict) else ""
    if status != "SUCCESS":
        code = clean(status)
        kind = OUTCOMES.get(code, Kind.UNKNOWN)
        return Outcome(kind, code or "NoBulkStatus", failing=kind is Kind.UNKNOWN)
    provider_id = result.get("MessageId")
    if not isinstance(provider_id, str) or not 0 < len(provider_id) <= LONGEST_ID:
        return Outcome(Kind.UNKNOWN, "NoMessageId", failing=True)
    return Outcome(Kind.SENT, provider_id=provider_id)
