"""The links that stand in a message, made when it leaves."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from outbound.domain.ids import address_key, contact_key, message_time
from outbound.domain.link import IN_MESSAGES, Link, Use

if TYPE_CHECKING:
    from collections.abc import Mapping

    from outbound.domain.message import Message
    from outbound.ports import Links

PLACEHOLDER = "https://links.invalid/"
SIGN_UP = "outbound:sign-up:"
"""Begins the topic of messages that ask for a yes to the programme whose id follows."""
NEW_ADDRESS = "outbound:new-address"
"""The topic of messages that ask whether an address is the contact's."""
QUESTIONS = {SIGN_UP: Use.CONFIRM, NEW_ADDRESS: Use.CORRECT}
"""By how their topic begins, which link answers them."""
LENGTH = 280
"""About what a link has in an account of its own."""

PAGE_LENGTH = 160


def links_for(message: Message, secret: bytes, links: Links) -> Mapping[str, str]:
    """What `links` is in the bodies of a message: {"unsubscribe": "https://…", …}."""
    made = {use.name.lower(): links.url(link_of(message, use, secret)) for use in IN_MESSAGES}
    for topic, use in QUESTIONS.items():
        if (message.topic or "").startswith(topic):
            answer = link_of(message, use, secret)
            made["confirm"] = links.url(replace(answer, asked_at=message_time(message.id)))
    return made


def link_of(message: Message, use: Use, secret: bytes) -> Link:
    """A link about the message's recipient and what it is about."""
    return Link(
        use=use,
        tenant=message.tenant,
        address_key=address_key(secret, message.tenant, message.address.value),
        contact_key=contact_key(secret, message.tenant, message.contact_id),
        channel=message.channel,
        purpose=message.purpose,
        topic=message.topic,
    )


def placeholders() -> Mapping[str, str]:
    """What `links` is where nothing leaves: at intake and in dry runs, in their usual length."""
    return {use.name.lower(): placeholder(use) for use in IN_MESSAGES}


def placeholder_page(_: str) -> str:
    """A link to the page of some file, in its usual length."""
    return f"{PLACEHOLDER}{Use.MEDIA}/".ljust(PAGE_LENGTH, "x")


def placeholder(use: Use) -> str:
    """One of them."""
    return f"{PLACEHOLDER}{use}/".ljust(LENGTH, "x")
