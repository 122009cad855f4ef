"""How well a list of contacts is: how many can be written to, and why others can't."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outbound.domain.address_marks import marks_of
from outbound.domain.consent import ConsentStatus

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from outbound.domain.contact import Contact
    from outbound.domain.suppression import Suppression

NO_ADDRESS, NO_CONSENT, STALE = "no_address", "no_consent", "stale"
SUPPRESSED = "suppressed:"
"""Stands before a reason."""


def findings(contact: Contact, suppressions: Iterable[Suppression], now: datetime) -> Iterator[str]:
    """What there is to be said of a contact, each thing once.

    `suppressions` are those of all its addresses.
    """
    if not contact.addresses:
        yield NO_ADDRESS
    if not any(
        each.status is ConsentStatus.GRANTED and (each.expires_at is None or each.expires_at > now)
        for each in contact.consents
    ):
        yield NO_CONSENT
    yield from {mark for email in contact.emails for mark in marks_of(email)}
    yield from {
        f"{SUPPRESSED}{each.reason}"
        for each in suppressions
        if each.expires_at is None or each.expires_at > now
    }
