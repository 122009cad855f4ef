"""What the flow needs from outside, as Protocols: stores, queue, channels, clock."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from outbound.domain.content import NOTHING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from dataclasses import dataclass, field
    from datetime import datetime, timedelta

    from outbound.domain.address import Address
    from outbound.domain.content import Body, Content, Enclosed, Template
    from outbound.domain.ids import MessageRef
    from outbound.domain.key import ApiKey
    from outbound.domain.media import Media, Uploaded
    from outbound.domain.message import Change, Message
    from outbound.domain.outcome import Outcome
    from outbound.domain.receipt import Receipt
    from outbound.domain.sender import Sender
    from outbound.domain.stop import Stop
    from outbound.domain.suppression import Suppression
    from outbound.domain.words import Channel, Lane, Mode, Purpose
else:
    from dataclasses import dataclass, field


class Clock(Protocol):
    """The time."""

    def now(self) -> datetime:
        """The present instant, in UTC, in whole milliseconds."""
        ...


class Tokens(Protocol):
    """Randomness."""

    def token(self) -> str:
        """43 characters of 0-9A-Za-z: about 256 bits that nobody can guess."""
        ...


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of addresses and contacts; what isn't, is absent.

    `contact_of` gives the contact with an address, of several the first by id.
    """

    contact_of: Mapping[Address, str]
    addresses_of: Mapping[str, tuple[Address, ...]]
    suppressed: Mapping[Address, Suppression]


class Contacts(Protocol):
    """Contacts and the addresses that must not be used, by tenant."""

    def look_up(
        self, tenant: str, *, addresses: Iterable[Address] = (), contact_ids: Iterable[str] = ()
    ) -> Known:
        """What is known of these addresses, suppressions too, and of these contacts, at once."""
        ...

    def suppressions(
        self, tenant: str, addresses: Iterable[Address]
    ) -> Mapping[Address, Suppression]:
        """Those of the addresses that must not be used, and why."""
        ...

    def create(self, tenant: str, contact_id: str, address: Address, now: datetime) -> None:
        """Make a contact and its address in one step; nothing happens if it exists."""
        ...

    def create_many(self, tenant: str, contacts: Mapping[str, Address], now: datetime) -> None:
        """Make contacts, by id, each with an address; those that exist stay as they are."""
        ...

    def suppression(self, tenant: str, address: Address) -> Suppression | None:
        """Why this address must not be used, if it must not."""
        ...

    def suppress(self, tenant: str, address: Address, suppression: Suppression) -> None:
        """Stop the use of an address; what already stands for it is kept."""
        ...


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

    def get(self, ref: MessageRef) -> Message | None:
        """The message as it is now (a consistent read)."""
        ...

    def get_many(self, refs: Sequence[MessageRef]) -> Mapping[MessageRef, Message]:
        """Those of the messages that are there."""
        ...

    def newest(self, tenant: str, contact_id: str, *, limit: int, after: str | None) -> Page:
        """A contact's messages, newest first, beginning behind `after`."""
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

    def apply(self, ref: MessageRef, change: Change) -> bool:
        """Make one step if the message still is as the change expects; else False."""
        ...

    def mark(self, ref: MessageRef, mark: str) -> None:
        """Add a mark (`complained`); adding it twice changes nothing."""
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


@dataclass(frozen=True, slots=True)
class Claim:
    """The first use of an idempotency key: whoever uses it again meets this one."""

    fingerprint: str
    resource: str
    at: datetime


class Idempotency(Protocol):
    """Which idempotency keys were used, by tenant and mode, for 7 days."""

    def reserve(self, tenant: str, mode: Mode, key: str, claim: Claim) -> Claim | None:
        """Use a key. None: we are the first. Else the claim of who was."""
        ...

    def find(self, tenant: str, mode: Mode, key: str, now: datetime) -> Claim | None:
        """The claim of who used a key first, if anybody did."""
        ...


class Templates(Protocol):
    """Templates and their versions, by tenant."""

    def put(
        self,
        tenant: str,
        template_id: str,
        purpose: Purpose,
        contents: Mapping[Channel, Content],
        now: datetime,
    ) -> Template:
        """Make the next version; two callers at once make two versions."""
        ...

    def get(self, tenant: str, template_id: str, version: int | None = None) -> Template | None:
        """A version, the latest by default."""
        ...


@dataclass(frozen=True, slots=True)
class KeyPage:
    """Some keys, newest first, and behind which id the next page begins."""

    keys: tuple[ApiKey, ...]
    after: str | None


class MediaCatalog(Protocol):
    """Files as they were announced, by tenant; past its expiry a file is absent."""

    def insert(self, media: Media) -> None:
        """Write down a file that shall be uploaded; nothing happens if it is there already."""
        ...

    def get(self, tenant: str, media_id: str, now: datetime) -> Media | None:
        """A file as it is now."""
        ...

    def settle(self, media: Media) -> bool:
        """Set state and reason of a file that is waiting; False when it no longer is."""
        ...

    def delete(self, tenant: str, media_id: str) -> None:
        """Forget a file."""
        ...


