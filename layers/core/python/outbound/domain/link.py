"""Public links: what one is for and whom it is about, without naming them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from outbound.domain.instant import from_milliseconds, milliseconds
from outbound.domain.words import Channel, Purpose

if TYPE_CHECKING:
    from datetime import datetime


class Use(StrEnum):
    """What a link is for; one for another use is none."""

    UNSUBSCRIBE = "u"
    PREFERENCES = "p"
    SIGN_UP = "s"
    CONFIRM = "c"
    CORRECT = "a"
    MEDIA = "m"
    ALERT = "e"


IN_MESSAGES = (Use.UNSUBSCRIBE, Use.PREFERENCES)
"""What the bodies of any email may link to."""


@dataclass(frozen=True, slots=True)
class Link:
    """`address_key` and `contact_key` are keyed digests: `ids.address_key`, `ids.contact_key`.

    `channel`, `purpose` and `topic` are those of the message that it stood in. `asked_at` is when
    that was asked what the link answers: it answers nothing else. Of an alert, `topic` is its id,
    and `region` that of the contact when it was sent.
    """

    use: Use
    tenant: str
    address_key: str
    contact_key: str
    channel: Channel
    purpose: Purpose
    topic: str | None = None
    asked_at: datetime | None = None
    region: str | None = None


@dataclass(frozen=True, slots=True)
class Invitation:
    """To sign up for a programme: open to everybody, as long as there is the programme."""

    tenant: str
    programme: str


@dataclass(frozen=True, slots=True)
class MediaLink:
    """What leads to the page of a file."""

    tenant: str
    media_id: str


def packed(link: Link) -> str:
    """All but the use, as one text; every part is free of spaces."""
    parts = (link.tenant, link.address_key, link.contact_key, link.channel, link.purpose)
    asked = str(milliseconds(link.asked_at)) if link.asked_at else ""
    more = (asked, link.region) if link.region else (asked,) if asked else ()
    return " ".join((*parts, link.topic or "", *more))


def unpacked(text: str, use: Use) -> Link:
    """The link that `packed` wrote.

    Raises:
        ValueError: it isn't one.
    """
    tenant, address_key, contact_key, channel, purpose, topic, *more = text.split(" ")
    asked, region = (*more, "", "")[:2]
    return Link(
        use,
        tenant,
        address_key,
        contact_key,
        Channel(channel),
        Purpose(purpose),
        topic or None,
        from_milliseconds(int(asked)) if asked else None,
        region or None,
    )
