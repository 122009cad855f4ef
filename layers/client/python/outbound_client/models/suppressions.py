"""Addresses that aren't used, and why."""

from datetime import datetime

from outbound_client.models.answer import Answer


class Suppression(Answer):
    """A reason why an address isn't used; `purposes` None is all but alerts."""

    reason: str
    at: datetime
    source: str
    purposes: tuple[str, ...] | None = None
    expires_at: datetime | None = None


class SuppressionList(Answer):
    """All that stands against one address."""

    items: tuple[Suppression, ...]


class SuppressedAddress(Answer):
    """An address that isn't used; `address_key` is a digest that stands for it."""

    address_key: str
    reasons: tuple[Suppression, ...]


class SuppressionPage(Answer):
    """Some of the suppressed addresses, by their keys."""

    items: tuple[SuppressedAddress, ...]
    next_cursor: str | None = None
