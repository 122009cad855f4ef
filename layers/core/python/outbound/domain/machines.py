"""Machines that open messages and follow links: what they fetch, nobody has seen.

Some say who they are; others come within seconds, before anybody can have read. A machine that
waits and calls itself a browser is not told from a person, by nobody.
"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from outbound.domain.message import Status

if TYPE_CHECKING:
    from datetime import datetime

    from outbound.domain.message import Message

HASTE = timedelta(seconds=5)
"""After a message was handed over; until it is in the hands of somebody takes longer."""
APPLE_PRIVACY = "Mozilla/5.0"
"""All that Apple's Mail Privacy Protection says of itself; it opens what nobody has opened."""
_PROXIES = re.compile(r"GoogleImageProxy|ggpht\.com|YahooMailProxy", re.IGNORECASE)
"""They fetch pictures for a person or ahead of one, and don't say which."""
_SCANNERS = re.compile(
    r"bot\b|bot/|crawl|spider|slurp|preview|facebookexternalhit|whatsapp|telegram|slack|skype|discord"
    r"|linkexpand|proofpoint|barracuda|mimecast|safelinks|urldefense|trendmicro|symantec|scanner"
    r"|headless|curl/|wget/|python|java/|okhttp|go-http|libwww|node-fetch|axios",
    re.IGNORECASE,
)


def is_machine(agent: str) -> bool:
    """Whether who says this of itself is no person's browser or mail program."""
    return not agent or agent == APPLE_PRIVACY or bool(_SCANNERS.search(agent))


def opens_ahead(agent: str) -> bool:
    """The same of who opens a message, where mail services fetch pictures for their users too."""
    return is_machine(agent) or bool(_PROXIES.search(agent))


def in_haste(message: Message, at: datetime) -> bool:
    """Whether this is too soon after the message was handed over for anybody to have read it."""
    sent = (entry.at for entry in message.timeline if entry.status is Status.SENT)
    return at < max(sent, default=message.created_at) + HASTE
