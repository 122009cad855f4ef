"""The message of each member of a chunk: most of it is the same for all."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from outbound.domain.address import Address
from outbound.domain.changing import changed
from outbound.domain.fallback import is_last
from outbound.domain.message import CampaignRef, Entry, Message, RouteRef, Status
from outbound.domain.run import id_of, route_of
from outbound.domain.words import Channel, Lane, OnUnconfirmed, RouteMode, default_on_unconfirmed
from outbound.flow.gate import SEND

if TYPE_CHECKING:
    from outbound.domain.campaign import Campaign
    from outbound.domain.contact import Contact
    from outbound.domain.run import Chunk
    from outbound.domain.variants import Variant


class Blanks:
    """Messages without content; what all have who are told a variant is made once."""

    def __init__(self, chunk: Chunk, campaign: Campaign):
        self.chunk = chunk
        self.campaign = campaign
        self._blank = cache(self._blank_of)

    def message(self, key: str, contact: Contact | None, variant: Variant | None) -> Message:
        """The message for the contact with this key, if it is still there."""
        blank = self._blank(variant)
        address = contact.address_for(self.campaign.settings.channel) if contact else None
        return changed(
            blank,
            id=id_of(key, self.campaign, self.chunk.ref.run),
            contact_id=contact.id if contact and not contact.erased else "",
            address=address or blank.address,
            route=self._route(key),
        )

    def _blank_of(self, variant: Variant | None) -> Message:
        campaign, settings = self.campaign, self.campaign.settings
        run = self.chunk.ref.run
        at = self.chunk.not_before
        kind = "email" if settings.channel is Channel.EMAIL else "phone"
        return Message(
            id="",
            tenant=campaign.tenant,
            contact_id="",
            address=Address(kind, ""),
            channel=settings.channel,
            lane=Lane.BULK,
            purpose=settings.purpose,
            topic=settings.topic,
            mode=campaign.mode,
            template=variant.template if variant else None,
            status=Status.ACCEPTED,
            created_at=run.at,
            not_before=at,
            expires_at=at + settings.expires_in,
            on_unconfirmed=self._on_unconfirmed,
            decision=SEND,
            decision_at_intake=SEND,
            timeline=(Entry(Status.ACCEPTED, at),),
            price=None,
            campaign=CampaignRef(
                campaign.id,
                run.id,
                variant.name if variant else "",
                reserved=settings.budget is not None,
            ),
        )

    @property
    def _on_unconfirmed(self) -> OnUnconfirmed:
        """Where a channel follows, that is what happens instead of another try."""
        if self.chunk.channels and not is_last(self.chunk):
            return OnUnconfirmed.NEVER
        return default_on_unconfirmed(self.campaign.settings.purpose)

    def _route(self, key: str) -> RouteRef | None:
        route = self.campaign.settings.route
        if route is None:
            return None
        route_id = route_of(key, self.campaign, self.chunk.ref.run)
        return RouteRef(route_id, RouteMode.FIRST, route.after, self.chunk.channels)
