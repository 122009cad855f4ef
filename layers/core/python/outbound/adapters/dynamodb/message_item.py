"""How a message is written down: one item, and one more for a body that is long.

Every update of an item is billed by the item's size, and a message is updated three times, so a
body of more than `INLINE` bytes lies beside it and is written once.
"""

from __future__ import annotations

import json
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from outbound.adapters.dynamodb.content_item import content_item, content_of
from outbound.domain.address import Address
from outbound.domain.content import Body, TemplateRef
from outbound.domain.due import PARKED
from outbound.domain.instant import parse_rfc3339, rfc3339
from outbound.domain.locale import Formatting
from outbound.domain.message import (
    CampaignRef,
    Decision,
    Entry,
    Message,
    Provider,
    RouteRef,
    Status,
)
from outbound.domain.price import CarrierFees, Price
from outbound.domain.sender import parse
from outbound.domain.words import Channel, Lane, Mode, OnUnconfirmed, Purpose, RouteMode

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

INLINE = 400
CHARGED = "charged"
SEND = Decision("send")
EMPTY, NO_BODY = Body(None, None, {}), '{"data":{}}'
"""What is left of a body that was removed; a message with it is never rendered."""


def lane_key(channel: Channel, lane: Lane) -> str:
    """`sms.express`: the name of a queue, and the sort key of the index `due`."""
    return f"{channel}.{lane}"


def message_item(message: Message) -> dict[str, Any]:
    """A message without its keys and its body."""
    return {
        "id": message.id,
        "contact_id": message.contact_id,
        "address": [message.address.kind, message.address.value],
        "lane": lane_key(message.channel, message.lane),
        "purpose": message.purpose,
        "topic": message.topic,
        "mode": message.mode,
        "template": _template(message.template),
        "status": message.status,
        "created_at": rfc3339(message.created_at),
        "not_before": rfc3339(message.not_before),
        "expires_at": rfc3339(message.expires_at),
        "on_unconfirmed": message.on_unconfirmed,
        "decision": _unless_send(message.decision),
        "intake_decision": _unless_send(message.decision_at_intake),
        "timeline": [entry_item(entry) for entry in message.timeline],
        "price": price_item(message.price) if message.price else None,
        "sms": list(message.sms) if message.sms else None,
        "smart_encoding": message.smart_encoding or None,
        "voice": list(message.voice) if message.voice else None,
        "from": str(message.sender) if message.sender else None,
        "origination": message.origination,
        "campaign": _campaign(message.campaign),
        "reserved": (message.campaign and message.campaign.reserved) or None,
        "passed": (message.campaign and message.campaign.passed) or None,
        "route": _route(message.route),
        "attempt": message.attempt,
        "lease_until": rfc3339(message.lease_until) if message.lease_until else None,
        "provider": provider_item(message.provider) if message.provider else None,
    }


def message_of(item: Mapping[str, Any], tenant: str) -> Message:
    """The message that `message_item` wrote."""
    channel, _, lane = item["lane"].partition(".")
    sms, voice, lease, provider = (
        item.get(name) for name in ("sms", "voice", "lease_until", "provider")
    )
    return Message(
        id=item["id"],
        tenant=tenant,
        contact_id=item["contact_id"],
        address=Address(*item["address"]),
        channel=Channel(channel),
        lane=Lane(lane),
        purpose=Purpose(item["purpose"]),
        topic=item.get("topic"),
        mode=Mode(item["mode"]),
        template=_template_of(item.get("template")),
        status=Status(item["status"]),
        created_at=parse_rfc3339(item["created_at"]),
        not_before=parse_rfc3339(item["not_before"]),
        expires_at=parse_rfc3339(item["expires_at"]),
        on_unconfirmed=OnUnconfirmed(item["on_unconfirmed"]),
        decision=decision_of(item.get("decision")),
        decision_at_intake=decision_of(item.get("intake_decision")),
        timeline=tuple(_entry_of(entry) for entry in item["timeline"]),
        price=_price_of(item.get("price")),
        sms=(sms[0], int(sms[1])) if sms else None,
        smart_encoding=item.get("smart_encoding", False),
        voice=(voice[0], int(voice[1])) if voice else None,
        sender=parse(item["from"]) if item.get("from") else None,
        origination=item.get("origination"),
        campaign=_campaign_of(item),
        route=_route_of(item.get("route")),
        attempt=int(item["attempt"]),
        lease_until=parse_rfc3339(lease) if lease else None,
        parked=str(item.get("due", "")).startswith(PARKED),
        provider=Provider(*provider) if provider else None,
        marks=frozenset(item.get("marks", ())),
    )


