"""Identifiers, derived before any effect, so that a second writer collides with the first.

A message id is `msg_` + contact key (16) + time (10) + hash of its cause (10), in lower-case
Crockford base32: it names the partition and the place in it, and sorts by time within a contact.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from outbound.domain.instant import from_milliseconds, milliseconds
from outbound.domain.light import light

if TYPE_CHECKING:
    from datetime import datetime

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_PAIRS = [first + second for first in ALPHABET for second in ALPHABET]
CONTACT_KEY, TIME, CAUSE = 16, 10, 10
_MESSAGE_ID = re.compile(rf"msg_([{ALPHABET}]{{16}})([{ALPHABET}]{{10}}[{ALPHABET}]{{10}})")
_REMINDER_ID = re.compile(rf"rem_([{ALPHABET}]{{16}})([{ALPHABET}]{{10}}[{ALPHABET}]{{10}})")
REMEMBERED = 1024
"""Keys of contacts and addresses: each is asked for several times while a message is made."""
_ROUTE_ID = re.compile(rf"rte_[{ALPHABET}]{{36}}")


@light
@dataclass(frozen=True, slots=True)
class MessageRef:
    """Where a message is found: its tenant and id. All that a queue ever carries."""

    tenant: str
    id: str


def base32(number: int, length: int) -> str:
    """`number` in Crockford base32, padded to `length`; its text order is its order."""
    digits = []
    for _ in range(length // 2):
        digits.append(_PAIRS[number & 1023])
        number >>= 10
    if length % 2:
        digits.append(ALPHABET[number & 31])
    return "".join(reversed(digits))


def keyed(secret: bytes, length: int, *parts: str) -> str:
    """`length` characters of HMAC-SHA256 over `parts`; NUL keeps ("a", "bc") from ("ab", "c")."""
    return base32(keyed_number(secret, *parts) >> (256 - 5 * length), length)


def keyed_number(secret: bytes, *parts: str) -> int:
    """The 256 bits of HMAC-SHA256 over `parts`."""
    return int.from_bytes(hmac.digest(secret, "\0".join(parts).encode(), hashlib.sha256))


@lru_cache(REMEMBERED)
def contact_key(secret: bytes, tenant: str, contact_id: str) -> str:
    """The part of a message id that stands for its contact."""
    return keyed(secret, CONTACT_KEY, "contact", tenant, contact_id)


def contact_id_of(secret: bytes, tenant: str, address: str) -> str:
    """The id of the contact that an address not seen before becomes."""
    return "con_" + keyed(secret, 20, "address-contact", tenant, address)


@lru_cache(REMEMBERED)
def address_key(secret: bytes, tenant: str, address: str) -> str:
    """What stands for a tenant's address in table keys."""
    return keyed(secret, 26, "address", tenant, address)


def destination_key(secret: bytes, address: str) -> str:
    """What stands for an address where the tenant isn't known: in a carrier's receipt."""
    return keyed(secret, 26, "destination", address)


def message_id(contact: str, at: datetime, *cause: str) -> str:
    """The id of the message that `cause` brings about for the contact with key `contact`.

    `at` is the time of the cause, not of the call: whoever derives it again gets the same.
    """
    return f"msg_{contact}{_caused(at, cause)}"


def reminder_id(contact: str, at: datetime, *cause: str) -> str:
    """The id of the reminder that `cause` makes for the contact with key `contact`."""
    return f"rem_{contact}{base32(milliseconds(at), TIME)}{_hashed(CAUSE, 'reminder', *cause)}"


def imported_reminder_id(contact: str, *cause: str) -> str:
    """The id of the reminder that rows of files name, whenever they do: it has no time."""
    return f"rem_{contact}{base32(0, TIME)}{_hashed(CAUSE, 'import', *cause)}"


def route_id(contact: str, at: datetime, *cause: str) -> str:
    """The id of the route that `cause` brings about, like that of a message."""
    return f"rte_{contact}{base32(milliseconds(at), TIME)}{_hashed(CAUSE, 'route', *cause)}"


