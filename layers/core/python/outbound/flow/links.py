"""The links that stand in a message, made when it leaves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from outbound.domain.ids import address_key, contact_key, message_time
from outbound.domain.link import IN_MESSAGES, Link, Use

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from outbound.domain.message import Message
    from outbound.ports import Links

PLACEHOLDER = "https://links.invalid/"
SIGN_UP = "outbound:sign-up:"
"""Begins the topic of messages that ask for a yes to the programme whose id follows."""
NEW_ADDRESS = "outbound:new-address"
"""The topic of messages that ask whether an address is the contact's."""
QUESTIONS = {SIGN_UP: Use.CONFIRM, NEW_ADDRESS: Use.CORRECT}
"""By how their topic begins, which link answers them."""
NAMED = {use.name.lower(): use for use in IN_MESSAGES}
LENGTH = 280
"""About what a link has in an account of its own."""

PAGE_LENGTH = 160


class Signed(Mapping[str, str]):
    """Links by name, each signed when a body first asks for it: most bodies ask for none."""

    def __init__(self, makers: Mapping[str, Callable[[], str]]):
        self._makers = makers
        self._made: dict[str, str] = {}

    def __getitem__(self, name: str) -> str:
        if name not in self._made:
            self._made[name] = self._makers[name]()
        return self._made[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._makers)

    def __len__(self) -> int:
        return len(self._makers)


def links_for(message: Message, secret: bytes, links: Links) -> Mapping[str, str]:
    """What `links` is in the bodies of a message: {"unsubscribe": "https://…", …}."""

    def signed(use: Use) -> str:
        return links.url(link_of(message, use, secret))

    def answered(use: Use) -> str:
        asked_at = message_time(message.id)
        return links.url(replace(link_of(message, use, secret), asked_at=asked_at))

    makers = {name: partial(signed, use) for name, use in NAMED.items()}
    for topic, use in QUESTIONS.items():
        if (message.topic or "").startswith(topic):
            makers["confirm"] = partial(answered, use)
    return Signed(makers)


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
    return {name: placeholder(use) for name, use in NAMED.items()}


def placeholder_page(_: str) -> str:
    """A link to the page of some file, in its usual length."""
    return f"{PLACEHOLDER}{Use.MEDIA}/".ljust(PAGE_LENGTH, "x")


def placeholder(use: Use) -> str:
    """One of them."""
    return f"{PLACEHOLDER}{use}/".ljust(LENGTH, "x")
