"""The updates of messages: what each writes, and the condition under which it does.

Each is what DynamoDB is asked with; which item it is for is left to the store.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from outbound.adapters.dynamodb.message_item import (
    NO_BODY,
    decision_item,
    entry_item,
    price_item,
    provider_item,
)
from outbound.adapters.dynamodb.table import wire
from outbound.domain.due import bucket_for, parked_bucket, shard_of
from outbound.domain.instant import rfc3339
from outbound.domain.message import WAITING, Status
from outbound.domain.words import OnUnconfirmed

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime, timedelta

    from outbound.domain.message import Change

_SETTABLE = ("due", "not_before", "provider", "decision", "price")
_IN_DOUBT = (Status.UNCONFIRMED,)
_WAITING = ", ".join(f":{status}" for status in sorted(WAITING))
_WAITING_VALUES = {f":{status}": status for status in WAITING}
CLAIMABLE = (
    f"(#status IN ({_WAITING}) AND not_before <= :now) OR (#status = :unconfirmed"
    " AND lease_until <= :now AND expires_at > :now AND on_unconfirmed = :resend)"
)


def claim(message_id: str, now: datetime, lease: timedelta, *, keep: bool) -> dict[str, Any]:
    """Take a waiting message; `keep` its `due`, which then mustn't lie before the lease's end."""
    expression = (
        "SET #status = :sending, attempt = attempt + :one, lease_until = :until,"
        " timeline = list_append(timeline, :entry)"
    )
    values = {
        ":sending": Status.SENDING,
        ":one": 1,
        ":until": rfc3339(now + lease),
        ":entry": [{"status": Status.SENDING, "at": rfc3339(now)}],
        ":now": rfc3339(now),
        ":unconfirmed": Status.UNCONFIRMED,
        ":resend": OnUnconfirmed.RESEND,
        ":bucket": bucket_for(now + lease, message_id),
        **_WAITING_VALUES,
    }
    if keep:
        return _update(expression, f"({CLAIMABLE}) AND due >= :bucket", values)
    return _update(expression + ", due = :bucket", CLAIMABLE, values)


def put_off(message_id: str, due: datetime) -> dict[str, Any]:
    """Write the minute at which the sweep looks again."""
    values = {**_WAITING_VALUES, ":due": bucket_for(due, message_id)}
    return _update("SET due = :due", f"#status IN ({_WAITING})", values)


def step(message_id: str, change: Change) -> dict[str, Any]:
    """Make one step from where the change expects the message."""
    sets = ["#status = :to", "timeline = list_append(timeline, :entry)"]
    removes = ["lease_until"] if change.to not in _IN_DOUBT else []
    expected = {f":e{index}": status for index, status in enumerate(sorted(change.expected))}
    condition = f"#status IN ({', '.join(expected)})"
    values: dict[str, Any] = {
        ":to": change.to,
        ":entry": [entry_item(change.entry)],
        **expected,
    }
    if change.attempt is not None:
        condition += " AND attempt = :attempt"
        values[":attempt"] = change.attempt
    if change.parked is not None:
        values[":due"] = parked_bucket(change.parked, shard_of(message_id))
    elif change.due is not None:
        values[":due"] = bucket_for(change.due, message_id)
    else:
        removes.append("due")
    if change.not_before is not None:
        values[":not_before"] = rfc3339(change.not_before)
    if change.provider is not None:
        values[":provider"] = provider_item(change.provider)
    if change.decision is not None:
        values[":decision"] = decision_item(change.decision)
    if change.price is not None:
        values[":price"] = price_item(change.price)
    sets += [f"{name} = :{name}" for name in _SETTABLE if f":{name}" in values]
    expression = f"SET {', '.join(sets)}" + (f" REMOVE {', '.join(removes)}" if removes else "")
    return _update(expression, condition, values)


def reschedule(message_id: str, change: Change, expires_at: datetime, ttl: int) -> dict[str, Any]:
    """Make a waiting message wait until another time."""
    assert change.not_before is not None
    assert change.due is not None
    assert change.decision is not None
    expression = (
        "SET #status = :to, timeline = list_append(timeline, :entry), due = :due,"
        " not_before = :not_before, decision = :decision, expires_at = :expires_at, #ttl = :ttl"
    )
    values = {
        **_WAITING_VALUES,
        ":to": change.to,
        ":entry": [entry_item(change.entry)],
        ":due": bucket_for(change.due, message_id),
        ":not_before": rfc3339(change.not_before),
        ":decision": decision_item(change.decision),
        ":expires_at": rfc3339(expires_at),
        ":ttl": ttl,
    }
    return _update(expression, f"#status IN ({_WAITING})", values, "ttl")


def mark(mark: str) -> dict[str, Any]:
    """Add a mark."""
    return _update("ADD marks :marks", "attribute_exists(#status)", {":marks": {mark}})


def redact() -> dict[str, Any]:
    """Remove what is personal, unless it is just being sent."""
    expression = "SET address[1] = :nothing, contact_id = :nothing, body = :body"
    values = {":nothing": "", ":body": NO_BODY, ":sending": Status.SENDING}
    return _update(expression, "#status <> :sending", values)


def pass_on() -> dict[str, Any]:
    """Write that another message counts for its recipient, once."""
    condition = "attribute_exists(#status) AND attribute_not_exists(passed)"
    return _update("SET passed = :yes", condition, {":yes": True})


def _update(
    expression: str, condition: str, values: Mapping[str, Any], *reserved: str
) -> dict[str, Any]:
    return {
        "UpdateExpression": expression,
        "ConditionExpression": condition,
        "ExpressionAttributeNames": {f"#{name}": name for name in ("status", *reserved)},
        "ExpressionAttributeValues": wire(values),
    }