def message_of_route(route: str, channel: str) -> str:
    """The id of the message that a route has on a channel."""
    return f"msg_{route[4 : 4 + CONTACT_KEY + TIME]}{_hashed(CAUSE, route, channel)}"


def is_route_id(text: str) -> bool:
    """Whether a text has the form of a route's id."""
    return _ROUTE_ID.fullmatch(text) is not None


def key_id(tenant: str, at: datetime, cause: str) -> str:
    """The id of the API key that `cause` brings about."""
    return f"key_{base32(milliseconds(at), TIME)}{_hashed(CAUSE, tenant, cause)}"


def estimate_id(tenant: str, at: datetime, cause: str) -> str:
    """The id of the estimate that `cause` asks for."""
    return f"est_{base32(milliseconds(at), TIME)}{_hashed(CAUSE, tenant, cause)}"


def import_id(tenant: str, at: datetime, cause: str) -> str:
    """The id of the import that `cause` announces."""
    return f"imp_{base32(milliseconds(at), TIME)}{_hashed(CAUSE, tenant, cause)}"


def media_id(tenant: str, at: datetime, cause: str) -> str:
    """The id of the file that `cause` announces."""
    return f"med_{base32(milliseconds(at), TIME)}{_hashed(CAUSE, tenant, cause)}"


def alert_id(tenant: str, at: datetime, cause: str) -> str:
    """The id of the alert that `cause` brings about."""
    return f"alt_{base32(milliseconds(at), TIME)}{_hashed(CAUSE, tenant, 'alert', cause)}"


def campaign_id(tenant: str, at: datetime, cause: str) -> str:
    """The id of the campaign that `cause` makes."""
    return f"cam_{base32(milliseconds(at), TIME)}{_hashed(CAUSE, tenant, 'campaign', cause)}"


def run_id(campaign: str, at: datetime) -> str:
    """The id of a campaign's run at an instant; their order is that in time."""
    return f"run_{base32(milliseconds(at), TIME)}{_hashed(CAUSE, campaign)}"


def event_id(tenant: str, at: datetime, *cause: str) -> str:
    """The id of an event that isn't one of a message."""
    return f"evt_{base32(milliseconds(at), TIME)}{_hashed(CAUSE, tenant, 'event', *cause)}"


@lru_cache(REMEMBERED)
def _caused(at: datetime, cause: tuple[str, ...]) -> str:
    """Time and hash of a cause, which all members of a run have in common."""
    return base32(milliseconds(at), TIME) + _hashed(CAUSE, *cause)


def _hashed(length: int, *parts: str) -> str:
    digest = hashlib.sha256("\0".join(parts).encode()).digest()
    return base32(int.from_bytes(digest) >> (256 - 5 * length), length)


def split_message_id(text: str) -> tuple[str, str] | None:
    """(contact key, time and hash) of a message id, or None when it is none."""
    match = _MESSAGE_ID.fullmatch(text)
    return (match[1], match[2]) if match else None


def split_reminder_id(text: str) -> tuple[str, str] | None:
    """(contact key, time and hash) of the id of a reminder, or None when it is none."""
    match = _REMINDER_ID.fullmatch(text)
    return (match[1], match[2]) if match else None


def message_time(text: str) -> datetime:
    """The time of the cause of the message with this id."""
    return _time(text[4 + CONTACT_KEY : 4 + CONTACT_KEY + TIME])


def alert_time(text: str) -> datetime:
    """When the alert with this id was made."""
    return _time(text[4 : 4 + TIME])


@lru_cache(16)
def run_time(text: str) -> datetime:
    """When the run with this id began."""
    return _time(text[4 : 4 + TIME])


def _time(digits: str) -> datetime:
    value = 0
    for character in digits:
        value = value * 32 + ALPHABET.index(character)
    return from_milliseconds(value)