@dataclass(frozen=True, slots=True)
class UploadForm:
    """An HTML form's action and fields, with which a file can be uploaded until `expires_at`."""

    url: str
    fields: Mapping[str, str]
    expires_at: datetime


class MediaGone(Exception):
    """A file that a message needs is no longer there."""


class MediaFiles(Protocol):
    """The files themselves. What is uploaded lies apart until it is kept."""

    def form(self, media: Media, now: datetime) -> UploadForm:
        """A form that takes this file alone."""
        ...

    def uploaded(self, media: Media) -> Uploaded | None:
        """What was uploaded, if something was."""
        ...

    def keep(self, media: Media, uploaded: Uploaded) -> bool:
        """Move what was looked at to where no form reaches; False when it is another by now."""
        ...

    def read(self, media: Media) -> bytes:
        """The content of a file that was kept.

        Raises:
            MediaGone: it isn't there.
        """
        ...

    def place(self, media: Media) -> str:
        """Where a file that was kept lies: s3://bucket/key."""
        ...

    def delete(self, media: Media) -> None:
        """Remove a file; nothing happens if it isn't there."""
        ...


class Keys(Protocol):
    """API keys."""

    def insert(self, key: ApiKey) -> None:
        """Store a key, found by its digest and by its tenant and id."""
        ...

    def by_digest(self, digest: str) -> ApiKey | None:
        """The key whose secret has this digest."""
        ...

    def by_id(self, tenant: str, key_id: str) -> ApiKey | None:
        """A tenant's key."""
        ...

    def newest(self, tenant: str, *, limit: int, after: str | None) -> KeyPage:
        """A tenant's keys, newest first, beginning behind the id `after`."""
        ...

    def revoke(self, tenant: str, key_id: str, now: datetime) -> ApiKey | None:
        """Revoke a key (again: no change) and give it back; None when the tenant has none such."""
        ...

    def rotate(self, new: ApiKey, old_id: str, expires_at: datetime) -> bool:
        """Store the key that replaces an old one, which then ends, in one step.

        False, and nothing is done, when the old one was revoked or replaced meanwhile.
        """
        ...

    def used(self, tenant: str, key_id: str, at: datetime) -> None:
        """Remember when a key was used last; no effect where there is no such key."""
        ...


class Queue(Protocol):
    """The queues of channel and lane."""

    def send(self, channel: Channel, lane: Lane, refs: Sequence[MessageRef]) -> None:
        """Queue messages for delivery. All are queued when it returns."""
        ...


class HeldReceipts(Protocol):
    """Receipts that came before what they belong to."""

    def hold(self, receipt: Receipt, *, tries: int, delay: timedelta) -> None:
        """Bring the receipt back after the delay, having been tried `tries` times."""
        ...


class Cursor(Protocol):
    """How far the sweep has come."""

    def read(self) -> datetime | None:
        """The last minute whose work is queued."""
        ...

    def write(self, minute: datetime) -> None:
        """All that was due up to this minute is queued."""
        ...


class MissingVariable(Exception):
    """A template names a variable that the data lacks; `pointer` is its place in the data."""

    def __init__(self, name: str, pointer: str):
        super().__init__(f"no value for {name}")
        self.name = name
        self.pointer = pointer


class TemplateFault(Exception):
    """A template that is wrong, forbidden or too large; `body` names which of the bodies."""

    def __init__(self, body: str, message: str, *, code: str = "invalid_template"):
        super().__init__(message)
        self.body = body
        self.message = message
        self.code = code


class Renderer(Protocol):
    """The template language."""

    def check(self, content: Content) -> None:
        """Compile each body.

        Raises:
            TemplateFault: a body isn't a template that we allow.
        """
        ...

    def render(self, content: Content, data: Mapping[str, Any]) -> Mapping[str, str]:
        """The bodies with the data in them.

        Raises:
            MissingVariable: a variable has no value; it is never rendered as nothing.
            TemplateFault: as for `check`, or the rendering took too many steps or bytes.
        """
        ...


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A rendered message, as a provider gets it.

    `voice` is who reads it aloud in a call; `media` are the files enclosed, by id; `sender` is
    who an email is from, None being the deployment's sender.
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


class Signals(Protocol):
    """What operators watch. Names and channels only: never an address or a body."""

    def count(self, name: str, *, channel: Channel | None = None) -> None:
        """Add one to a metric."""
        ...

    def note(self, event: str, *, channel: Channel, code: str) -> None:
        """Write down what an operator will look for."""
        ...


class Stops(Protocol):
    """Which channels their providers have stopped."""

    def current(self, channel: Channel) -> Stop | None:
        """The stop of a channel, if there is one; what is said may be 5 seconds old."""
        ...

    def begin(self, stop: Stop) -> bool:
        """Stop a channel; False when it is stopped already."""
        ...

    def probe(self, stop: Stop, now: datetime) -> bool:
        """Take the right to try one message; of several callers one gets it, once it is due."""
        ...

    def end(self, stop: Stop) -> None:
        """The provider takes messages again; no effect on a later stop."""
        ...
