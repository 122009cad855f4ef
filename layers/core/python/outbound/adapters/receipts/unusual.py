"""Receipts that an operator should hear of: of a kind that we don't know, or about the account."""

from __future__ import annotations

import re

from outbound.adapters.log import logger
from outbound.adapters.signals import LoggedSignals
from outbound.domain.words import Channel

LONGEST = 100
_PERSONAL = re.compile(r"\S*@\S*|\+?\d{4,}")


def count_unknown(provider: str, kind: object) -> None:
    """A receipt of ours is of a kind that no table has; it is taken for the least it can mean."""
    logger().warning("receipt of an unknown kind", provider=provider, kind=shown(kind))
    LoggedSignals().count("UnknownReceipts")


def count_refusal_of_account(provider: str, code: str) -> None:
    """SNS takes texts that its account may not send, and says so only afterwards."""
    logger().error("the account may not send", provider=provider, code=shown(code))
    LoggedSignals().count("AccountRefused", channel=Channel.SMS)


def shown(said: object) -> str:
    """What a provider said, short, and without what may be a number or an address."""
    return _PERSONAL.sub("…", str(said))[:LONGEST]
