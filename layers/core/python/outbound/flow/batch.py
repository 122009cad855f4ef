"""Batch: accept up to 500 messages, each for itself, in few requests to AWS.

One reservation stands for the whole batch, and the ids of its messages follow from it. Who made it
is alone for as long as a request may run, so nobody else can hold these ids and they are written
many at a time; whoever finds it left by a crash goes on with the same ids, one by one.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from outbound.domain.errors import Refusal, refused_at
from outbound.domain.ids import MessageRef
from outbound.domain.message import Status
from outbound.flow.intake import Accepted, Rehearsed, claim_for
from outbound.flow.once import IN_FLIGHT, check_left_by_crash, repeats, reserve
from outbound.flow.pinning import Remembered
from outbound.flow.preparing import due_of, id_for, message_of, prepare
from outbound.flow.recipient import look_up, make_contacts, resolve
from outbound.ports import Claim

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from outbound.domain.key import ApiKey
    from outbound.domain.message import Message
    from outbound.flow.intake import Intake, Request
    from outbound.flow.preparing import Ready
    from outbound.ports import Known

RESOURCE = "batch"


@dataclass(frozen=True, slots=True)
class Batch:
    """Requests in their order, or why one can't be read; an item's own token is its key."""

    items: Sequence[Request | Refusal]
    idempotency_key: str | None
    fingerprint: str


@dataclass(frozen=True, slots=True)
class _Written:
    """A message to write. `alone`: nobody else can have written it."""

    ready: Ready
    message: Message
    alone: bool


def accept_batch(batch: Batch, key: ApiKey, ports: Intake) -> list[Accepted | Refusal]:
    """Accept what can be accepted; one refused item never keeps another from being sent.

    Raises:
        Refusal: the idempotency key was used with another batch, or this one is at work.
    """
    now = ports.clock.now()
    claim = Claim(batch.fingerprint, RESOURCE, now)
    claim, earlier = reserve(ports.idempotency, key.tenant, key.mode, batch.idempotency_key, claim)
    at_work = earlier and now - claim.at < IN_FLIGHT
    ports = replace(ports, templates=Remembered(ports.templates))
    items = _tokens_once(batch.items)
    known = _known(items, key, ports)
    results: list[Accepted | Refusal | _Written] = [
        item
        if isinstance(item, Refusal)
        else _item(item, index, batch, key, claim, known, ports, at_work=at_work)
        for index, item in enumerate(items)
    ]
    if earlier:
        results = _repeated(items, results, batch, key, claim, known, ports)
    written = [result for result in results if isinstance(result, _Written)]
    if earlier and written:
        check_left_by_crash(claim, now)
    make_contacts([each.ready.recipient for each in written], ports.gate.contacts)
    stored = _write(written, now, ports, alone=not earlier)
    return [stored[r.message.id] if isinstance(r, _Written) else r for r in results]


def rehearse_batch(batch: Batch, key: ApiKey, ports: Intake) -> list[Rehearsed | Refusal]:
    """Check a batch as `accept_batch` does, and write nothing."""
    now = ports.clock.now()
    ports = replace(ports, templates=Remembered(ports.templates))
    items = _tokens_once(batch.items)
    known = _known(items, key, ports)
    results: list[Rehearsed | Refusal] = []
    for item in items:
        try:
            if isinstance(item, Refusal):
                raise item
            ready = prepare(item, key, known, now, ports)
            claim = Claim("", id_for(ready.recipient, now, "", key, ports), now)
            message = message_of(ready, key, claim, now, ports)
            results.append(Rehearsed(message, ready.bodies))
        except Refusal as refusal:
            results.append(refusal)
    return results


def _tokens_once(items: Iterable[Request | Refusal]) -> list[Request | Refusal]:
    seen: set[str] = set()
    once: list[Request | Refusal] = []
    for item in items:
        token = item.idempotency_key if not isinstance(item, Refusal) else None
        if token is not None and token in seen:
            message = "client_token is that of an earlier item of this batch."
            once.append(refused_at("/client_token", "duplicate_token", message))
            continue
        if token is not None:
            seen.add(token)
        once.append(item)
    return once


def _known(items: Iterable[Request | Refusal], key: ApiKey, ports: Intake) -> Known:
    named = [(item.to, item.channel) for item in items if not isinstance(item, Refusal)]
    return look_up(named, key.tenant, ports.gate.contacts, ports.secret)


def _item(
    request: Request,
    index: int,
    batch: Batch,
    key: ApiKey,
    claim: Claim,
    known: Known,
    ports: Intake,
    *,
    at_work: bool,
) -> Accepted | Refusal | _Written:
    now = ports.clock.now()
    try:
        ready = prepare(request, key, known, now, ports)
        if request.idempotency_key is not None and not at_work:
            return _with_token(ready, key, now, ports)
    except Refusal as refusal:
        return refusal
    cause = _cause(index, batch, ports)
    mine = replace(claim, resource=id_for(ready.recipient, claim.at, cause, key, ports))
    return _Written(ready, message_of(ready, key, mine, now, ports), alone=True)


def _with_token(ready: Ready, key: ApiKey, now: datetime, ports: Intake) -> Accepted | _Written:
    claim, earlier = claim_for(ready, key, now, ports)
    if earlier:
        message = ports.messages.get(MessageRef(key.tenant, claim.resource))
        if message is not None:
            return Accepted(message, replayed=True)
        check_left_by_crash(claim, now)
    return _Written(ready, message_of(ready, key, claim, now, ports), alone=not earlier)


def _cause(index: int, batch: Batch, ports: Intake) -> str:
    if batch.idempotency_key is None:
        return ports.tokens.token()
    return f"{batch.idempotency_key}#{index}"


def _repeated(
    items: Sequence[Request | Refusal],
    results: Sequence[Accepted | Refusal | _Written],
    batch: Batch,
    key: ApiKey,
    claim: Claim,
    known: Known,
    ports: Intake,
) -> list[Accepted | Refusal | _Written]:
    """What the earlier request has written stands, even what would be refused today."""
    refs: dict[int, MessageRef] = {}
    for index, item in enumerate(items):
        if isinstance(item, Refusal) or item.purpose not in key.purposes:
            continue
        if item.idempotency_key is not None:
            token = repeats(
                ports.idempotency,
                key.tenant,
                key.mode,
                item.idempotency_key,
                item.fingerprint,
                ports.clock.now(),
            )
            if token is not None:
                refs[index] = MessageRef(key.tenant, token.resource)
            continue
        try:
            recipient = resolve(
                item.to, key.tenant, item.channel, known, ports.secret, ports.clock.now()
            )
        except Refusal:
            continue
        cause = f"{batch.idempotency_key}#{index}"
        refs[index] = MessageRef(key.tenant, id_for(recipient, claim.at, cause, key, ports))
    made = ports.messages.get_many(list(refs.values()))
    found = {index: made[ref] for index, ref in refs.items() if ref in made}
    return [
        Accepted(found[index], replayed=True) if index in found else result
        for index, result in enumerate(results)
    ]


def _write(
    written: Sequence[_Written], now: datetime, ports: Intake, *, alone: bool
) -> Mapping[str, Accepted]:
    many = [each for each in written if alone and each.alone]
    ports.messages.insert_new(
        [(each.message, each.ready.body, due_of(each.message, now)) for each in many]
    )
    stored = {each.message.id: Accepted(each.message, replayed=False) for each in many}
    for each in written:
        if each.message.id not in stored:
            stored[each.message.id] = _insert(each, now, ports)
    lanes: defaultdict[tuple[str, str], list[Message]] = defaultdict(list)
    for accepted in stored.values():
        message = accepted.message
        if not accepted.replayed and message.status is Status.ACCEPTED:
            lanes[message.channel, message.lane].append(message)
    for messages in lanes.values():
        refs = [MessageRef(message.tenant, message.id) for message in messages]
        ports.queue.send(messages[0].channel, messages[0].lane, refs)
    return stored


def _insert(each: _Written, now: datetime, ports: Intake) -> Accepted:
    message = each.message
    if ports.messages.insert(message, each.ready.body, due=due_of(message, now)):
        return Accepted(message, replayed=False)
    ref = MessageRef(message.tenant, message.id)
    return Accepted(ports.messages.get(ref) or message, replayed=True)
