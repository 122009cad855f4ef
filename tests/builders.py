"""Values with sensible defaults; a test names only what it is about."""

from __future__ import annotations

from dataclasses import fields
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from outbound.domain import ids
from outbound.domain.address import Address
from outbound.domain.campaign import Audience, Campaign, Settings, State
from outbound.domain.consent import Level
from outbound.domain.contact import Contact
from outbound.domain.contact_import import ContactImport, Format, Plan
from outbound.domain.content import Body, Content, TemplateRef
from outbound.domain.event import EventType
from outbound.domain.ids import MessageRef
from outbound.domain.inbound import InboundText
from outbound.domain.key import ApiKey, digest_of
from outbound.domain.media import Media
from outbound.domain.message import Decision, Entry, Message, Status
from outbound.domain.phone_details import phone_details
from outbound.domain.programme import Programme
from outbound.domain.receipt import Receipt
from outbound.domain.run import Phase, Run, run_ref
from outbound.domain.segment import Exclusion, Segment
from outbound.domain.suppression import Reason, Suppression
from outbound.domain.template import Template
from outbound.domain.timing import Schedule
from outbound.domain.variants import Variant
from outbound.domain.webhook import Delivery, Secret, Webhook, secret_of
from outbound.domain.words import Channel, Lane, Mode, OnUnconfirmed, Purpose, Scope
from outbound.flow.intake import Request
from outbound.flow.manage.keys import NewKey
from outbound.flow.media import NewMedia
from outbound.flow.recipient import To
from tests.memory.clock import START
from tests.memory.world import SECRET

if TYPE_CHECKING:
    from collections.abc import Mapping

TENANT = "acme"
PHONE = Address("phone", "+14155550123")
EMAIL = Address("email", "ada@example.com")
PNG = b"\x89PNG\r\n\x1a\n".ljust(100, b".")
OF_CAMPAIGN = {each.name for each in fields(Campaign)} - {"settings"}
BODIES = {
    Channel.SMS: {"text": "Order {{ order }} has shipped."},
    Channel.EMAIL: {"subject": "Order {{ order }}", "text": "Order {{ order }} has shipped."},
    Channel.VOICE: {"text": "Your order {{ order }} has shipped."},
}


def make_content(channel: Channel = Channel.SMS, **bodies: str) -> Content:
    return Content(channel, bodies or BODIES[channel])


def make_template(
    contents: Mapping[Channel, Content] | None = None, template_id: str = "shipped", **changes: Any
) -> Template:
    """A template that isn't stored yet."""
    values: dict[str, Any] = {
        "tenant": TENANT,
        "id": template_id,
        "version": 0,
        "purpose": Purpose.TRANSACTIONAL,
        "contents": contents or {Channel.SMS: make_content()},
        "created_at": START,
    }
    return Template(**values | changes)


def make_contact(contact_id: str = "con_ada", *addresses: Address, **changes: Any) -> Contact:
    """A contact with a text number, if nothing else is said."""
    addresses = addresses or (PHONE,)
    values: dict[str, Any] = {
        "id": contact_id,
        "tenant": TENANT,
        "emails": tuple(each.value for each in addresses if each.kind == "email"),
        "phones": tuple(phone_details(each) for each in addresses if each.kind == "phone"),
        "created_at": START,
        "updated_at": START,
        "version": 1,
    }
    return Contact(**values | changes)


def make_key(**changes: Any) -> ApiKey:
    values: dict[str, Any] = {
        "id": "key_00000000000000000001",
        "digest": digest_of("ob_live_secret"),
        "name": "shop",
        "tenant": TENANT,
        "mode": Mode.LIVE,
        "scopes": frozenset(Scope),
        "purposes": frozenset(Purpose),
        "created_at": START,
    }
    return ApiKey(**values | changes)


