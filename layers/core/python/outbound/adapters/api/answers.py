"""Answers: what the API says of messages and keys."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from aws_lambda_powertools.event_handler import Response

from outbound.adapters.api.contents import nested
from outbound.adapters.api.problems import document
from outbound.domain.address import masked
from outbound.domain.errors import Refusal
from outbound.domain.instant import rfc3339
from outbound.domain.message import Status
from outbound.flow.intake import Accepted, initial

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from outbound.domain.content import TemplateRef
    from outbound.domain.key import ApiKey
    from outbound.domain.message import Decision, Message
    from outbound.domain.price import Price
    from outbound.flow.intake import Rehearsed

JSON = "application/json"
LARGEST_CONTENT = 1_000_000
"""Characters: Lambda answers with 6 MB at most, and a character may take 4 bytes."""


def answer(
    status: int, body: Mapping[str, Any], headers: Mapping[str, str] | None = None
) -> Response[str]:
    """A JSON answer."""
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    return Response(status, JSON, text, headers=dict(headers or {}))


def accepted(message: Message, *, replayed: bool) -> Response[str]:
    """The answer to an accepted message; the same for a replay."""
    headers = {"Location": f"/v1/messages/{message.id}", **_replayed(replayed)}
    return answer(202, _accepted(message), headers)


def accepted_batch(results: Sequence[Accepted | Refusal], request_id: str) -> Response[str]:
    """The answer to a batch: each item, or why it was refused, in the order of the request."""
    items: list[dict[str, Any]] = []
    for index, result in enumerate(results):
        if isinstance(result, Refusal):
            items.append({"index": index, **_refused(result, index, request_id)})
        else:
            items.append({"index": index, **_accepted(result.message)})
    replayed = all(isinstance(each, Accepted) and each.replayed for each in results)
    return answer(200, {"items": items}, _replayed(replayed))


def rehearsed(result: Rehearsed) -> Response[str]:
    """The answer to a dry run."""
    return answer(200, _rehearsed(result))


def rehearsed_batch(results: Sequence[Rehearsed | Refusal], request_id: str) -> Response[str]:
    """The answer to the dry run of a batch.

    Raises:
        Refusal: Lambda doesn't carry an answer of this size.
    """
    items: list[dict[str, Any]] = []
    length = 0
    for index, result in enumerate(results):
        if isinstance(result, Refusal):
            items.append({"index": index, **_refused(result, index, request_id)})
        else:
            items.append({"index": index, **_rehearsed(result)})
            length += sum(map(len, result.bodies.values()))
        if length > LARGEST_CONTENT:
            detail = "The contents of this dry run are too large for one answer; try fewer at once."
            raise Refusal("answer_too_large", detail)
    return answer(200, {"items": items})


def _refused(refusal: Refusal, index: int, request_id: str) -> dict[str, Any]:
    return {"problem": document(refusal, request_id, within=f"/messages/{index}")}


def _accepted(message: Message) -> dict[str, Any]:
    first = initial(message)
    return _message(message, first["status"], first["decision"])


def _rehearsed(result: Rehearsed) -> dict[str, Any]:
    body = _accepted(result.message)
    for absent in ("id", "status", "created_at"):
        del body[absent]
    return {"dry_run": True, **body, "content": nested(result.bodies)}


def _replayed(replayed: bool) -> dict[str, str]:
    return {"Idempotent-Replayed": "true"} if replayed else {}


def message_body(message: Message) -> dict[str, Any]:
    """A message as it is now, with its timeline."""
    provider = message.provider
    timeline = [
        {
            "status": entry.status,
            "at": rfc3339(entry.at),
            "reason": entry.reason,
            "rule": entry.rule,
            "code": entry.code,
        }
        for entry in message.timeline
    ]
    return {
        **_message(message, message.status, message.decision),
        "marks": sorted(message.marks),
        "attempts": message.attempt,
        "provider": {"name": provider.name, "id": provider.id} if provider else None,
        "timeline": timeline,
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
        "expires_at": _optional(key.expires_at),
        "revoked_at": _optional(key.revoked_at),
        "allowed_addresses": list(key.allowed_addresses),
        "limit_per_minute": key.limit_per_minute,
        "last_used_at": _optional(key.last_used_at),
        "replaces": key.replaces,
        "replaced_by": key.replaced_by,
        "person": key.person,
    }


def _message(message: Message, status: str, decision: Decision) -> dict[str, Any]:
    template = message.template
    scheduled = message.timeline[0].status is Status.SCHEDULED
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
        "until": _optional(decision.until),
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


def _optional(instant: datetime | None) -> str | None:
    return rfc3339(instant) if instant else None