def body_text(body: Body) -> str:
    """A body as JSON: numbers of the data come back as they were, which attributes can't do."""
    if body == EMPTY:
        return NO_BODY
    written: dict[str, Any] = {"data": body.data}
    if body.content:
        written["content"] = content_item(body.content)
    if body.coupon_pool:
        written["coupon_pool"] = body.coupon_pool
    if body.contact:
        written["contact"] = body.contact
    if body.formatting:
        written["formatting"] = [body.formatting.locale, body.formatting.zone]
    return json.dumps(written, ensure_ascii=False, separators=(",", ":"))


def body_of(text: str, message: Message) -> Body:
    """The body that `body_text` wrote."""
    value = json.loads(text)
    bodies = value.get("content")
    content = content_of(message.channel, bodies) if bodies is not None else None
    return Body(
        content,
        message.template if content is None else None,
        value["data"],
        value.get("coupon_pool"),
        value.get("contact", {}),
        Formatting(*value["formatting"]) if "formatting" in value else None,
    )


def entry_item(entry: Entry) -> dict[str, str]:
    """One line of a timeline."""
    item: dict[str, str] = {"status": entry.status, "at": rfc3339(entry.at)}
    for name in ("reason", "rule", "code"):
        value = getattr(entry, name)
        if value is not None:
            item[name] = value
    return item


def decision_item(decision: Decision) -> dict[str, str]:
    """A decision without what it leaves open."""
    values = {
        "verdict": decision.verdict,
        "rule": decision.rule,
        "source": decision.source,
        "reason": decision.reason,
        "until": rfc3339(decision.until) if decision.until else None,
    }
    return {name: value for name, value in values.items() if value is not None}


def provider_item(provider: Provider) -> list[str | None]:
    """A provider's name and its id for the message."""
    return [provider.name, provider.id]


def price_item(price: Price) -> list[str]:
    """An amount, what is in it, and whether it was charged."""
    return [str(price.amount), price.carrier_fees, *([] if price.estimated else [CHARGED])]


def _entry_of(item: Mapping[str, str]) -> Entry:
    status, at = Status(item["status"]), parse_rfc3339(item["at"])
    return Entry(status, at, item.get("reason"), item.get("rule"), item.get("code"))


def _unless_send(decision: Decision) -> dict[str, str] | None:
    return None if decision == SEND else decision_item(decision)


def decision_of(item: Mapping[str, str] | None) -> Decision:
    """The decision that `decision_item` wrote; no item, no objection."""
    if item is None:
        return SEND
    until: datetime | None = parse_rfc3339(item["until"]) if "until" in item else None
    names = ("rule", "source", "reason")
    rule, source, reason = (item.get(name) for name in names)
    return Decision(item["verdict"], rule, source, reason, until)


def _price_of(item: list[str] | None) -> Price | None:
    if item is None:
        return None
    return Price(Decimal(item[0]), CarrierFees(item[1]), estimated=CHARGED not in item)


def _campaign(ref: CampaignRef | None) -> str | None:
    """As one text, with which the stream of the table is filtered."""
    return f"{ref.id} {ref.run} {ref.variant}" if ref else None


def _campaign_of(item: Mapping[str, Any]) -> CampaignRef | None:
    if not item.get("campaign"):
        return None
    campaign, run, variant = item["campaign"].split(" ", 2)
    reserved, passed = item.get("reserved", False), item.get("passed", False)
    return CampaignRef(campaign, run, variant, reserved, passed)


def _route(ref: RouteRef | None) -> str | None:
    if ref is None:
        return None
    return f"{ref.id} {ref.mode} {int(ref.after.total_seconds())} {' '.join(ref.channels)}"


def _route_of(text: str | None) -> RouteRef | None:
    if text is None:
        return None
    route_id, mode, after, *channels = text.split(" ")
    tried = tuple(Channel(channel) for channel in channels)
    return RouteRef(route_id, RouteMode(mode), timedelta(seconds=int(after)), tried)


def _template(ref: TemplateRef | None) -> list[Any] | None:
    return [ref.id, ref.version, *([ref.locale] if ref.locale else [])] if ref else None


def _template_of(item: list[Any] | None) -> TemplateRef | None:
    return TemplateRef(item[0], int(item[1]), *item[2:]) if item else None