def make_new_key(**changes: Any) -> NewKey:
    values: dict[str, Any] = {
        "tenant": TENANT,
        "name": "shop",
        "mode": Mode.LIVE,
        "scopes": frozenset({Scope.MESSAGES_WRITE}),
        "purposes": frozenset({Purpose.TRANSACTIONAL}),
        "expires_at": None,
    }
    return NewKey(**values | changes)


def make_programme(programme_id: str = "spring", **changes: Any) -> Programme:
    values: dict[str, Any] = {
        "tenant": TENANT,
        "id": programme_id,
        "name": "Spring news",
        "purpose": Purpose.MARKETING,
        "topic": "news",
        "channels": frozenset({Channel.EMAIL, Channel.SMS}),
        "level": Level.EXPRESS_WRITTEN,
        "wording": {"en": "I agree to get news."},
        "created_at": START,
        "updated_at": START,
    }
    return Programme(**values | changes)


def make_segment(segment_id: str = "all", expression: str | None = "1", **changes: Any) -> Segment:
    """A segment that all are in, if nothing else is said."""
    values: dict[str, Any] = {
        "tenant": TENANT,
        "id": segment_id,
        "expression": expression,
        "contact_ids": (),
        "exclude": Exclusion(),
        "created_at": START,
        "updated_at": START,
    }
    return Segment(**values | changes)


def make_import(import_id: str = "imp_00000000000000000001", **changes: Any) -> ContactImport:
    """An import whose file is waited for."""
    values: dict[str, Any] = {
        "tenant": TENANT,
        "id": import_id,
        "plan": Plan(Format.CSV),
        "by": "key_00000000000000000001",
        "created_at": START,
    }
    return ContactImport(**values | changes)


def make_media(**changes: Any) -> Media:
    """A picture of a hundred bytes that waits for its upload."""
    values: dict[str, Any] = {
        "tenant": TENANT,
        "id": "med_00000000000000000001",
        "name": "menu.png",
        "type": "image/png",
        "size": len(PNG),
        "sha256": None,
        "created_at": START,
        "expires_at": START + timedelta(days=30),
    }
    return Media(**values | changes)


def make_new_media(**changes: Any) -> NewMedia:
    values: dict[str, Any] = {
        "name": "menu.png",
        "type": "image/png",
        "size": len(PNG),
        "sha256": None,
        "expires_in": timedelta(days=30),
    }
    return NewMedia(**values | changes)


def make_settings(**changes: Any) -> Settings:
    """An offer by email for two contacts, as soon as it is launched."""
    template = changes.pop("template", TemplateRef("offer", 1))
    values: dict[str, Any] = {
        "name": "Spring offer",
        "channel": Channel.EMAIL,
        "purpose": Purpose.MARKETING,
        "topic": "offers",
        "variants": (Variant("", 1, template),),
        "audience": Audience(contact_ids=("con_ada", "con_bob")),
        "exclude": None,
        "data": {},
        "schedule": Schedule(),
        "expires_in": timedelta(days=3),
    }
    return Settings(**values | changes)


def make_campaign(**changes: Any) -> Campaign:
    """A draft; what isn't of the campaign itself changes its settings."""
    own = {name: changes.pop(name) for name in tuple(changes) if name in OF_CAMPAIGN}
    values: dict[str, Any] = {
        "tenant": TENANT,
        "id": "cam_00000000000000000001",
        "mode": Mode.LIVE,
        "settings": make_settings(**changes),
        "state": State.DRAFT,
        "created_at": START,
        "created_by": "key_00000000000000000001",
        "updated_at": START,
    }
    return Campaign(**values | own)


def make_run(campaign: Campaign | None = None, **changes: Any) -> Run:
    campaign = campaign or make_campaign()
    at = changes.get("at", START)
    values: dict[str, Any] = {
        "ref": run_ref(campaign, at),
        "at": at,
        "phase": Phase.REST,
        "shards": 1,
        "swept": at,
        "moved_at": at,
        "settled_at": at,
    }
    return Run(**values | changes)


