"""What is said to a member: the campaign's template and data, in the member's own language."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from outbound.domain.content import Body
from outbound.domain.light import light
from outbound.domain.words import Channel
from outbound.flow.organisation import ORGANISATION, Details
from outbound.flow.pinning import formatting_for, localised
from outbound.flow.scope import contact_view, used_of

if TYPE_CHECKING:
    from outbound.domain.campaign import Settings
    from outbound.domain.contact import Contact
    from outbound.domain.content import TemplateRef
    from outbound.domain.sender import Sender
    from outbound.flow.bulk.ports import Bulk
    from outbound.flow.pinning import Pinned
    from outbound.ports import Uses


@light
@dataclass(frozen=True, slots=True)
class Said:
    """A content, and what it is rendered with."""

    pinned: Pinned
    body: Body
    uses: Uses

    @property
    def kept(self) -> Body:
        """The body as it may be stored: of the contact and the sender, what was used."""
        body, organisation = self.body, self.body.data[ORGANISATION]
        data = {name: value for name, value in body.data.items() if name != ORGANISATION}
        if organisation.used:
            data[ORGANISATION] = dict(organisation)
        contact = used_of(body.contact, self.uses.paths.values())
        return replace(body, data=data, contact=contact)


@dataclass(frozen=True, slots=True)
class Wording:
    """What all are told who read one language, and who it is from."""

    pinned: Pinned
    uses: Uses
    sender: Sender | None


class Sayings:
    """What a campaign says: each wording is looked up once for all of a chunk who read it."""

    def __init__(self, tenant: str, settings: Settings, ports: Bulk):
        self._tenant = tenant
        self._settings = settings
        self._ports = ports
        self._wording = cache(self._worded)

    def to(self, contact: Contact, ref: TemplateRef) -> tuple[Said, Sender | None]:
        """What a contact is told, and by whom.

        Raises:
            Refusal: the template has nothing for the channel.
            TemplateFault: it isn't one that is allowed by now.
        """
        wording, organisations = self._wording(ref, contact.locale), self._ports.organisations
        pinned, uses = wording.pinned, wording.uses
        formatting = formatting_for(pinned, contact, organisations) if uses.localised else None
        data = {**self._settings.data, ORGANISATION: Details(self._tenant, organisations)}
        pool, view = self._settings.coupon_pool, contact_view(contact)
        body = Body(None, pinned.template, data, pool, view, formatting)
        return Said(pinned, body, uses), wording.sender

    def _worded(self, ref: TemplateRef, locale: str | None) -> Wording:
        deliver = self._ports.deliver
        template = deliver.templates.get(self._tenant, ref.id, ref.version)
        if template is None:
            raise LookupError(f"template version {ref.version} of a campaign is gone")
        pinned = localised(
            template, self._settings.channel, locale, self._tenant, self._ports.organisations
        )
        uses = deliver.renderer.check(pinned.content)
        sender = None
        if self._settings.channel is Channel.EMAIL and deliver.senders is not None:
            sender = deliver.senders.choose(self._tenant, pinned.content.sender, "/template")
        return Wording(pinned, uses, sender)
