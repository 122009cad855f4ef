"""Public links: what one is for and whom it is about, without naming them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from outbound.domain.words import Channel, Purpose


class Use(StrEnum):
    """What a link is for; one for another use is none."""

    UNSUBSCRIBE = "u"
    PREFERENCES = "p"


@dataclass(frozen=True, slots=True)
class Link:
    """`address_key` and `contact_key` are keyed digests: `ids.address_key`, `ids.contact_key`.

    `channel`, `purpose` and `topic` are those of the message that it stood in.
    """

    use: Use
    tenant: str
    address_key: str
    contact_key: str
    channel: Channel
    purpose: Purpose
    topic: str | None = None


def packed(link: Link) -> str:
    """All but the use, as one text; every part is free of spaces."""
    parts = (link.tenant, link.address_key, link.contact_key, link.channel, link.purpose)
    return " ".join((*parts, link.topic or ""))


def unpacked(text: str, use: Use) -> Link:
    """The link that `packed` wrote.

    Raises:
        ValueError: it isn't one.
    """
    tenant, address_key, contact_key, channel, purpose, topic = text.split(" ")
    return Link(
        use, tenant, address_key, contact_key, Channel(channel), Purpose(purpose), topic or None
    )
