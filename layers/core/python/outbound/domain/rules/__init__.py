"""The rules of the gate: pure functions from facts to a decision, or None: not concerned."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from outbound.domain.message import Decision
from outbound.domain.suppression import Suppression, covers

if TYPE_CHECKING:
    from datetime import datetime

    from outbound.domain.words import Purpose


@dataclass(frozen=True, slots=True)
class Facts:
    """All that a rule may look at."""

    now: datetime
    purpose: Purpose
    expires_at: datetime
    suppression: Suppression | None


def expired(facts: Facts) -> Decision | None:
    """Nothing leaves after its time."""
    if facts.now < facts.expires_at:
        return None
    return Decision("block", "expired", "the message's expires_at", "expired")


def suppressed(facts: Facts) -> Decision | None:
    """Nothing goes to an address that doesn't work or whose owner said no."""
    if facts.suppression is None or not covers(facts.suppression, facts.purpose):
        return None
    source = f"suppression list ({facts.suppression.source})"
    return Decision("block", "suppressed", source, f"suppressed_{facts.suppression.reason}")