def make_request(**changes: Any) -> Request:
    """A text to a phone number; on another channel, with an address and content that fit."""
    channel = changes.get("channel", Channel.SMS)
    templated = changes.get("template") is not None
    values: dict[str, Any] = {
        "to": To(address=EMAIL if channel is Channel.EMAIL else PHONE),
        "channel": channel,
        "purpose": Purpose.TRANSACTIONAL,
        "topic": None,
        "content": None if templated else make_content(channel),
        "template": None,
        "data": {"order": "A-77"},
        "send_at": None,
        "expires_at": None,
        "on_unconfirmed": None,
        "idempotency_key": None,
        "fingerprint": "fingerprint",
    }
    return Request(**values | changes)


def make_message(cause: str = "a cause", **changes: Any) -> Message:
    """A message that was accepted and is due at once; `cause` makes its id another one."""
    channel = changes.get("channel", Channel.SMS)
    tenant = changes.get("tenant", TENANT)
    contact_id = changes.get("contact_id", "con_ada")
    created: datetime = changes.get("created_at", START)
    status = changes.get("status", Status.ACCEPTED)
    contact = ids.contact_key(SECRET, tenant, contact_id)
    not_before = changes.get("not_before", created)
    values: dict[str, Any] = {
        "id": ids.message_id(contact, created, tenant, cause),
        "tenant": tenant,
        "contact_id": contact_id,
        "address": EMAIL if channel is Channel.EMAIL else PHONE,
        "channel": channel,
        "lane": Lane.EXPRESS,
        "purpose": Purpose.TRANSACTIONAL,
        "topic": None,
        "mode": Mode.LIVE,
        "template": None,
        "status": status,
        "created_at": created,
        "not_before": not_before,
        "expires_at": not_before + timedelta(days=1),
        "on_unconfirmed": OnUnconfirmed.RESEND,
        "decision": Decision("send"),
        "decision_at_intake": Decision("send"),
        "timeline": (Entry(status, created),),
        "price": None,
    }
    return Message(**values | changes)


def make_body(channel: Channel = Channel.SMS, **changes: Any) -> Body:
    values: dict[str, Any] = {
        "content": make_content(channel),
        "template": None,
        "data": {"order": "A-77"},
    }
    return Body(**values | changes)


def make_receipt(**changes: Any) -> Receipt:
    values: dict[str, Any] = {
        "provider": "sns",
        "provider_id": "sns-1",
        "at": START + timedelta(seconds=9),
        "status": Status.DELIVERED,
    }
    return Receipt(**values | changes)


def make_suppression(reason: Reason = Reason.OPTED_OUT, **changes: Any) -> Suppression:
    values: dict[str, Any] = {"reason": reason, "at": START, "source": "sns OptedOut"}
    return Suppression(**values | changes)


def make_text(body: str = "STOP", **changes: Any) -> InboundText:
    """A text of a person to a number of ours."""
    values: dict[str, Any] = {
        "id": "cae173d2-66b9-564c-8309-21f858e9fb84",
        "sender": PHONE,
        "to": "+12065550143",
        "at": START,
    }
    return InboundText(body=body, **values | changes)


def ref_of(message: Message) -> MessageRef:
    return MessageRef(message.tenant, message.id)


def make_webhook(webhook_id: str = "shop", **changes: Any) -> Webhook:
    values: dict[str, Any] = {
        "tenant": TENANT,
        "id": webhook_id,
        "url": "https://shop.example.com/outbound",
        "types": tuple(EventType),
        "secrets": (Secret(secret_of(b"a secret of thirty-two characters")),),
        "created_at": START,
        "updated_at": START,
    }
    return Webhook(**values | changes)


def make_delivery(**changes: Any) -> Delivery:
    values: dict[str, Any] = {
        "tenant": TENANT,
        "webhook": "shop",
        "event_id": "evt_1",
        "body": '{"type": "message.sent"}',
        "begun_at": START,
        "not_before": START,
    }
    return Delivery(**values | changes)
