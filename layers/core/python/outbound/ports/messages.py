"""Messages, and what leads from a receipt to one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime, timedelta

    from outbound.domain.address import Address
    from outbound.domain.content import Body
    from outbound.domain.ids import MessageRef
    from outbound.domain.message import Change, Message
    from outbound.domain.words import Channel, Lane


@dataclass(frozen=True, slots=True)
class Page:
    """Some messages, newest first, and where the next page begins."""

    messages: tuple[Message, ...]
    after: str | None


@dataclass(frozen=True, slots=True)
class Claimed:
    """A message taken for one attempt, with what it says."""

    message: Message
    body: Body


class Messages(Protocol):
    """Messages and their timelines. A message past its retention is absent."""

    def insert(self, message: Message, body: Body, *, due: datetime | None) -> bool:
        """Write a message once; False when one with its id is there already."""
        ...

    def insert_new(self, messages: Sequence[tuple[Message, Body, datetime | None]]) -> None:
        """Write messages with when each is due, that nobody else can have written.

        Raises:
            Exception: some may not be written; nothing says which.
        """
        ...

    def insert_together(self, messages: Sequence[tuple[Message, Body, datetime | None]]) -> bool:
        """Write at most 100 messages, all or none; False when one of them is there already."""
        ...

    def insert_alone(self, messages: Sequence[tuple[Message, Body, datetime | None]]) -> None:
        """Write messages that only the caller may write now, and nothing over what is there.

        Not even if a part of it has to be written again, and receipts have come between.
        """
        ...

    def get(self, ref: MessageRef) -> Message | None:
        """The message as it is now (a consistent read)."""
        ...

    def get_many(self, refs: Sequence[MessageRef]) -> Mapping[MessageRef, Message]:
        """Those of the messages that are there."""
        ...

    def newest(self, tenant: str, contact_id: str, *, limit: int, after: str | None) -> Page:
        """A contact's messages, newest first, beginning behind `after`."""
        ...

    def of_contact(self, tenant: str, contact_key: str, *, limit: int, after: str | None) -> Page:
        """As `newest`, by the key of the contact."""
        ...

    def body(self, ref: MessageRef) -> Body | None:
        """What a message says, before it is rendered."""
        ...

    def redact(self, ref: MessageRef) -> bool:
        """Remove address, contact and body; False while the message is being handed over."""
        ...

    def claim(self, ref: MessageRef, *, now: datetime, lease: timedelta) -> Claimed | None:
        """Take a waiting message for one attempt; None when it isn't to be had now.

        To be had: accepted, scheduled or deferred and its `not_before` reached, or unconfirmed,
        its lease over, not expired and `on_unconfirmed` being `resend`. Of two callers one gets
        it. Its `due` then lies at the end of the lease or later.
        """
        ...

    def put_off(self, ref: MessageRef, due: datetime) -> None:
        """Have the sweep look at a waiting message at `due`; nothing else of it changes."""
        ...

    def apply(self, ref: MessageRef, change: Change) -> Message | None:
        """Make one step if the message still is as the change expects: what it is then."""
        ...

    def reschedule(self, ref: MessageRef, change: Change, *, expires_at: datetime) -> bool:
        """As `apply`, for what waits and leaves at another time; it is kept as long after that."""
        ...

    def mark(self, ref: MessageRef, mark: str) -> bool:
        """Add a mark (`complained`), twice changing nothing; False if there is no such message."""
        ...

    def pass_on(self, ref: MessageRef) -> bool:
        """Write that another message counts for its campaign's recipient; False where it was.

        False also where there is no such message.
        """
        ...

    def due(self, minute: datetime) -> Iterable[tuple[Channel, Lane, Sequence[MessageRef]]]:
        """What is due at a full minute, in groups of one lane."""
        ...

    def parked(
        self, channel: Channel, *, shards: Sequence[int], limit: int
    ) -> Iterable[tuple[Lane, Sequence[MessageRef]]]:
        """At most `limit` messages in these shards that wait for a stopped channel, by lane."""
        ...


class Correlation(Protocol):
    """For providers that don't give our tags back: which message a receipt belongs to."""

    def link(self, provider: str, provider_id: str, ref: MessageRef, *, until: datetime) -> None:
        """Remember under which id a provider took a message."""
        ...

    def linked(self, provider: str, provider_id: str) -> MessageRef | None:
        """The message that a provider knows by this id."""
        ...

    def lose(self, address: Address, claimed_at: datetime, ref: MessageRef) -> None:
        """Remember a message that may have left without our learning its id."""
        ...

    def lost(self, address: Address, *, since: datetime, until: datetime) -> Sequence[MessageRef]:
        """The messages to this address, claimed in this time, that may have left so."""
        ...


class Cursor(Protocol):
    """How far the sweep has come."""

    def read(self) -> datetime | None:
        """The last minute whose work is queued."""
        ...

    def write(self, minute: datetime) -> None:
        """All that was due up to this minute is queued."""
        ...
