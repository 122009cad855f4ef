"""What answers hold of keys, files and prices."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from outbound.adapters.api.contract.answers import Answered
from outbound.adapters.api.contract.pattern import Instant, KeyId, MediaId
from outbound.adapters.api.identifiers import Tenant
from outbound.domain.media import MediaState
from outbound.domain.price import Unit
from outbound.domain.words import Mode, Purpose, Scope


class Key(Answered):
    """An API key, without its secret."""

    id: KeyId
    """Names the key; no secret."""
    name: str
    """What you called it."""
    tenant: Tenant
    """Whose data it reaches."""
    mode: Mode
    """A test key does everything but hand over to a provider."""
    scopes: list[Scope]
    """What it may do."""
    purposes: list[Purpose]
    """What it may send for."""
    created_at: Instant
    """When it was made."""
    expires_at: Instant | None
    """When it ends."""
    revoked_at: Instant | None
    """When it was revoked."""
    allowed_addresses: list[str]
    """From where it may be used; from everywhere, if empty."""
    limit_per_minute: Annotated[int, Field(ge=1)] | None
    """How many requests it may make; null for as many as the deployment gives each key."""
    last_used_at: Instant | None
    """Within an hour."""
    replaces: KeyId | None
    """The key it was made from, by rotation."""
    person: str | None
    """Whose it is, as the operator named them."""
    replaced_by: KeyId | None
    """The key that was made from it."""


class MadeKey(Key):
    """A key that was made just now."""

    secret: Annotated[str, Field(pattern=r"^ob_(live|test)_[0-9A-Za-z]{43}$")] | None
    """What to send as Bearer. Shown this once: nobody stores it, so a replay has null."""


class KeyList(Answered):
    """A page of keys, newest first."""

    items: list[Key]
    """The keys."""
    next_cursor: str | None
    """The `cursor` of the next page; null at the end."""


class PageSaid(Answered):
    """What the page of a file says beside it."""

    title: str | None
    """What it is called."""
    transcript: str | None
    """What is said in it, or what a picture shows."""
    captions_id: MediaId | None
    """Its captions."""
    poster_id: MediaId | None
    """The picture that stands for it."""
    language: str | None
    """The language of all of this."""


class Media(Answered):
    """A file."""

    id: MediaId
    """Names the file."""
    state: MediaState
    """Only what is ready may be sent."""
    reason: Literal["wrong_size", "wrong_checksum", "wrong_type"] | None
    """Why it was rejected."""
    name: str
    """What recipients see."""
    type: str
    """Its media type."""
    size: Annotated[int, Field(ge=1)]
    """In bytes."""
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")] | None
    """In hex."""
    created_at: Instant
    """When it was announced."""
    expires_at: Instant
    """When it is forgotten."""
    page: PageSaid | None
    """What its page says beside it; null for nothing."""


class Upload(Answered):
    """A form that takes the file: multipart/form-data, the content as its last field `file`."""

    url: str
    """Where to POST it."""
    fields: dict[str, str]
    """What to send before the file."""
    expires_at: Instant
    """Until when it is taken."""


class AnnouncedMedia(Media):
    """A file that was announced, and where to upload it."""

    upload: Upload | None
    """Null once it was uploaded and looked at."""


class ListedPrice(Answered):
    """A price of AWS, and where it was read."""

    unit: Unit
    """What it is for."""
    country: Annotated[str, Field(pattern=r"^[A-Z]{2}$")] | None
    """ISO 3166-1; null where it is the same in all."""
    amount: Annotated[str, Field(pattern=r"^\d+(\.\d+)?$")]
    """A decimal number."""
    carrier_fee: Annotated[str, Field(pattern=r"^\d+(\.\d+)?$")] | None
    """What carriers charge beside it; null where nobody told us."""
    currency: Literal["USD"]
    """ISO 4217."""
    source: str
    """Where it was read."""
    date: Annotated[str, Field(json_schema_extra={"format": "date"})] | None
    """When it was read."""
    verified: bool
    """Whether it was read at the source itself."""
    note: str
    """What to know about it."""


class PriceList(Answered):
    """All prices that were asked for."""

    items: list[ListedPrice]
    """The prices."""
    next_cursor: None
    """There is one page only."""
