"""What the API is asked: the shapes of a request, and how values are written into it."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, Required, TypedDict, Unpack
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Sequence

_LONGEST_KEY = 255


class To(TypedDict, total=False):
    """Whom to send to: exactly one of these."""

    contact_id: str
    email: str
    phone: str


class MediaChoice(TypedDict, total=False):
    """The file of a text; with the `fallback` "page" a link where it can't go along."""

    media_id: Required[str]
    fallback: str


class OnPage(TypedDict, total=False):
    """What the page of a file says beside it."""

    title: str
    transcript: str
    captions_id: str
    poster_id: str
    language: str


class Attachment(TypedDict, total=False):
    """A file of an email: `media_id`, or `name`, `type` and `data` (base64)."""

    media_id: str
    name: str
    type: str
    data: str
    disposition: str
    content_id: str


_From = TypedDict("_From", {"from": str}, total=False)
"""Python's grammar has no field of this name in a class."""


class Content(_From, total=False):
    """Inline content, by channel; the README lists what each takes.

    An email may say which of your addresses it is `from`. A call is read by `voice`, else by one
    that speaks `locale`, else by the environment's. Only emails of templates have `mjml` and
    `preheader`.
    """

    text: str
    subject: str
    html: str
    mjml: str
    preheader: str
    attachments: list[Attachment]
    calendar: Mapping[str, Any]
    reply_to: list[str]
    media: MediaChoice
    smart_encoding: bool
    ssml: str
    voice: str
    locale: str


class VariableFields(TypedDict, total=False):
    """A variable that a template declares."""

    type: str
    required: bool
    default: Any
    example: Any
    sensitive: bool


class TemplateChoice(TypedDict, total=False):
    """A stored template; without `version` it is the published one."""

    id: str
    version: int
    locale: str


class RouteChoice(TypedDict, total=False):
    """Several channels: the `mode` "first" tries one after another, "all" uses all at once.

    With "first", a message may take until `after` (PT5M) to be delivered before the next one goes.
    """

    mode: Required[str]
    channels: Required[Sequence[str]]
    after: str | None


class RouteFields(TypedDict, total=False):
    """A message over several channels; `content` says by their names what each of them says."""

    to: Required[To]
    route: Required[RouteChoice]
    purpose: Required[str]
    content: Mapping[str, Content] | None
    template: TemplateChoice | None
    data: Mapping[str, Any] | None
    topic: str | None
    send_at: datetime | str | None
    expires_at: datetime | str | None
    on_unconfirmed: str | None


class MessageFields(TypedDict, total=False):
    """A message to send."""

    to: Required[To]
    channel: Required[str]
    purpose: Required[str]
    content: Content | None
    template: TemplateChoice | None
    data: Mapping[str, Any] | None
    topic: str | None
    send_at: datetime | str | None
    expires_at: datetime | str | None
    on_unconfirmed: str | None
    coupon_pool: str | None


class ItemFields(MessageFields, total=False):
    """A message of a batch; its own `client_token` makes it one message across batches."""

    client_token: str


class RouteItemFields(RouteFields, total=False):
    """A route of a batch, with a `client_token` as a message has one."""

    client_token: str


def route_body(**fields: Unpack[RouteItemFields]) -> dict[str, Any]:
    """The JSON body of a message over several channels."""
    return body_of(**fields)


def message_body(**fields: Unpack[ItemFields]) -> dict[str, Any]:
    """The JSON body of a message."""
    return body_of(**fields)


def body_of(**fields: object) -> dict[str, Any]:
    """A JSON body of the fields that are set; a datetime in it becomes RFC 3339 in UTC."""
    return {name: _plain(value) for name, value in fields.items() if value is not None}


def as_seen(if_match: str | None) -> Mapping[str, str]:
    """The header that lets a change be made only to what was seen.

    Raises:
        ValueError: it can't be sent as a header.
    """
    if if_match is None:
        return {}
    if not if_match or not _visible(if_match):
        raise ValueError("if_match is the etag of an answer: visible ASCII characters")
    return {"If-Match": if_match}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return rfc3339(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {name: _plain(each) for name, each in value.items()}
    return [_plain(each) for each in value] if isinstance(value, list | tuple) else value


def query_of(**fields: str | int | None) -> Mapping[str, str]:
    """The query parameters that are set."""
    return {name: str(value) for name, value in fields.items() if value is not None}


def one_address(email: str | None, phone: str | None) -> dict[str, str]:
    """The one address that is named, by its kind.

    Raises:
        ValueError: there are none, or two.
    """
    given = {name: each for name, each in (("email", email), ("phone", phone)) if each is not None}
    if len(given) != 1:
        raise ValueError("name exactly one of email and phone")
    return given


def rfc3339(instant: datetime) -> str:
    """`2026-11-23T16:40:00.123Z`.

    Raises:
        ValueError: the datetime has no time zone.
    """
    if instant.tzinfo is None:
        raise ValueError("a datetime needs a time zone: its instant is unknown without one")
    text = instant.astimezone(UTC).isoformat(timespec="milliseconds")
    return text.replace("+00:00", "Z")


def path_to(collection: str, identifier: str) -> str:
    """The path of one thing; whatever the identifier holds, it stays one segment of the path.

    Raises:
        ValueError: the identifier can't be a segment of a path.
    """
    if identifier in {"", ".", ".."}:
        raise ValueError(f"an id of {collection} can't be empty or dots alone")
    return f"/v1/{collection}/{quote(identifier, safe='')}"


def checked_idempotency_key(chosen: str | None) -> str:
    """The caller's key, or a new random one.

    Raises:
        ValueError: the key can't be sent as a header.
    """
    if chosen is None:
        return str(uuid.uuid4())
    if not 1 <= len(chosen) <= _LONGEST_KEY or not _visible(chosen):
        raise ValueError(f"an idempotency key has 1 to {_LONGEST_KEY} visible ASCII characters")
    return chosen


def bearer(api_key: str) -> str:
    """The Authorization header.

    Raises:
        ValueError: the key can't be sent as a header. The message doesn't repeat it.
    """
    if not api_key or not _visible(api_key):
        raise ValueError("the API key is empty, or has characters that no key has")
    return f"Bearer {api_key}"


def _visible(text: str) -> bool:
    return all("!" <= character <= "~" for character in text)
