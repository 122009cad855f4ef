"""What is said to a member: the campaign's template and data, in the member's own language."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from outbound.domain.content import Body
from outbound.flow.organisation import ORGANISATION, Details
from outbound.flow.pinning import formatting_for, localised
from outbound.flow.scope import contact_view, used_of

if TYPE_CHECKING:
    from outbound.domain.campaign import Settings
    from outbound.domain.contact import Contact
    from outbound.domain.content import TemplateRef
    from outbound.flow.bulk.ports import Bulk
    from outbound.flow.pinning import Pinned
    from outbound.ports import Uses


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


def said_to(contact: Contact, ref: TemplateRef, settings: Settings, ports: Bulk) -> Said:
    """What a campaign says to a contact.

    Raises:
        Refusal: the template has nothing for the channel.
        TemplateFault: it isn't one that is allowed by now.
    """
    template = ports.deliver.templates.get(contact.tenant, ref.id, ref.version)
    if template is None:
        raise LookupError(f"template version {ref.version} of a campaign is gone")
    pinned = localised(
        template, settings.channel, contact.locale, contact.tenant, ports.organisations
    )
    uses = ports.deliver.renderer.check(pinned.content)
    formatting = formatting_for(pinned, contact, ports.organisations) if uses.localised else None
    data = {**settings.data, ORGANISATION: Details(contact.tenant, ports.organisations)}
    body = Body(
        None, pinned.template, data, settings.coupon_pool, contact_view(contact), formatting
    )
    return Said(pinned, body, uses)
