"""What is answered about suppressions, and by the gate."""

from __future__ import annotations

from pydantic import RootModel

from outbound.adapters.api.contract.answers import ABSENT, Answered, Problem
from outbound.adapters.api.contract.message_answers import Decision
from outbound.adapters.api.contract.pattern import AddressKey, Instant
from outbound.adapters.api.identifiers import ContactId
from outbound.domain.suppression import Reason
from outbound.domain.words import Purpose


class StandingSuppression(Answered):
    """One reason why an address isn't used."""

    reason: Reason
    """Why."""
    at: Instant
    """Since when."""
    source: str
    """Who told us."""
    purposes: list[Purpose] | None
    """For what it isn't used; null for all but alerts, or for all where it doesn't work."""
    expires_at: Instant | None
    """When it may be tried again."""


class SuppressionList(Answered):
    """All that stands against an address."""

    items: list[StandingSuppression]
    """The reasons."""
    next_cursor: None
    """There is one page only."""


class SuppressedAddress(Answered):
    """An address that isn't used. It is kept as a keyed digest alone."""

    address_key: AddressKey
    """Stands for the address."""
    reasons: list[StandingSuppression]
    """All that stands against it."""


class SuppressionPage(Answered):
    """Some of the addresses that aren't used."""

    items: list[SuppressedAddress]
    """In the order of their keys."""
    next_cursor: str | None
    """The `cursor` of the next page; null at the end."""


class Suppressed(RootModel[SuppressionList | SuppressionPage]):
    """What stands against one address, or a page of all suppressed ones."""


class DecidedItem(Answered):
    """The answer for one contact: a decision, or why there is none."""

    contact_id: ContactId
    """The contact."""
    decision: Decision = ABSENT
    """What the gate would say."""
    problem: Problem = ABSENT
    """Why it can't be asked."""


class Decisions(Answered):
    """The gate's answers, in the order of the question."""

    items: list[DecidedItem]
    """One for each contact."""
