"""Shortening: the links that bodies make while they are rendered, `short` and `media_page`."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from outbound.domain.alert import split_place
from outbound.domain.link import MediaLink
from outbound.domain.short_link import (
    DIGITS,
    KEPT,
    LENGTH,
    MOST,
    PATH,
    Linked,
    is_media,
    objection,
    to_alert,
    token_of,
)
from outbound.domain.words import Channel
from outbound.flow.links import placeholder_page
from outbound.ports import NoLink

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from outbound.domain.ids import MessageRef
    from outbound.domain.message import Message
    from outbound.ports import Links


class Shortening:
    """The short links of one message, and what they lead to; each target has one.

    `page` is where the page of a file is; without it such a page has a short link too.
    """

    def __init__(
        self, base_url: str, token: Callable[[], str], page: Callable[[str], str] | None = None
    ):
        self.targets: list[str] = []
        self.media_ids: list[str] = []
        self._make_token = token
        self._base_url = base_url
        self._page = page

    def short(self, url: str) -> str:
        """A short link to an https address.

        Raises:
            NoLink: it is none, or there are too many.
        """
        against = objection(url)
        if against is not None:
            raise NoLink(against)
        return self._link_to(url)

    def media_page(self, media_id: str) -> str:
        """A link to the page of a file.

        Raises:
            NoLink: it is no file's id, or there are too many links.
        """
        if not is_media(media_id):
            raise NoLink("media_page takes the id of a file, med_…")
        if media_id not in self.media_ids:
            self.media_ids.append(media_id)
        return self._page(media_id) if self._page else self._link_to(media_id)

    def alert_page(self, alert_id: str, channel: Channel, region: str) -> str:
        """A link to the page on which an alert is acknowledged."""
        return self._link_to(to_alert(alert_id, channel, region))

    def linked(self, ref: MessageRef, now: datetime) -> tuple[Linked, ...]:
        """What is to be written down, if something is."""
        if not self.targets:
            return ()
        return (Linked(ref, self._token, tuple(self.targets), now + KEPT),)

    def _link_to(self, target: str) -> str:
        if target not in self.targets:
            if len(self.targets) == MOST:
                raise NoLink(f"a message has at most {MOST} short links")
            self.targets.append(target)
        place = DIGITS[self.targets.index(target)]
        return f"{self._base_url.rstrip('/')}/{PATH}/{self._token}{place}"

    @cached_property
    def _token(self) -> str:
        return self._make_token()


def shortening_for(
    message: Message, ref: MessageRef, secret: bytes, base_url: str, links: Links | None
) -> Shortening:
    """The links of a message that leaves; `links` signs those that needn't be short."""

    def page(media_id: str) -> str:
        assert links is not None
        return links.media_url(MediaLink(message.tenant, media_id))

    return Shortening(base_url, lambda: token_of(secret, ref), page if links else None)


def link_to_alert(message: Message, shortening: Shortening) -> Mapping[str, str]:
    """What `links` has in the bodies of an alert that can be clicked."""
    if message.campaign is None or message.channel is Channel.VOICE:
        return {}
    region, _ = split_place(message.campaign.variant)
    return {"alert": shortening.alert_page(message.campaign.id, message.channel, region)}


def rehearsed(base_url: str, *, short_pages: bool) -> Shortening:
    """Links that lead nowhere, in the length of those that will."""
    return Shortening(base_url, lambda: "x" * LENGTH, None if short_pages else placeholder_page)
