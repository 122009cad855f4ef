"""Reaching: who is in a segment, and what the gate would say of each. Nothing is taken or sent.

Small tenants are counted at once. For the others each shard is a task of its own; it goes on behind
what is written, so it may be interrupted and repeated.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from outbound.domain import ids
from outbound.domain.address import masked
from outbound.domain.errors import Refusal
from outbound.domain.reach import (
    SAMPLE,
    Estimate,
    EstimateState,
    Reach,
    Sampled,
    Verdict,
    together,
)
from outbound.domain.shards import SHARDS
from outbound.domain.task import Task, Work
from outbound.flow.decisions import Question, decision_on
from outbound.flow.once import check_left_by_crash, reserve
from outbound.flow.selecting import find, read, selection, whole
from outbound.ports import Claim, ExpressionFault

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import datetime

    from outbound.domain.contact import Contact
    from outbound.domain.key import ApiKey
    from outbound.domain.segment import Whole
    from outbound.domain.words import Channel, Purpose
    from outbound.flow.asking import Gate
    from outbound.flow.selecting import Selected, Selection
    from outbound.ports import (
        Clock,
        Estimates,
        Expressions,
        Idempotency,
        SegmentReader,
        Tasks,
        Tokens,
    )

PAGE = 100


@dataclass(frozen=True, slots=True)
class ReachPorts:
    """What estimates of segments work with."""

    clock: Clock
    tokens: Tokens
    segments: SegmentReader
    expressions: Expressions
    estimates: Estimates
    gate: Gate
    idempotency: Idempotency
    tasks: Tasks


@dataclass(frozen=True, slots=True)
class Wish:
    """What would be sent; `at` None is now."""

    channels: tuple[Channel, ...]
    purpose: Purpose
    topic: str | None
    at: datetime | None
    idempotency_key: str | None = None
    fingerprint: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """An estimate as far as it is; `unknown` are attributes that nobody who was read has."""

    estimate: Estimate
    state: EstimateState
    shards: int
    total: Reach
    unknown: tuple[str, ...]
    replayed: bool = False


def request(
    segment_id: str,
    wish: Wish,
    key: ApiKey,
    ports: ReachPorts,
    *,
    may_go_on: Callable[[], bool],
) -> Found:
    """Count as long as there is time, and have the rest counted.

    Raises:
        Refusal: there is no such segment, or one that it leaves out is gone.
    """
    now = ports.clock.now()
    meant = whole(find(segment_id, key.tenant, ports.segments), ports.segments)
    cause = wish.idempotency_key or ports.tokens.token()
    mine = Claim(wish.fingerprint, ids.estimate_id(key.tenant, now, cause), now)
    claim, earlier = reserve(ports.idempotency, key.tenant, key.mode, wish.idempotency_key, mine)
    estimate = ports.estimates.get(key.tenant, claim.resource, now) if earlier else None
    if estimate is None:
        if earlier:
            check_left_by_crash(claim, now)
        estimate = Estimate(
            tenant=key.tenant,
            id=claim.resource,
            segment=segment_id,
            versions=_versions(meant),
            channels=wish.channels,
            purpose=wish.purpose,
            topic=wish.topic,
            at=wish.at or claim.at,
            created_at=claim.at,
        )
        ports.estimates.insert(estimate)
    _count_now(estimate, ports, may_go_on)
    return replace(_found(estimate, ports), replayed=earlier)


def look(estimate_id: str, key: ApiKey, ports: ReachPorts) -> Found:
    """How far an estimate is.

    Raises:
        Refusal: the tenant has none with this id.
    """
    estimate = ports.estimates.get(key.tenant, estimate_id, ports.clock.now())
    if estimate is None:
        raise Refusal("unknown_estimate", "There is no estimate with this id.")
    return _found(estimate, ports)


def work_on(task: Task, ports: ReachPorts, *, may_go_on: Callable[[], bool]) -> None:
    """Count the shard that a task names, and queue it again when there is no time left."""
    estimate_id, _, shard = task.id.partition("#")
    estimate = ports.estimates.get(task.tenant, estimate_id, ports.clock.now())
    if estimate is None:
        return
    asked = _asked(estimate, ports)
    if not _count(estimate, int(shard), asked, ports, may_go_on):
        ports.tasks.send([task])


def _count_now(estimate: Estimate, ports: ReachPorts, may_go_on: Callable[[], bool]) -> None:
    asked = _asked(estimate, ports)
    left = [
        shard
        for shard in range(SHARDS)
        if not (may_go_on() and _count(estimate, shard, asked, ports, may_go_on))
    ]
    ports.tasks.send([_task(estimate, shard) for shard in left])


def _task(estimate: Estimate, shard: int) -> Task:
    return Task(Work.ESTIMATE, f"{estimate.id}#{shard}", estimate.tenant)


def _asked(estimate: Estimate, ports: ReachPorts) -> Selection | None:
    """The segment as it was when the estimate began; None where it is another by now."""
    segment = ports.segments.get(estimate.tenant, estimate.segment)
    try:
        if segment is None:
            return None
        meant = whole(segment, ports.segments)
        return (
            selection(meant, ports.expressions)
            if _versions(meant) == dict(estimate.versions)
            else None
        )
    except (Refusal, ExpressionFault):
        return None


def _versions(meant: Whole) -> dict[str, int]:
    versions = {meant.segment.id: meant.segment.version}
    for each in meant.excluded:
        versions |= _versions(each)
    return versions


def _count(
    estimate: Estimate,
    shard: int,
    asked: Selection | None,
    ports: ReachPorts,
    may_go_on: Callable[[], bool],
) -> bool:
    """Count a shard, as far as there is time; whether it is done."""
    reach = ports.estimates.shard(estimate, shard)
    while not reach.done:
        if asked is None:
            behind = replace(reach, done=True, failed=True, version=reach.version + 1)
        else:
            behind = _behind(reach, estimate, asked, ports)
        moved = ports.estimates.move(estimate, behind)
        reach = behind if moved else ports.estimates.shard(estimate, shard)
        if not reach.done and not may_go_on():
            return False
    return True


def _behind(reach: Reach, estimate: Estimate, asked: Selection, ports: ReachPorts) -> Reach:
    page = read(asked, reach.shard, reach.after, ports.gate.contacts, now=estimate.at, limit=PAGE)
    counted = _counted(page, estimate, asked, ports)
    return replace(
        reach.joined(counted), after=page.last, done=page.ends, version=reach.version + 1
    )


def _counted(page: Selected, estimate: Estimate, asked: Selection, ports: ReachPorts) -> Reach:
    said = _verdicts(page.contacts, estimate, ports)
    sample = sorted(
        (_sampled(each, said[each.id], estimate, ports) for each in page.contacts),
        key=lambda each: each.lot,
    )
    return Reach(
        read=len(page.read),
        selected=len(page.contacts),
        verdicts=Counter(verdict for verdicts in said.values() for verdict in verdicts),
        seen=frozenset(
            name for each in page.read for name in asked.attributes if name in each.attributes
        ),
        sample=tuple(sample[:SAMPLE]),
    )


def _verdicts(
    contacts: Sequence[Contact], estimate: Estimate, ports: ReachPorts
) -> Mapping[str, list[Verdict]]:
    if not contacts:
        return {}
    names = [each.id for each in contacts]
    addresses = {
        address
        for each in contacts
        for channel in estimate.channels
        if (address := each.address_for(channel)) is not None
    }
    known = ports.gate.contacts.look_up(
        estimate.tenant,
        addresses=addresses,
        contact_ids=names,
        slots=_capped(estimate, ports.gate),
        known={each.id: each for each in contacts},
    )
    said: dict[str, list[Verdict]] = {name: [] for name in names}
    for channel in estimate.channels:
        question = Question(estimate.at, channel, estimate.purpose, estimate.topic, names)
        for name in names:
            answer = decision_on(question, name, estimate.tenant, known, ports.gate)
            if isinstance(answer, Refusal):
                said[name].append(Verdict(channel, "block", answer.code, None))
            else:
                verdict = Verdict(channel, answer.verdict, answer.reason, answer.rule)
                said[name].append(verdict)
    return said


def _capped(estimate: Estimate, gate: Gate) -> bool:
    channels: Iterable[Channel] = estimate.channels
    return any(gate.rulebook.capped(each, estimate.purpose) for each in channels)


def _sampled(
    contact: Contact, verdicts: Sequence[Verdict], estimate: Estimate, ports: ReachPorts
) -> Sampled:
    verdict = verdicts[0]
    address = contact.address_for(verdict.channel)
    lot = ids.keyed(ports.gate.secret, 10, "sample", estimate.id, contact.id)
    return Sampled(lot, contact.id, masked(address) if address else None, verdict)


def _found(estimate: Estimate, ports: ReachPorts) -> Found:
    shards = ports.estimates.shards(estimate)
    done, total = sum(each.done for each in shards), together(shards)
    state = EstimateState.FINISHED if done == SHARDS else EstimateState.RUNNING
    if any(each.failed for each in shards):
        state = EstimateState.FAILED
    unknown: tuple[str, ...] = ()
    asked = _asked(estimate, ports)
    if asked is not None and state is EstimateState.FINISHED:
        unknown = tuple(sorted(asked.attributes - total.seen))
    return Found(estimate, state, done, total, unknown)
