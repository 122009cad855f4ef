"""Requests that can be given to another process."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from outbound.domain.address import Address
from outbound.domain.words import Channel, OnUnconfirmed
from outbound.flow.recipient import To
from tests.builders import make_content, make_key, make_request

if TYPE_CHECKING:
    from outbound.domain.key import ApiKey
    from outbound.flow.intake import Request


def request_of(given: dict[str, Any]) -> tuple[Request, ApiKey]:
    """The request and the key that `given` describes."""
    channel = Channel(given["channel"])
    kind = "email" if channel is Channel.EMAIL else "phone"
    bodies = {"text": given["text"]}
    if channel is Channel.EMAIL:
        bodies["subject"] = "Your order"
    request = make_request(
        channel=channel,
        to=To(address=Address(kind, given["to"])),
        content=make_content(channel, **bodies),
        on_unconfirmed=OnUnconfirmed(given["on_unconfirmed"]),
        idempotency_key=given.get("idempotency_key"),
        fingerprint=given["text"],
    )
    return request, make_key(tenant="acme")
