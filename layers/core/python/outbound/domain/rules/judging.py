"""How a rule of a jurisdiction objects."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outbound.domain.message import Decision

if TYPE_CHECKING:
    from outbound.domain.rules.jurisdiction import Rule


def blocked(rule: Rule, reason: str) -> Decision:
    """A rule of a jurisdiction objects for good."""
    return Decision("block", rule.id, rule.source, reason)
