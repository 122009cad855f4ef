"""Answers: what the API says of messages and keys."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from aws_lambda_powertools.event_handler import Response

from outbound.adapters.api.contents import nested
from outbound.domain.address import masked
from outbound.domain.instant import rfc3339
from outbound.domain.message import Status
from outbound.flow.intake import initial

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from outbound.domain.content import TemplateRef
    from outbound.domain.key import ApiKey
    from outbound.domain.message import Decision, Entry, Message
    from outbound.domain.price import Price
    from outbound.flow.intake import Rehearsed

JSON = "application/json"


def answer(
    status: int, body: Mapping[str, Any], headers: Mapping[str, str] | None = None
) -> Response[str]:
    """A JSON answer."""
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    return Response(status, JSON, text, headers=dict(headers or {}))


def text_answer(status: int, text: str, media_type: str) -> Response[str]:
    """An answer that isn't JSON."""
    return Response(status, media_type, text)


def accepted(message: Message, *, replayed: bool) -> Response[str]:
    """The answer to an accepted message; the same for a replay."""
    headers = {"Location": f"/v1/messages/{message.id}", **replayed_header(replayed)}
    return answer(202, accepted_body(message), headers)


def rehearsed(result: Rehearsed) -> Response[str]:
    """The answer to a dry run."""
    return answer(200, rehearsed_body(result))


def accepted_body(message: Message) -> dict[str, Any]:
    """A message as it was accepted."""
    first = initial(message)
    return _message(message, first["status"], first["decision"])


def rehearsed_body(result: Rehearsed) -> dict[str, Any]:
    """What would become of a message."""
    body = accepted_body(result.message)
    for absent in ("id", "status", "created_at"):
        del body[absent]
    return {"dry_run": True, **body, "content": nested(result.bodies)}


def replayed_header(replayed: bool) -> dict[str, str]:
    """What tells the answer to a repeated request."""
    return {"Idempotent-Replayed": "true"} if replayed else {}


def message_body(message: Message) -> dict[str, Any]:
    """A message as it is now, with its timeline."""
    provider = message.provider
    return {
        **_message(message, message.status, message.decision),
        "marks": sorted(message.marks),
        "attempts": message.attempt,
        "provider": {"name": provider.name, "id": provider.id} if provider else None,
        "timeline": [entry_body(entry) for entry in message.timeline],
    }


def entry_body(entry: Entry) -> dict[str, Any]:
    """One line of a timeline."""
    return {
        "status": entry.status,
        "at": rfc3339(entry.at),
        "reason": entry.reason,
        "rule": entry.rule,
        "code": entry.code,
    }


def made_key_body(key: ApiKey, secret: str | None) -> dict[str, Any]:
    """A key that was made just now: with its secret, but where the answer is a replay."""
    return {"secret": secret, **key_body(key)}


def key_body(key: ApiKey) -> dict[str, Any]:
    """A key without its secret."""
    return {
        "id": key.id,
        "name": key.name,
        "tenant": key.tenant,
        "mode": key.mode,
        "scopes": sorted(key.scopes),
        "purposes": sorted(key.purposes),
        "created_at": rfc3339(key.created_at),
        "expires_at": optional_instant(key.expires_at),
        "revoked_at": optional_instant(key.revoked_at),
        "allowed_addresses": list(key.allowed_addresses),
        "limit_per_minute": key.limit_per_minute,
        "last_used_at": optional_instant(key.last_used_at),
        "replaces": key.replaces,
        "replaced_by": key.replaced_by,
        "person": key.person,
    }


def _message(message: Message, status: str, decision: Decision) -> dict[str, Any]:
    template = message.template
    scheduled = any(entry.status is Status.SCHEDULED for entry in message.timeline)
    body = {
        "id": message.id,
        "status": status,
        "channel": message.channel,
        "purpose": message.purpose,
        "topic": message.topic,
        "to": {"contact_id": message.contact_id or None, "masked": masked(message.address)},
        "template": _template(template) if template else None,
        "decision": decision_body(decision),
        "price": price_body(message.price),
        "price_reason": None if message.price else "no_known_price",
        "on_unconfirmed": message.on_unconfirmed,
        "created_at": rfc3339(message.created_at),
        "send_at": rfc3339(message.not_before) if scheduled else None,
        "expires_at": rfc3339(message.expires_at),
    }
    if message.sms is not None:
        smart = {"smart_encoding": True} if message.smart_encoding else {}
        body["sms"] = {"encoding": message.sms[0], "parts": message.sms[1], **smart}
    if message.voice is not None:
        body["voice"] = {"voice": message.voice[0], "seconds": message.voice[1]}
    if message.sender is not None:
        body["from"] = str(message.sender)
    if message.route is not None:
        body["route"] = message.route.id
    return body


def _template(ref: TemplateRef) -> dict[str, Any]:
    return {"id": ref.id, "version": ref.version, "locale": ref.locale}


def decision_body(decision: Decision) -> dict[str, Any]:
    """What the gate said."""
    return {
        "verdict": decision.verdict,
        "rule": decision.rule,
        "source": decision.source,
        "reason": decision.reason,
        "until": optional_instant(decision.until),
    }


def price_body(price: Price | None) -> dict[str, Any] | None:
    """What it is expected to cost, if we know."""
    if price is None:
        return None
    return {
        "amount": f"{price.amount:.5f}",
        "currency": "USD",
        "estimated": price.estimated,
        "carrier_fees": price.carrier_fees,
    }


def optional_instant(instant: datetime | None) -> str | None:
    """An instant, if there is one."""
    return rfc3339(instant) if instant else None
