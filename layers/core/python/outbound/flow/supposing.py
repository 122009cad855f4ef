"""Supposing: what delivery works with, as of another time, and with links that lead nowhere."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from outbound.domain.link import Use
from outbound.domain.words import Channel
from outbound.flow.links import PLACEHOLDER, placeholder, placeholder_page

if TYPE_CHECKING:
    from datetime import datetime

    from outbound.domain.campaign import Campaign
    from outbound.domain.link import Invitation, Link, MediaLink
    from outbound.flow.bulk.ports import Bulk


def as_of(at: datetime, campaign: Campaign, ports: Bulk) -> Bulk:
    """The ports of a campaign's delivery at another time."""
    email = campaign.settings.channel is Channel.EMAIL
    deliver = replace(ports.deliver, clock=_At(at), links=_NoLinks() if email else None)
    return replace(ports, deliver=deliver)


@dataclass(frozen=True, slots=True)
class _At:
    """A clock that stands at the time that is estimated."""

    instant: datetime

    def now(self) -> datetime:
        return self.instant


@dataclass(frozen=True, slots=True)
class _NoLinks:
    """Links that lead nowhere, in their usual length."""

    def url(self, link: Link) -> str:
        return placeholder(link.use)

    def token(self, link: Link) -> str:
        return placeholder(link.use)

    def invite(self, invitation: Invitation) -> str:
        return PLACEHOLDER

    def read_invitation(self, token: str) -> Invitation | None:
        return None

    def media_url(self, link: MediaLink) -> str:
        return placeholder_page(link.media_id)

    def media_token(self, link: MediaLink) -> str:
        return placeholder(Use.MEDIA)

    def read_media(self, token: str) -> MediaLink | None:
        return None

    def read(self, token: str, use: Use) -> Link | None:
        return None
