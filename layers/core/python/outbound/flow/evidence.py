"""Evidence: all that shows why a message was sent, to whom, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from outbound.domain.ids import MessageRef, split_message_id
from outbound.domain.short_link import token_of
from outbound.domain.words import Channel
from outbound.flow.coupons import COUPON
from outbound.flow.finishing import finished
from outbound.flow.links import placeholders
from outbound.flow.messages import find
from outbound.flow.pinning import pinned_content
from outbound.flow.scope import message_view, scope_of
from outbound.flow.shortening import Shortening
from outbound.ports import MissingVariable, TemplateFault

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from outbound.domain.content import Body
    from outbound.domain.key import ApiKey
    from outbound.domain.ledger import Written
    from outbound.domain.message import Message
    from outbound.ports import Clock, CouponPools, Ledger, Messages, Renderer, Versions

CONSENT = "consent."


@dataclass(frozen=True, slots=True)
class EvidencePorts:
    """What evidence is gathered with."""

    clock: Clock
    secret: bytes
    messages: Messages
    ledger: Ledger
    templates: Versions
    renderer: Renderer
    coupons: CouponPools
    pages_url: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """A message with what it says and said, and what its contact had said.

    `body` and `rendered` are None where an erasure has taken them away. The links of an email to
    unsubscribe are left out of `rendered`: who has one may use it.
    """

    made_at: datetime
    message: Message
    body: Body | None
    rendered: Mapping[str, str] | None
    consents: tuple[Written, ...]


def gather(message_id: str, key: ApiKey, ports: EvidencePorts) -> Evidence:
    """The evidence of a message, as it is now.

    Raises:
        Refusal: there is no such message.
    """
    message = find(message_id, key, ports.messages)
    body = None
    if not message.redacted:
        body = ports.messages.body(MessageRef(message.tenant, message.id))
    return Evidence(
        made_at=ports.clock.now(),
        message=message,
        body=body,
        rendered=_rendered(message, body, ports) if body else None,
        consents=_consents(message, ports),
    )


def _consents(message: Message, ports: EvidencePorts) -> tuple[Written, ...]:
    """What the ledger has that may have decided: of its channel and purpose, oldest first."""
    parts = split_message_id(message.id)
    assert parts is not None
    about = {"channel": message.channel, "purpose": message.purpose}
    return tuple(
        each
        for each in ports.ledger.entries(message.tenant, parts[0])
        if each.entry.kind.startswith(CONSENT)
        and all(each.entry.facts.get(name, value) == value for name, value in about.items())
    )


def _rendered(message: Message, body: Body, ports: EvidencePorts) -> Mapping[str, str] | None:
    ref = MessageRef(message.tenant, message.id)
    coupon = None
    if body.coupon_pool is not None:
        coupon = ports.coupons.given(message.tenant, body.coupon_pool, message.id)
    try:
        content, data = pinned_content(body, message, ports.templates)
        scope = scope_of(
            {**data, **({COUPON: coupon} if coupon else {})},
            contact=body.contact,
            message=message_view(message.id, message.channel, message.purpose),
            links=placeholders() if message.channel is Channel.EMAIL else {},
            shortening=Shortening(ports.pages_url, lambda: token_of(ports.secret, ref)),
        )
        return finished(content, ports.renderer.render(content, scope, body.formatting))
    except (LookupError, MissingVariable, TemplateFault):
        # It could not be sent either: its timeline says so.
        return None
