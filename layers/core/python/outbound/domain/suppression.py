"""Addresses that must not be used, and for which purposes."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from outbound.domain.words import Purpose

if TYPE_CHECKING:
    from datetime import datetime


class Reason(StrEnum):
    """Why an address is suppressed: it doesn't work, or its owner said no."""

    BOUNCED = "bounced"
    INVALID = "invalid"
    COMPLAINED = "complained"
    OPTED_OUT = "opted_out"


@dataclass(frozen=True, slots=True)
class Suppression:
    """`source` says who told us: a provider's code, or a person."""

    reason: Reason
    at: datetime
    source: str


def covers(suppression: Suppression, purpose: Purpose) -> bool:
    """Whether a message with this purpose is stopped.

    What doesn't work, works for nothing. A no silences everything but an alert; until consent
    is kept by purpose, it is read as the strictest it can mean.
    """
    broken = suppression.reason in (Reason.BOUNCED, Reason.INVALID)
    return broken or purpose is not Purpose.EMERGENCY
