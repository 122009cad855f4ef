"""What people say about consent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from outbound.domain.consent import ConsentStatus, Level
from outbound.domain.stating import Statement
from outbound.domain.words import Channel, Purpose

if TYPE_CHECKING:
    from datetime import datetime


def granted(at: datetime, **changes: Any) -> Statement:
    """A firm yes to marketing by text."""
    values: dict[str, Any] = {
        "channel": Channel.SMS,
        "purpose": Purpose.MARKETING,
        "topic": None,
        "status": ConsentStatus.GRANTED,
        "level": Level.EXPRESS_WRITTEN,
        "source": "web form",
        "at": at,
    }
    return Statement(**values | changes)


def revoked(at: datetime, **changes: Any) -> Statement:
    """A no to marketing by text."""
    changes = {"status": ConsentStatus.REVOKED, "level": Level.NONE} | changes
    return granted(at, **changes)
