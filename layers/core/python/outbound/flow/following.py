"""Following: where a short link leads, and the mark that somebody went there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from outbound.domain.ids import split_message_id
from outbound.domain.link import Link, MediaLink, Use
from outbound.domain.short_link import alert_of, is_media, split
from outbound.domain.tracking import CLICKED
from outbound.domain.words import Channel, Purpose
from outbound.flow.noting import note

if TYPE_CHECKING:
    from outbound.domain.ids import MessageRef
    from outbound.ports import Clock, Contacts, Links, Messages, ShortLinks


@dataclass(frozen=True, slots=True)
class FollowPorts:
    """What the following of links works with."""

    clock: Clock
    secret: bytes
    short_links: ShortLinks
    links: Links
    messages: Messages
    contacts: Contacts


@dataclass(frozen=True, slots=True)
class Followed:
    """Where a link leads, which may be seen from it, and the message that it stood in."""

    url: str
    ref: MessageRef


def follow(token: str, ports: FollowPorts) -> Followed | None:
    """Where the link with this token leads; None where we made none, or it is over."""
    parts = split(token)
    linked = ports.short_links.get(parts[0]) if parts else None
    if parts is None or linked is None or parts[1] >= len(linked.targets):
        return None
    target = linked.targets[parts[1]]
    if is_media(target):
        token = ports.links.media_token(MediaLink(linked.ref.tenant, target))
        target = f"../{Use.MEDIA}/{token}"
    elif (alert := alert_of(target)) is not None:
        target = f"../{Use.ALERT}/{ports.links.token(_to_alert(linked.ref, *alert))}"
    return Followed(target, linked.ref)


def _to_alert(ref: MessageRef, alert_id: str, channel: str, region: str | None) -> Link:
    """Who follows it reads the alert, and can say so, as the contact that the message was for."""
    contact_key, _ = split_message_id(ref.id) or ("", "")
    return Link(
        use=Use.ALERT,
        tenant=ref.tenant,
        address_key="",
        contact_key=contact_key,
        channel=Channel(channel),
        purpose=Purpose.EMERGENCY,
        topic=alert_id,
        region=region,
    )


def note_click(ref: MessageRef, ports: FollowPorts) -> None:
    """Mark a message as clicked, as of now."""
    now = ports.clock.now()
    note(ref, CLICKED, now, ports.messages, ports.contacts, ports.secret)
