"""Calls: as many members as may go together are claimed, handed over in one call, and recorded."""

from __future__ import annotations

from dataclasses import replace
from itertools import takewhile
from typing import TYPE_CHECKING

from outbound.domain.changing import changed
from outbound.domain.due import MINUTE
from outbound.domain.message import Entry, Status
from outbound.domain.outcome import Kind
from outbound.domain.run import Call
from outbound.domain.suppression import Suppression
from outbound.domain.tally import BILLED
from outbound.domain.words import Mode
from outbound.flow.asking import give_back
from outbound.flow.bulk.budget import claim
from outbound.flow.bulk.member import ENDS, Member
from outbound.flow.bulk.members import members_of
from outbound.flow.bulk.paying import pay_for, settle
from outbound.flow.bulk.progress import behind
from outbound.flow.bulk.writing import write_alone
from outbound.flow.record import UNSENT, step_of
from outbound.flow.stopping import learn

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from outbound.domain.campaign import Campaign
    from outbound.domain.message import Decision
    from outbound.domain.outcome import Outcome
    from outbound.domain.run import Chunk
    from outbound.domain.stop import Stop
    from outbound.flow.bulk.ports import Bulk, Worker
    from outbound.ports import BulkCarrier

LARGEST_CALL = 900_000
"""Bytes of a call: SES takes a megabyte, and JSON needs some for itself."""


def together(
    chunk: Chunk, campaign: Campaign, stop: Stop | None, ports: Bulk, worker: Worker
) -> Chunk | None:
    """The chunk after one call; None if somebody else has it, or a stopped channel isn't tried.

    How far it is by then is written with the next call, which says it too, or by who leaves it.
    """
    assert ports.carrier is not None
    count = 1 if stop is not None else ports.together
    members = _fitting(members_of(chunk, count, campaign, ports), ports.carrier)
    now = ports.deliver.clock.now()
    if stop is not None and not ports.deliver.stops.probe(stop, now):
        return None

    # Before the claim: what fails here was surely not handed over.
    ports.deliver.short_links.put(
        [linked for each in members if each.outgoing for linked in each.outgoing.linked]
    )

    def claimed(some: Sequence[Member]) -> Chunk:
        verdicts = {each.place: _verdict(each) for each in some if each.outgoing is None}
        call = Call(chunk.next, len(some), now, now + ports.deliver.lease, verdicts)
        return replace(chunk, call=call, version=chunk.version + 1)

    charge, members = pay_for(members, campaign.tenant, now, ports.deliver)
    taken = claim(members, claimed, campaign, now, ports.runs)
    if taken is None:
        settle(charge, (), ports.deliver)
        return None
    ours, members = taken
    left: list[Chunk | None] = []

    def call() -> int:
        recorded, called = _handed_over(members, campaign, stop, ports)
        settle(charge, [each for each in recorded if _perhaps_sent(each)], ports.deliver)
        write_alone(recorded, ports)
        left.append(_after(ours, chunk.next + len(members), ports))
        return called

    worker.at_pace(call)
    return left[0]


def _after(chunk: Chunk, place: int, ports: Bulk) -> Chunk | None:
    if chunk.turn or place == len(chunk.members):
        return behind(chunk, place, ports)
    return replace(chunk, next=place)


def _fitting(members: list[Member], carrier: BulkCarrier) -> list[Member]:
    """The first of them that one call can have: of one sender, of one form, and not too large."""
    size = 0
    forms: set[object] = set()

    def fits(member: Member) -> bool:
        nonlocal size
        if member.outgoing is None:
            return True
        size += carrier.size(member.outgoing)
        out = member.outgoing
        forms.add((out.sender, out.enclosed.reply_to, frozenset(out.bodies)))
        return len(forms) == 1 and size <= LARGEST_CALL

    return list(takewhile(fits, members)) or members[:1]


def _verdict(member: Member) -> Decision:
    """What was decided of somebody who isn't in the call."""
    decision, status = member.message.decision, member.message.status
    return decision if decision.verdict in ENDS else replace(decision, verdict=status)


def _handed_over(
    members: Sequence[Member], campaign: Campaign, stop: Stop | None, ports: Bulk
) -> tuple[list[Member], int]:
    """The members with what has become of them, and for how many the provider was called."""
    assert ports.carrier is not None
    outgoings = [member.outgoing for member in members if member.outgoing is not None]
    if not outgoings:
        return list(members), 0
    deliver = ports.deliver
    if campaign.mode is Mode.TEST:
        carrier, called = deliver.rehearsal, 0
        outcomes = [deliver.rehearsal.hand_over(each) for each in outgoings]
    else:
        carrier, called = deliver.carrier, len(outgoings)
        outcomes = ports.carrier.hand_over_many(outgoings)
        learn(_telling(outcomes), stop, deliver)
    by_id = {each.ref.id: outcome for each, outcome in zip(outgoings, outcomes, strict=True)}
    now = deliver.clock.now()
    return [_recorded(each, by_id, carrier.name, now, ports) for each in members], called


def _perhaps_sent(member: Member) -> bool:
    return member.message.status in BILLED


def _telling(outcomes: Sequence[Outcome]) -> Outcome:
    """The outcome that says most about the channel."""
    return max(
        outcomes,
        key=lambda outcome: (
            outcome.kind is Kind.STOPPED,
            outcome.failing,
            outcome.kind is Kind.SENT,
        ),
    )


def _recorded(
    member: Member, outcomes: Mapping[str, Outcome], name: str, now: datetime, ports: Bulk
) -> Member:
    outcome = outcomes.get(member.message.id)
    if outcome is None:
        return member
    deliver, message = ports.deliver, member.message
    lease_until = now + deliver.lease
    if outcome.kind is not Kind.SENT:
        message = changed(message, attempt=1, lease_until=lease_until)
    if outcome.suppress is not None:
        source = f"{name} {outcome.code or ''}".rstrip()
        suppression = Suppression(outcome.suppress, now, source)
        deliver.suppressions.suppress(message.tenant, message.address, suppression)
    change = step_of(message, name, outcome, now)
    timeline = (*message.timeline, change.entry)
    status = change.to
    if outcome.receipt is not None:
        status = outcome.receipt
        timeline = (*timeline, Entry(status, now, "rehearsed"))
    if change.to in UNSENT:
        give_back(message, deliver.gate)
    # A stopped channel: the sweep brings it to whoever parks it.
    due = now + MINUTE if change.parked is not None else change.not_before
    written = changed(
        message,
        status=status,
        timeline=timeline,
        provider=change.provider,
        not_before=due or message.not_before,
        attempt=1,
        lease_until=lease_until if status is Status.UNCONFIRMED else None,
    )
    return Member(member.place, written, member.said, member.outgoing)
