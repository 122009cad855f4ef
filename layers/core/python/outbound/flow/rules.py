"""Events: what a tenant's rules make of one. A message's id follows from rule and event."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from outbound.domain import address_rules
from outbound.domain.errors import Refusal, refused_at
from outbound.domain.event_rule import OLDEST, RefusedEvent
from outbound.domain.incoming_event import NotThere, value_at
from outbound.domain.instant import to_milliseconds
from outbound.domain.key import ApiKey
from outbound.flow.intake import Request, TemplateChoice, store
from outbound.flow.preparing import id_for, message_of, prepare
from outbound.flow.recipient import To, look_up, make_contacts
from outbound.flow.routed import RouteRequest, claim_of, messages_of, prepare_route
from outbound.flow.routing import store_route
from outbound.ports import Claim

if TYPE_CHECKING:
    from collections.abc import Mapping

    from outbound.domain.event_rule import EventRule, EventSources
    from outbound.domain.incoming_event import IncomingEvent
    from outbound.domain.words import Channel
    from outbound.flow.intake import Intake
    from outbound.ports import EventRules, Signals

LARGEST_DATA = 32_000
LONGEST_ID = 64


@dataclass(frozen=True, slots=True)
class RulePorts:
    """What the taking of events works with."""

    intake: Intake
    rules: EventRules
    sources: EventSources
    signals: Signals


def take(event: IncomingEvent, ports: RulePorts) -> int:
    """Write the messages that an event becomes; how many rules wanted it.

    Again, it becomes the same ones, which are there already. What speaks against one is written
    down, and keeps no other rule from its own.
    """
    tenant = ports.sources.tenant_of(event.source)
    if tenant is None:
        ports.signals.count("EventsOfNobody")
        return 0
    wanting = [rule for rule in ports.rules.all(tenant) if rule.wants(event)]
    for rule in wanting:
        try:
            _send(rule, event, ports.intake)
            ports.signals.count("EventsTaken")
        except Refusal as refusal:
            _refuse(rule, event, refusal, ports)
    return len(wanting)


def _send(rule: EventRule, event: IncomingEvent, ports: Intake) -> None:
    now = ports.clock.now()
    if not now - OLDEST <= event.at <= now + OLDEST:
        raise Refusal("event_too_old", "The event's time is more than a day away.")
    key = _acting(rule)
    each = [_request(rule, event, channel) for channel in rule.way.channels]
    named = [(request.to, request.channel) for request in each]
    known = look_up(named, rule.tenant, ports.gate.contacts, ports.secret)
    cause, at = f"rule {rule.id} {event.id}", to_milliseconds(event.at)
    if rule.way.mode is None:
        ready = prepare(each[0], key, known, now, ports)
        claim = Claim("", id_for(ready.recipient, at, cause, key, ports), at)
        message = message_of(ready, key, claim, now, ports)
        make_contacts([ready.recipient], ports.gate.contacts)
        store(message, ready.body, now, ports)
        return
    wanted = RouteRequest(rule.way.mode, rule.way.after, each, None, "")
    route = prepare_route(wanted, key, known, now, ports)
    made = messages_of(route, key, claim_of(route, cause, at, key, ports), now, ports)
    store_route(route, made, now, ports)


def _refuse(rule: EventRule, event: IncomingEvent, refusal: Refusal, ports: RulePorts) -> None:
    now = ports.intake.clock.now()
    refused = RefusedEvent(event.id, event.kind, event.at, now, refusal.code, refusal.detail)
    ports.rules.refuse(rule.tenant, rule.id, refused)
    ports.signals.count("EventsRefused")


def _acting(rule: EventRule) -> ApiKey:
    """A rule may do what it was made for, whatever became of the key that made it."""
    return ApiKey(
        id=rule.by,
        digest="",
        name=rule.id,
        tenant=rule.tenant,
        mode=rule.mode,
        scopes=frozenset(),
        purposes=frozenset({rule.purpose}),
        created_at=rule.created_at,
    )


def _request(rule: EventRule, event: IncomingEvent, channel: Channel) -> Request:
    return Request(
        to=recipient_of(rule, event.body),
        channel=channel,
        purpose=rule.purpose,
        topic=rule.topic,
        content=None,
        template=TemplateChoice(rule.template, rule.version),
        data=data_of(rule.data, event.body),
        send_at=None,
        expires_at=None,
        on_unconfirmed=None,
        idempotency_key=None,
        fingerprint="",
    )


def recipient_of(rule: EventRule, body: Mapping[str, Any]) -> To:
    """Who an event says is to be written to.

    Raises:
        Refusal: it doesn't say it, or names no contact or address.
    """
    try:
        value = value_at(rule.contact.path, body)
    except NotThere:
        message = f"The event has nothing at {rule.contact.path}."
        raise refused_at("/contact", "path_missing", message) from None
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str):
        message = f"What the event has at {rule.contact.path} is no text."
        raise refused_at("/contact", "path_missing", message)
    if rule.contact.kind == "contact_id":
        return To(contact_id=value[: LONGEST_ID + 1])
    read = address_rules.email if rule.contact.kind == "email" else address_rules.phone
    try:
        return To(address=read(value))
    except ValueError:
        message = f"What the event has at {rule.contact.path} is no {rule.contact.kind}."
        raise refused_at("/contact", "invalid_address", message) from None


def data_of(paths: Mapping[str, str], body: Mapping[str, Any]) -> Mapping[str, Any]:
    """The variables that an event has values for; the template knows which it needs.

    Raises:
        Refusal: they are too large.
    """
    data = {}
    for name, path in paths.items():
        try:
            data[name] = value_at(path, body)
        except NotThere:
            continue
    if len(json.dumps(data)) > LARGEST_DATA:
        message = f"The event's values have more than {LARGEST_DATA:,} characters as JSON."
        raise refused_at("/data", "message_too_large", message)
    return data
