"""From a message and what it says to what its provider gets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from outbound.domain.coupon import NoCoupon
from outbound.domain.ids import MessageRef
from outbound.domain.words import SUBSCRIBED, Channel, Purpose
from outbound.flow.coupons import coupon_for
from outbound.flow.falling_back import falls_back, with_link, without_file
from outbound.flow.finishing import finished
from outbound.flow.links import links_for
from outbound.flow.media import media_of
from outbound.flow.pinning import pinned_content
from outbound.flow.scope import message_view, scope_of
from outbound.flow.shortening import link_to_alert, shortening_for
from outbound.ports import MissingVariable, Outgoing, TemplateFault

if TYPE_CHECKING:
    from datetime import datetime

    from outbound.domain.content import Body
    from outbound.domain.message import Message
    from outbound.flow.deliver import Deliver


@dataclass(frozen=True, slots=True)
class Unsendable:
    """Why nothing can be made of a message."""

    reason: str


def outgoing_of(
    message: Message, body: Body, now: datetime, ports: Deliver
) -> Outgoing | Unsendable:
    """A message as its provider gets it."""
    ref = MessageRef(message.tenant, message.id)
    if not _may_be_sent_from(message, ports):
        return Unsendable("sender_gone")
    try:
        content, data = pinned_content(body, message, ports.templates)
        links = links_for(message, ports.gate.secret, ports.links) if ports.links else {}
        shortening = shortening_for(message, ref, ports.gate.secret, ports.pages_url, ports.links)
        if message.purpose is Purpose.EMERGENCY and message.campaign is not None:
            links = {**links, **link_to_alert(message, shortening)}
        coupon = coupon_for(message, body, now, ports.coupons)
        scope = scope_of(
            {**data, **coupon},
            contact=body.contact,
            message=message_view(message.id, message.channel, message.purpose),
            links=links,
            shortening=shortening if message.channel is not Channel.VOICE else None,
        )
        bodies = finished(content, ports.renderer.render(content, scope, body.formatting))
    except NoCoupon as none:
        return Unsendable(none.reason)
    except MissingVariable:
        return Unsendable("missing_variable")
    except TemplateFault as fault:
        return Unsendable(fault.code)
    enclosed = content.enclosed
    media = media_of(enclosed, message.tenant, now, ports.media)
    if media is None:
        return Unsendable("media_gone")
    if enclosed.media_id and falls_back(enclosed, media, message.address, mms=ports.mms):
        bodies = with_link(bodies, shortening.media_page(enclosed.media_id))
        enclosed, media = without_file(enclosed), {}
    return Outgoing(
        ref=ref,
        attempt=message.attempt,
        address=message.address,
        purpose=message.purpose,
        bodies=bodies,
        voice=message.voice[0] if message.voice else None,
        enclosed=enclosed,
        media=media,
        sender=message.sender,
        origination=message.origination,
        unsubscribe=links["unsubscribe"] if links and message.purpose in SUBSCRIBED else None,
        linked=shortening.linked(ref, now),
    )


def _may_be_sent_from(message: Message, ports: Deliver) -> bool:
    """A deployment after intake may have taken the sender away, and SES would go on refusing it."""
    if message.sender is None:
        return True
    return ports.senders is not None and ports.senders.allows(message.tenant, message.sender)
