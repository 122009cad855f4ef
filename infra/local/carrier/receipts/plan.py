"""Which receipts a message gets, by the simulator addresses of AWS."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from infra.local.carrier.outbox import Item
from infra.local.carrier.parse import SES, SNS
from infra.local.carrier.phone import PART_PRICE, SIMULATOR_FAILURE, count_parts

MAILBOXES = {
    "success": ("Delivery",),
    "ooto": ("Delivery",),
    "bounce": ("Bounce",),
    "complaint": ("Delivery", "Complaint"),
    "suppressionlist": ("Bounce/Permanent/Suppressed",),
}
SIMULATOR_DOMAIN = "simulator.amazonses.com"
PHONE_SUCCESS = {
    "SendTextMessage": ("TEXT_PENDING", "TEXT_SUCCESSFUL"),
    "SendMediaMessage": ("MEDIA_PENDING", "MEDIA_SUCCESSFUL"),
    "SendVoiceMessage": ("VOICE_INITIATED", "VOICE_RINGING", "VOICE_ANSWERED", "VOICE_COMPLETED"),
}
PHONE_FAILURE = {
    "SendTextMessage": ("TEXT_PENDING", "TEXT_UNREACHABLE"),
    "SendMediaMessage": ("MEDIA_PENDING", "MEDIA_UNREACHABLE"),
    "SendVoiceMessage": ("VOICE_INITIATED", "VOICE_RINGING", "VOICE_NO_ANSWER"),
}
LOG_SUCCESS = "SUCCESS"
LOG_UNREACHABLE = "Phone is currently unreachable/unavailable"
LOG_OPTED_OUT = "Phone number is opted out"
LOG_TOO_EXPENSIVE = "This delivery would exceed max price"


@dataclass(frozen=True, slots=True)
class Step:
    """One receipt to come, and whom it speaks of."""

    outcome: str
    recipients: tuple[str, ...]


def plan(
    item: Item, *, unwanted: Collection[str], outcomes: Iterable[str] | None = None
) -> list[Step]:
    """List the receipts of a message in their order, or those that a rule asks for.

    `unwanted` stand on a list of the account's.
    """
    if outcomes is not None:
        return [Step(outcome, item.recipients) for outcome in outcomes]
    if item.service == SES:
        return _email(item, unwanted)
    if item.media_fault is not None:
        return [Step("MEDIA_PENDING", item.to), Step(item.media_fault, item.to)]
    number = item.to[0]
    if item.service == SNS:
        return [Step(_log_outcome(item, number, unwanted), item.to)]
    table = PHONE_FAILURE if number in SIMULATOR_FAILURE else PHONE_SUCCESS
    return [Step(outcome, item.to) for outcome in table[item.operation]]


def _email(item: Item, unwanted: Collection[str]) -> list[Step]:
    if item.rendering_error:
        return [Step("Rendering Failure", item.recipients)]
    together: dict[tuple[str, ...], list[str]] = {}
    for recipient in item.recipients:
        listed = recipient.lower() in unwanted
        outcomes = MAILBOXES["suppressionlist"] if listed else _mailbox_outcomes(recipient)
        together.setdefault(outcomes, []).append(recipient)
    return [
        Step(outcome, tuple(recipients))
        for outcomes, recipients in together.items()
        for outcome in outcomes
    ]


def _mailbox_outcomes(address: str) -> tuple[str, ...]:
    mailbox, _, domain = address.lower().rpartition("@")
    name = mailbox.partition("+")[0] if domain == SIMULATOR_DOMAIN else "success"
    return MAILBOXES.get(name, ("Bounce",))


def _log_outcome(item: Item, number: str, unwanted: Collection[str]) -> str:
    if number in unwanted:
        return LOG_OPTED_OUT
    if item.max_price is not None and PART_PRICE * count_parts(item.text or "") > item.max_price:
        return LOG_TOO_EXPENSIVE
    return LOG_UNREACHABLE if number in SIMULATOR_FAILURE else LOG_SUCCESS
