"""Whom a call is for, as rules see it: read before anything but the model was checked."""

from email.utils import parseaddr
from typing import Any

from infra.local.carrier.parse import Call

SENDING = ("Send", "Publish")


def channel_of(operation: str) -> str:
    """Name the channel of an operation; what sends nothing is about the account."""
    if not operation.startswith(SENDING):
        return "account"
    if operation in ("SendEmail", "SendBulkEmail"):
        return "email"
    return "voice" if operation == "SendVoiceMessage" else "sms"


def recipients_of_call(call: Call) -> tuple[str, ...]:
    """List the plain addresses or the number that a call is for."""
    given = call.parameters
    if channel_of(call.name) == "account":
        return ()
    if channel_of(call.name) != "email":
        number = given.get("DestinationPhoneNumber") or given.get("PhoneNumber", "")
        return (number if number.startswith("+") else f"+{number}",)
    entries = given.get("BulkEmailEntries", [given])
    return tuple(address for entry in entries for address in _mailboxes(entry))


def _mailboxes(entry: dict[str, Any]) -> list[str]:
    destination = entry.get("Destination") or {}
    return [parseaddr(one)[1] for addresses in destination.values() for one in addresses]
