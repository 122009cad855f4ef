"""The stages of the platform over ports in memory."""

from tests.memory.hearing import Hearing
from tests.memory.sending_many import SendingMany
from tests.memory.settled import (
    LEASE,
    LINKS,
    PAGES_URL,
    PRICES,
    RATE,
    RETENTION,
    RULEBOOK,
    SECRET,
    SENDERS,
    TERMS,
    make_prices,
)

__all__ = [
    "LEASE",
    "LINKS",
    "PAGES_URL",
    "PRICES",
    "RATE",
    "RETENTION",
    "RULEBOOK",
    "SECRET",
    "SENDERS",
    "TERMS",
    "World",
    "make_prices",
]


class World(Hearing, SendingMany):
    """All stages, over one set of ports."""
