"""Providers, and what is told of the work."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from outbound.domain.content import NOTHING
from outbound.domain.light import light

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from outbound.domain.address import Address
    from outbound.domain.content import Enclosed
    from outbound.domain.ids import MessageRef
    from outbound.domain.line import Line
    from outbound.domain.media import Media
    from outbound.domain.outcome import Outcome
    from outbound.domain.sender import Sender
    from outbound.domain.short_link import Linked
    from outbound.domain.words import Channel, Purpose


@light
@dataclass(frozen=True, slots=True)
class Outgoing:
    """A rendered message, as a provider gets it.

    `voice` is who reads it aloud in a call; `media` are the files enclosed, by id; `sender` is
    who an email is from and `origination` the number that a text is from, None being the
    deployment's. `linked` is what its short links lead to, written down before it leaves.
    """

    ref: MessageRef
    attempt: int
    address: Address
    purpose: Purpose
    bodies: Mapping[str, str]
    voice: str | None = None
    enclosed: Enclosed = NOTHING
    media: Mapping[str, Media] = field(default_factory=dict)
    sender: Sender | None = None
    origination: str | None = None
    unsubscribe: str | None = None
    linked: tuple[Linked, ...] = ()


class Carrier(Protocol):
    """A provider of one channel."""

    @property
    def name(self) -> str:
        """The provider's name, as messages show it."""
        ...

    @property
    def tags_come_back(self) -> bool:
        """Whether its receipts carry our tenant and message id."""
        ...

    def hand_over(self, outgoing: Outgoing) -> Outcome:
        """Call the provider once. Never raises: an answer that can't be read is UNKNOWN."""
        ...


class BulkCarrier(Protocol):
    """A provider that takes many messages in one call."""

    @property
    def name(self) -> str:
        """The provider's name, as messages show it."""
        ...

    @property
    def tags_come_back(self) -> bool:
        """Whether its receipts carry our tenant and message id."""
        ...

    def size(self, outgoing: Outgoing) -> int:
        """The bytes that a message adds to a call."""
        ...

    def hand_over_many(self, outgoings: Sequence[Outgoing]) -> list[Outcome]:
        """Call the provider once, with messages of one sender; an outcome for each. Never raises.

        Calling it takes `LARGEST_CALL` bytes at most.
        """
        ...


class Signals(Protocol):
    """What operators watch. Names, channels and reasons only: never an address or a body."""

    def count(
        self,
        name: str,
        *,
        channel: Channel | None = None,
        reason: str | None = None,
        value: float = 1,
    ) -> None:
        """Add to a metric; a reason is one of few words of ours."""
        ...

    def note(self, event: str, *, channel: Channel, code: str) -> None:
        """Write down what an operator will look for."""
        ...


class LookUpFailed(Exception):
    """A number wasn't looked up: the provider is busy, down, or refuses. Names its code."""


class NumberLookUp(Protocol):
    """Who tells what kind of line a number is. Each question costs money."""

    def look_up(self, phone: str, now: datetime) -> Line:
        """What is known of a number in E.164 form.

        Raises:
            LookUpFailed: nothing is known now.
        """
        ...
