"""What was sent, kept for whoever wants to look."""

import hashlib
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

MESSAGE_TAG = "outbound_message"
KEPT = 20_000
SHOWN = 2_000_000
"""Bytes of a file that is kept to be looked at; of a larger one there is only the size."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that came with a message; `content` is empty where it is too large to be kept."""

    name: str
    content_type: str
    size: int
    sha256: str
    disposition: str = "ATTACHMENT"
    content_id: str | None = None
    content: bytes = field(default=b"", repr=False)


def attachment(name: str, content_type: str, content: bytes, **more: Any) -> Attachment:
    """A file with its size and digest."""
    digest = hashlib.sha256(content).hexdigest()
    kept = content if len(content) <= SHOWN else b""
    return Attachment(name, content_type, len(content), digest, content=kept, **more)


@dataclass(frozen=True, slots=True)
class Voice:
    """How a text is spoken; `markup` is the SSML, if that is what was sent."""

    voice_id: str
    text_type: str
    markup: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One message as the carrier accepted it."""

    provider_id: str
    service: str
    operation: str
    channel: str
    to: tuple[str, ...]
    sender: str | None
    at: datetime
    cc: tuple[str, ...] = ()
    bcc: tuple[str, ...] = ()
    subject: str | None = None
    text: str | None = None
    html: str | None = None
    headers: tuple[tuple[str, str], ...] = ()
    attachments: tuple[Attachment, ...] = ()
    media: tuple[str, ...] = ()
    media_fault: str | None = None
    voice: Voice | None = None
    tags: Mapping[str, str] = field(default_factory=dict)
    configuration_set: str | None = None
    message_type: str | None = None
    max_price: float | None = None
    rendering_error: str | None = None

    @property
    def recipients(self) -> tuple[str, ...]:
        """Everyone it goes to."""
        return self.to + self.cc + self.bcc

    @property
    def message_id(self) -> str | None:
        """The sender's own id of the message, where the provider lets it be given."""
        return self.tags.get(MESSAGE_TAG)


@dataclass(frozen=True, slots=True)
class Played:
    """A receipt that was played back, and why it did not arrive if so."""

    outcome: str
    at: datetime
    body: Mapping[str, Any]
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """What a person texted back: to which number, who answered it, and where it was published."""

    inbound_id: str
    text: str
    sender: str
    to: str
    at: datetime
    answered_by: str | None
    topic: str | None
    problem: str | None = None


class Outbox:
    """The newest messages, their receipts and replies, safe to use from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._items: dict[str, Item] = {}
        self._played: dict[str, list[Played]] = {}
        self._replies: dict[str, list[Reply]] = {}

    def add(self, item: Item) -> None:
        """Keep a message; the oldest makes room."""
        with self._lock:
            self._items[item.provider_id] = item
            self._played[item.provider_id] = []
            if len(self._items) > KEPT:
                oldest = next(iter(self._items))
                del self._items[oldest], self._played[oldest]
                self._replies.pop(oldest, None)

    def note(self, provider_id: str, played: Played) -> None:
        """Keep a receipt beside its message."""
        with self._lock:
            if provider_id in self._played:
                self._played[provider_id].append(played)

    def clear(self) -> None:
        """Forget every message."""
        with self._lock:
            self._items.clear()
            self._played.clear()
            self._replies.clear()

    def reply(self, provider_id: str, reply: Reply) -> None:
        """Keep a reply beside its message."""
        with self._lock:
            self._replies.setdefault(provider_id, []).append(reply)

    def replies(self, provider_id: str) -> tuple[Reply, ...]:
        """List the replies to a message, oldest first."""
        with self._lock:
            return tuple(self._replies.get(provider_id, ()))

    def get(self, provider_id: str) -> Item | None:
        """Find a message by the id that the provider gave it."""
        with self._lock:
            return self._items.get(provider_id)

    def receipts(self, provider_id: str) -> tuple[Played, ...]:
        """List the receipts of a message played so far, oldest first."""
        with self._lock:
            return tuple(self._played.get(provider_id, ()))

    def items(self) -> list[Item]:
        """List the messages, newest first."""
        with self._lock:
            return list(reversed(self._items.values()))
