"""A provider in memory."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from outbound.domain.outcome import Kind, Outcome

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from outbound.ports import Outgoing


def nothing_happens(outgoing: Outgoing) -> None:
    """What goes on elsewhere during most calls."""


@dataclass
class MemoryCarrier:
    """Answers with `answers`, one for each call, and takes the message when there are none left.

    `meanwhile` is what happens elsewhere while a call is on its way.
    """

    name: str = "sns"
    tags_come_back: bool = False
    sent: list[Outgoing] = field(default_factory=list)
    answers: deque[Outcome] = field(default_factory=deque, compare=False)
    meanwhile: Callable[[Outgoing], None] = field(default=nothing_happens, compare=False)

    @property
    def calls(self) -> int:
        return len(self.sent)

    def answer(self, *outcomes: Outcome) -> None:
        self.answers.extend(outcomes)

    def hand_over(self, outgoing: Outgoing) -> Outcome:
        self.sent.append(outgoing)
        self.meanwhile(outgoing)
        if self.answers:
            return self.answers.popleft()
        return Outcome(Kind.SENT, provider_id=f"{self.name}-{len(self.sent)}")


@dataclass
class MemoryBulkCarrier:
    """A provider that takes many in a call, and each as `one` does; `calls` says how many."""

    one: MemoryCarrier
    calls: list[int] = field(default_factory=list)
    name: str = "ses"
    tags_come_back: bool = True

    def size(self, outgoing: Outgoing) -> int:
        return sum(map(len, outgoing.bodies.values()))

    def hand_over_many(self, outgoings: Sequence[Outgoing]) -> list[Outcome]:
        self.calls.append(len(outgoings))
        return [self.one.hand_over(outgoing) for outgoing in outgoings]
