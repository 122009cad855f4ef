"""Preview: a template as somebody would get it, and what is found in that. Nothing is written."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from outbound.domain.address import Address
from outbound.domain.contact import Contact
from outbound.domain.errors import Refusal, refused_at
from outbound.domain.lint import Draft, lint, score
from outbound.domain.locale import DEFAULT
from outbound.domain.phone_details import phone_details
from outbound.domain.words import Purpose
from outbound.flow.intake import Request, TemplateChoice
from outbound.flow.links import placeholders
from outbound.flow.preparing import prepare
from outbound.flow.recipient import To
from outbound.ports import Known

if TYPE_CHECKING:
    from collections.abc import Mapping

    from outbound.domain.key import ApiKey
    from outbound.domain.lint import Finding
    from outbound.domain.organisation import Organisation
    from outbound.domain.template import Template
    from outbound.domain.words import Channel
    from outbound.flow.intake import Intake
    from outbound.flow.preparing import Ready

NOBODY = "preview"
EMAIL, PHONE = "preview@example.com", "+12065550100"
"""Where nobody is named: reserved, so that they are nobody's."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What to show: by default the latest version, on all its channels, for nobody."""

    template: TemplateChoice
    data: Mapping[str, Any]
    contact_id: str | None = None
    channel: Channel | None = None


@dataclass(frozen=True, slots=True)
class Preview:
    """The version, what becomes of it on each channel, how easy that is, and what is found."""

    template: Template
    ready: tuple[Ready, ...]
    reading_ease: Mapping[Channel, int | None]
    findings: tuple[Finding, ...]


def preview(wish: Wish, key: ApiKey, ports: Intake) -> Preview:
    """Show a template.

    Raises:
        Refusal: there is no such template, channel or contact, or data lack something.
    """
    now = ports.clock.now()
    template = chosen(wish.template, key.tenant, ports)
    organisation = ports.organisations.get(key.tenant)
    contact = _reader(wish, key, organisation, ports)
    known = Known({}, {contact.id: contact}, {}, {})
    # What may be looked at doesn't depend on what the key may send.
    viewer = replace(key, purposes=frozenset(Purpose))
    ready = []
    faults: list[Refusal] = []
    for channel in channels_of(template, wish.channel):
        request = _request(template, wish, contact.id, channel)
        try:
            ready.append(prepare(request, viewer, known, now, ports))
        except Refusal as refusal:
            faults.append(refusal)
    if faults:
        raise _joined(faults)
    drafts = [_draft(each, organisation) for each in ready]
    findings = [finding for draft in drafts for finding in lint(draft)]
    ease = {draft.channel: score(draft) for draft in drafts}
    return Preview(template, tuple(ready), ease, tuple(findings))


def chosen(choice: TemplateChoice, tenant: str, ports: Intake) -> Template:
    """The version that is asked for, the latest by default.

    Raises:
        Refusal: the tenant has no such template or version, or it is never sent by itself.
    """
    head = ports.templates.head(tenant, choice.id)
    version = choice.version or (head.latest if head else None)
    template = ports.templates.get(tenant, choice.id, version) if version else None
    if template is None:
        raise Refusal("unknown_template_id", "There is no template with this id and version.")
    if template.purpose is None:
        message = "The template is a part of others, and not sent by itself."
        raise Refusal("wrong_purpose", message)
    return template


def channels_of(template: Template, channel: Channel | None) -> tuple[Channel, ...]:
    """The channels that are asked for, all by default.

    Raises:
        Refusal: the template has nothing for the channel.
    """
    if channel is None:
        return tuple(template.contents)
    if channel not in template.contents:
        has = ", ".join(sorted(template.contents))
        message = f"The template has no content for {channel}; it has it for: {has}."
        raise refused_at("/channel", "channel_without_content", message)
    return (channel,)


def _reader(wish: Wish, key: ApiKey, organisation: Organisation, ports: Intake) -> Contact:
    """Who it is shown for, with an address for each channel."""
    contact: Contact | None = Contact(
        NOBODY, key.tenant, locale=organisation.locale, timezone=organisation.timezone
    )
    if wish.contact_id is not None:
        known = ports.gate.contacts.look_up(key.tenant, contact_ids=[wish.contact_id])
        contact = known.contacts.get(wish.contact_id)
    if contact is None or contact.erased:
        message = "There is no contact with this id."
        raise refused_at("/contact_id", "unknown_contact", message)
    phone = Address("phone", organisation.phone or PHONE)
    return replace(
        contact,
        emails=contact.emails or (EMAIL,),
        phones=contact.phones or (phone_details(phone),),
    )


def _request(template: Template, wish: Wish, contact_id: str, channel: Channel) -> Request:
    assert template.purpose is not None
    return Request(
        to=To(contact_id=contact_id),
        channel=channel,
        purpose=template.purpose,
        topic=None,
        content=None,
        template=TemplateChoice(template.id, template.version, wish.template.locale),
        data=wish.data,
        send_at=None,
        expires_at=None,
        on_unconfirmed=None,
        idempotency_key=None,
        fingerprint="",
    )


def _joined(refusals: list[Refusal]) -> Refusal:
    """All refusals in one, each fault once."""
    faults = dict.fromkeys(fault for refusal in refusals for fault in refusal.faults)
    return Refusal(refusals[0].code, refusals[0].detail, *faults)


def _draft(ready: Ready, organisation: Organisation) -> Draft:
    return Draft(
        channel=ready.request.channel,
        purpose=ready.request.purpose,
        bodies=ready.bodies,
        place=f"/bodies/{ready.request.channel}",
        organisation=organisation,
        locale=ready.pinned.locale or DEFAULT,
        opt_outs=tuple(placeholders().values()),
    )
