"""Addresses that must not be used, and for which purposes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from outbound.domain.words import Purpose

if TYPE_CHECKING:
    from datetime import datetime


class Reason(StrEnum):
    """Why an address is suppressed: it doesn't work, its owner said no, or the tenant did."""

    BOUNCED = "bounced"
    INVALID = "invalid"
    COMPLAINED = "complained"
    OPTED_OUT = "opted_out"
    MANUAL = "manual"


BROKEN = frozenset({Reason.BOUNCED, Reason.INVALID})
SAID_NO = frozenset({Reason.COMPLAINED, Reason.OPTED_OUT})
BUT_ALERTS = frozenset(Purpose) - {Purpose.EMERGENCY}
ANY_TENANT = "*"
"""Stands for all tenants: of a number that several share, a STOP is meant for each."""


@dataclass(frozen=True, slots=True)
class Suppression:
    """`source` says who told us: a provider's code, a word that was texted, or a person.

    `purposes` are those that an opt-out is meant for, None being all but alerts; `expires_at` is
    when the address may be tried again.
    """

    reason: Reason
    at: datetime
    source: str
    purposes: frozenset[Purpose] | None = None
    expires_at: datetime | None = None


def covers(suppression: Suppression, purpose: Purpose, now: datetime) -> bool:
    """Whether a message with this purpose is stopped.

    What doesn't work, works for nothing. A no silences what it was said to, and never an alert
    unless it answered one.
    """
    if suppression.expires_at is not None and suppression.expires_at <= now:
        return False
    if suppression.reason in BROKEN:
        return True
    if suppression.purposes is None:
        return purpose is not Purpose.EMERGENCY
    return purpose in suppression.purposes


def joined(old: Suppression, new: Suppression) -> Suppression:
    """What stands once the same reason is given again: the wider of both, and the longer.

    Where nothing is added, it is `old` itself.
    """
    if old.expires_at is not None and old.expires_at <= new.at:
        return new
    silenced = _silenced(old) | _silenced(new)
    expires_at = None
    if old.expires_at is not None and new.expires_at is not None:
        expires_at = max(old.expires_at, new.expires_at)
    if (silenced, expires_at) == (_silenced(old), old.expires_at):
        return old
    purposes = None if silenced == BUT_ALERTS else silenced
    return replace(new, purposes=purposes, expires_at=expires_at)


def _silenced(suppression: Suppression) -> frozenset[Purpose]:
    return BUT_ALERTS if suppression.purposes is None else suppression.purposes
