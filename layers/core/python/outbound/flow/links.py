"""The links that stand in a message, made when it leaves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from outbound.domain.ids import address_key, contact_key, message_time
from outbound.domain.link import IN_MESSAGES, Link, Use

if TYPE_CHECKING:
    from collections.abc import Iterator

    from outbound.domain.message import Message
    from outbound.ports import Links

PLACEHOLDER = "https://links.invalid/"
SIGN_UP = "outbound:sign-up:"
"""Begins the topic of messages that ask for a yes to the programme whose id follows."""
NEW_ADDRESS = "outbound:new-address"
"""The topic of messages that ask whether an address is the contact's."""
QUESTIONS = {SIGN_UP: Use.CONFIRM, NEW_ADDRESS: Use.CORRECT}
"""By how their topic begins, which link answers them."""
CONFIRM = "confirm"
"""The link that answers what a message asks."""
NAMED = {use.name.lower(): use for use in IN_MESSAGES}
LENGTH = 280
"""About what a link has in an account of its own."""

PAGE_LENGTH = 160


class Signed(Mapping[str, str]):
    """The links of a message by name, each signed when a body first asks: most ask for none."""

    def __init__(self, message: Message, secret: bytes, links: Links):
        self._message = message
        self._secret = secret
        self._links = links
        self._made: dict[str, str] = {}

    def __getitem__(self, name: str) -> str:
        if name not in self._made:
            self._made[name] = self._links.url(self._link(name))
        return self._made[name]

    def __iter__(self) -> Iterator[str]:
        return iter(NAMED if self._question is None else (*NAMED, CONFIRM))

    def __len__(self) -> int:
        return len(NAMED) + (self._question is not None)

    def __bool__(self) -> bool:
        return True

    @property
    def _question(self) -> Use | None:
        topic = self._message.topic
        if topic is None:
            return None
        return next((use for begin, use in QUESTIONS.items() if topic.startswith(begin)), None)

    def _link(self, name: str) -> Link:
        if name in NAMED:
            return link_of(self._message, NAMED[name], self._secret)
        if name != CONFIRM or self._question is None:
            raise KeyError(name)
        answer = link_of(self._message, self._question, self._secret)
        return replace(answer, asked_at=message_time(self._message.id))


def links_for(message: Message, secret: bytes, links: Links) -> Mapping[str, str]:
    """What `links` is in the bodies of a message: {"unsubscribe": "https://…", …}."""
    return Signed(message, secret, links)


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
