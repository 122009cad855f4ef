"""Short links: on our own host, so that they fit a text and nobody else counts who follows them.

`/l/` + 12 characters for the message + 1 for the place of the target among the message's own.
They derive from the message's id, so a message that is rendered twice has the same ones.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from outbound.domain.ids import ALPHABET

if TYPE_CHECKING:
    from datetime import datetime

    from outbound.domain.ids import MessageRef

DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
LENGTH = 12
"""71 bits: of a thousand million messages, two have the same with a chance of 1 in 6,000."""
MOST = len(DIGITS)
"""Targets of a message."""
LONGEST = 2000
"""Characters of a target."""
KEPT = timedelta(days=90)
PATH = "l"
_MEDIA = re.compile(rf"med_[{ALPHABET}]{{20}}")
_ALERT = re.compile(rf"(alt_[{ALPHABET}]{{20}})\.(email|sms)(?:\.([A-Za-z0-9-]{{1,10}}))?")
_TOKEN = re.compile(rf"([{DIGITS}]{{{LENGTH}}})([{DIGITS}])")
_PRINTED = re.compile(r"[!-~]+")


@dataclass(frozen=True, slots=True)
class Linked:
    """A message's targets in their order: https addresses, ids of files that have pages, alerts."""

    ref: MessageRef
    token: str
    targets: tuple[str, ...]
    until: datetime


def token_of(secret: bytes, ref: MessageRef) -> str:
    """What all short links of a message begin with."""
    digest = hmac.digest(secret, f"short link\0{ref.tenant}\0{ref.id}".encode(), hashlib.sha256)
    number = int.from_bytes(digest)
    digits = []
    for _ in range(LENGTH):
        number, digit = divmod(number, len(DIGITS))
        digits.append(DIGITS[digit])
    return "".join(digits)


def split(token: str) -> tuple[str, int] | None:
    """The message's part and the place, None where it can't be one of ours."""
    match = _TOKEN.fullmatch(token)
    return (match[1], DIGITS.index(match[2])) if match else None


def is_media(text: str) -> bool:
    """Whether a target can be a file, which has a page."""
    return _MEDIA.fullmatch(text) is not None


def to_alert(alert_id: str, channel: str, region: str) -> str:
    """The target that is the page of an alert, as it was read on a channel in a region."""
    return f"{alert_id}.{channel}.{region}"


def alert_of(text: str) -> tuple[str, str, str | None] | None:
    """The alert, channel and region that a target is, None where it is another one."""
    match = _ALERT.fullmatch(text)
    return (match[1], match[2], match[3]) if match else None


def objection(url: str) -> str | None:
    """What speaks against a target, if something does."""
    if len(url) > LONGEST:
        return f"short takes links of at most {LONGEST} characters"
    if not _PRINTED.fullmatch(url):
        return "short takes links of visible ASCII characters; write others in percent-encoding"
    try:
        parts = urlsplit(url)
        right = parts.scheme == "https" and bool(parts.hostname) and parts.username is None
        _ = parts.port
    except ValueError:
        right = False
    return None if right and "\\" not in url else "short takes links that begin with https://"
