"""Watching: what operators see of a batch of the stream."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from outbound.domain.message import Status

if TYPE_CHECKING:
    from outbound.domain.message import Entry
    from outbound.domain.words import Channel
    from outbound.flow.counting import Changed
    from outbound.ports import Signals

HELD_BACK = (Status.BLOCKED, Status.DEFERRED, Status.EXPIRED)
NO_ERRORS = ("receipt", "channel_stopped")
"""Reasons of entries whose code no provider has just answered."""
NO_ANSWER = "no_answer"


@dataclass
class Watch:
    """How many were accepted and met errors by channel, what held some back, what was spent."""

    accepted: Counter[Channel] = field(default_factory=Counter)
    errors: Counter[Channel] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    spent: defaultdict[Channel, Decimal] = field(default_factory=lambda: defaultdict(Decimal))

    def see(self, change: Changed, spent: Decimal) -> None:
        """Add a change, by which so much more is spent."""
        before, after = change.before, change.after
        assert after is not None
        self.accepted[after.channel] += before is None
        self.spent[after.channel] += spent
        for entry in after.timeline[len(before.timeline) if before else 0 :]:
            self.errors[after.channel] += _is_error(entry)
            if entry.status in HELD_BACK and entry.rule is not None:
                self.reasons[entry.reason or entry.rule] += 1

    def tell(self, signals: Signals) -> None:
        """Count it all where operators look; nothing where it is zero."""
        for channel, count in (+self.accepted).items():
            signals.count("Accepted", channel=channel, value=count)
        for channel, count in (+self.errors).items():
            signals.count("ProviderErrors", channel=channel, value=count)
        for reason, count in self.reasons.items():
            signals.count("HeldBack", reason=reason, value=count)
        for channel, amount in self.spent.items():
            if amount:
                signals.count("SpentUsd", channel=channel, value=float(amount))


def _is_error(entry: Entry) -> bool:
    """Whether a provider gave an error, or none at all, when it was asked to send."""
    return entry.reason == NO_ANSWER or (entry.code is not None and entry.reason not in NO_ERRORS)
