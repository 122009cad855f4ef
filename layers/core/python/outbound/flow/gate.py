"""The gate: may this message leave now? It is asked at intake, and again at hand-over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outbound.domain.message import Decision
from outbound.domain.rules import ORDER

if TYPE_CHECKING:
    from outbound.domain.rules.facts import Facts

SEND = Decision("send")


def decide(facts: Facts) -> Decision:
    """The first rule that objects, else `send`."""
    for rule in ORDER:
        decision = rule(facts)
        if decision is not None:
            return decision
    return SEND
