"""Batch: accept up to 500 messages, each for itself, in few requests to AWS.

One reservation stands for the whole batch, and the ids of its messages follow from it. Who made it
is alone for as long as a request may run, so nobody else can hold these ids and they are written
many at a time; whoever finds it left by a crash goes on with the same ids, one by one.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from outbound.domain.errors import Refusal
from outbound.domain.ids import MessageRef, message_of_route
from outbound.flow.batch_writing import Fresh, FreshRoute, queue, write, write_routes
from outbound.flow.intake import Accepted, Rehearsed, Request, claim_for
from outbound.flow.once import IN_FLIGHT, check_left_by_crash, repeats, reserve, tokens_once
from outbound.flow.pinning import Remembered
from outbound.flow.preparing import id_for, message_of, prepare
from outbound.flow.recipient import look_up, make_contacts, resolve
from outbound.flow.routed import RouteRequest, claim_of, messages_of, prepare_route, route_id_for
from outbound.flow.routing import (
    AcceptedRoute,
    RehearsedRoute,
    claim_for_route,
    messages_in,
    ordered,
    rehearsed_route,
)
from outbound.ports import Claim

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from outbound.domain.key import ApiKey
    from outbound.domain.words import Channel, Purpose
    from outbound.flow.intake import Intake
    from outbound.flow.preparing import Ready
    from outbound.flow.recipient import Recipient
    from outbound.flow.routed import ReadyRoute
    from outbound.ports import Known

RESOURCE = "batch"
Asked = Request | RouteRequest


@dataclass(frozen=True, slots=True)
class Batch:
    """Requests in their order, or why one can't be read; an item's own token is its key."""

    items: Sequence[Asked | Refusal]
    idempotency_key: str | None
    fingerprint: str


_Result = Accepted | AcceptedRoute | Refusal | Fresh | FreshRoute


def accept_batch(
    batch: Batch, key: ApiKey, ports: Intake
) -> list[Accepted | AcceptedRoute | Refusal]:
    """Accept what can be accepted; one refused item never keeps another from being sent.

    Raises:
        Refusal: the idempotency key was used with another batch, or this one is at work.
    """
    now = ports.clock.now()
    claim = Claim(batch.fingerprint, RESOURCE, now)
    claim, earlier = reserve(ports.idempotency, key.tenant, key.mode, batch.idempotency_key, claim)
    at_work = earlier and now - claim.at < IN_FLIGHT
    ports = replace(ports, templates=Remembered(ports.templates))
    items = tokens_once(batch.items)
    known = _known(items, key, ports)
    results: list[_Result] = [
        item
        if isinstance(item, Refusal)
        else _item(item, index, batch, key, claim, known, ports, at_work=at_work)
        for index, item in enumerate(items)
    ]
    if earlier:
        results = _repeated(items, results, batch, key, claim, known, ports)
    written = [result for result in results if isinstance(result, Fresh)]
    routes = [result for result in results if isinstance(result, FreshRoute)]
    if earlier and (written or routes):
        check_left_by_crash(claim, now)
    recipients = [
        *(each.ready.recipient for each in written),
        *(each.ready.recipient for each in routes),
    ]
    make_contacts(recipients, ports.gate.contacts)
    stored = write(written, now, ports, alone=not earlier)
    routed = write_routes(routes, now, ports)
    queue([*stored.values(), *routed.values()], ports)
    answered: list[Accepted | AcceptedRoute | Refusal] = []
    for result in results:
        if isinstance(result, Fresh):
            answered.append(stored[result.message.id])
        elif isinstance(result, FreshRoute):
            answered.append(routed[result.messages[0].id])
        else:
            answered.append(result)
    return answered


def rehearse_batch(
    batch: Batch, key: ApiKey, ports: Intake
) -> list[Rehearsed | RehearsedRoute | Refusal]:
    """Check a batch as `accept_batch` does, and write nothing."""
    now = ports.clock.now()
    ports = replace(ports, templates=Remembered(ports.templates))
    items = tokens_once(batch.items)
    known = _known(items, key, ports)
    results: list[Rehearsed | RehearsedRoute | Refusal] = []
    for item in items:
        try:
            if isinstance(item, Refusal):
                raise item
            if isinstance(item, RouteRequest):
                route = prepare_route(item, key, known, now, ports)
                results.append(rehearsed_route(route, key, now, ports))
                continue
            ready = prepare(item, key, known, now, ports)
            claim = Claim("", id_for(ready.recipient, now, "", key, ports), now)
            message = message_of(ready, key, claim, now, ports)
            results.append(Rehearsed(message, ready.bodies))
        except Refusal as refusal:
            results.append(refusal)
    return results


def _known(items: Iterable[Asked | Refusal], key: ApiKey, ports: Intake) -> Known:
    named = [
        (item.to, channel)
        for item in items
        if not isinstance(item, Refusal)
        for channel in _channels(item)
    ]
    return look_up(named, key.tenant, ports.gate.contacts, ports.secret)


def _purpose(item: Asked) -> Purpose:
    return item.each[0].purpose if isinstance(item, RouteRequest) else item.purpose


def _channels(item: Asked) -> Sequence[Channel]:
    return item.channels if isinstance(item, RouteRequest) else (item.channel,)


def _item(
    request: Asked,
    index: int,
    batch: Batch,
    key: ApiKey,
    claim: Claim,
    known: Known,
    ports: Intake,
    *,
    at_work: bool,
) -> _Result:
    now = ports.clock.now()
    try:
        if isinstance(request, RouteRequest):
            route = prepare_route(request, key, known, now, ports)
            cause = _cause(index, batch, ports)
            return _route(route, cause, claim, key, now, ports, at_work=at_work)
        ready = prepare(request, key, known, now, ports)
        if request.idempotency_key is not None and not at_work:
            return _with_token(ready, key, now, ports)
    except Refusal as refusal:
        return refusal
    cause = _cause(index, batch, ports)
    mine = replace(claim, resource=id_for(ready.recipient, claim.at, cause, key, ports))
    return Fresh(ready, message_of(ready, key, mine, now, ports), alone=True)


def _with_token(ready: Ready, key: ApiKey, now: datetime, ports: Intake) -> Accepted | Fresh:
    claim, earlier = claim_for(ready, key, now, ports)
    if earlier:
        message = ports.messages.get(MessageRef(key.tenant, claim.resource))
        if message is not None:
            return Accepted(message, replayed=True)
        check_left_by_crash(claim, now)
    return Fresh(ready, message_of(ready, key, claim, now, ports), alone=not earlier)


def _route(
    ready: ReadyRoute,
    cause: str,
    claim: Claim,
    key: ApiKey,
    now: datetime,
    ports: Intake,
    *,
    at_work: bool,
) -> AcceptedRoute | FreshRoute:
    if ready.request.idempotency_key is None or at_work:
        mine = claim_of(ready, cause, claim.at, key, ports)
        return FreshRoute(ready, messages_of(ready, key, mine, now, ports))
    mine, earlier = claim_for_route(ready, key, now, ports)
    if earlier:
        made = messages_in(key.tenant, mine.resource, ports.messages)
        if made:
            return AcceptedRoute(made, replayed=True)
        check_left_by_crash(mine, now)
    return FreshRoute(ready, messages_of(ready, key, mine, now, ports))


def _cause(index: int, batch: Batch, ports: Intake) -> str:
    if batch.idempotency_key is None:
        return ports.tokens.token()
    return f"{batch.idempotency_key}#{index}"


def _repeated(
    items: Sequence[Asked | Refusal],
    results: Sequence[_Result],
    batch: Batch,
    key: ApiKey,
    claim: Claim,
    known: Known,
    ports: Intake,
) -> list[_Result]:
    """What the earlier request has written stands, even what would be refused today."""
    refs: dict[int, list[MessageRef]] = {}
    for index, item in enumerate(items):
        if isinstance(item, Refusal) or _purpose(item) not in key.purposes:
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
                refs[index] = _refs(item, key.tenant, token.resource)
            continue
        recipient = _recipient(item, key, known, ports)
        if recipient is not None:
            cause = f"{batch.idempotency_key}#{index}"
            made_by = id_for if isinstance(item, Request) else route_id_for
            resource = made_by(recipient, claim.at, cause, key, ports)
            refs[index] = _refs(item, key.tenant, resource)
    made = ports.messages.get_many([ref for each in refs.values() for ref in each])
    repeated = list(results)
    for index, each in refs.items():
        found = [made[ref] for ref in each if ref in made]
        if found and isinstance(items[index], RouteRequest):
            repeated[index] = AcceptedRoute(ordered(found), replayed=True)
        elif found:
            repeated[index] = Accepted(found[0], replayed=True)
    return repeated


def _refs(item: Asked, tenant: str, resource: str) -> list[MessageRef]:
    if isinstance(item, RouteRequest):
        return [MessageRef(tenant, message_of_route(resource, each)) for each in item.channels]
    return [MessageRef(tenant, resource)]


def _recipient(item: Asked, key: ApiKey, known: Known, ports: Intake) -> Recipient | None:
    """Who an item is for, on the first of its channels that there is an address for."""
    now = ports.clock.now()
    for channel in _channels(item):
        with suppress(Refusal):
            return resolve(item.to, key.tenant, channel, known, ports.secret, now)
    return None
