"""Forgetting: who is erased stands in runs under way by their key alone, and counts as before.

A run was read from its audience step by step, and each step written down; so a member is never
taken out, which would change its sums. Nobody is found under a key alone: such a member is blocked,
as erased. What a call has claimed isn't touched: it is over in minutes.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from outbound.domain.alert import run_of
from outbound.domain.campaign import State
from outbound.domain.run import STEPS_KEPT, nameless, right_before
from outbound.domain.shards import shard_of
from outbound.flow.audience import by_segment
from outbound.flow.unlisting import campaigns_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from outbound.domain.campaign import Campaign
    from outbound.domain.run import Chunk, Run, RunRef
    from outbound.ports import Alerts, Campaigns, Contacts, Runs, RunTraces

PAGE = 100
LATER = timedelta(days=1)
"""A run closes no longer than that after its campaign has come to its end."""


@dataclass(frozen=True, slots=True)
class UnderWay:
    """Where runs, and what they are read from, are found."""

    contacts: Contacts
    campaigns: Campaigns
    alerts: Alerts
    runs: Runs
    traces: RunTraces


@dataclass(frozen=True, slots=True)
class Person:
    """Who is to be forgotten: by id, and by what stands for it afterwards."""

    tenant: str
    contact_id: str
    contact_key: str


def forget(person: Person, now: datetime, ports: UnderWay) -> int:
    """Forget somebody in what is under way; how often they were named, or are still."""
    found = 0
    for campaign in campaigns_of(person.tenant, ports.campaigns):
        if _recent(campaign, now):
            for run in ports.runs.of(campaign.tenant, campaign.id):
                found += _in_run(person, run, campaign, now, ports)
    return found + _in_alerts(person, ports)


def _recent(campaign: Campaign, now: datetime) -> bool:
    """Whether steps of its runs may be there; what is cancelled may have had them for later."""
    over = campaign.state is State.FINISHED and campaign.updated_at + STEPS_KEPT + LATER <= now
    return campaign.run_at is not None and not over


def _in_run(person: Person, run: Run, campaign: Campaign, now: datetime, ports: UnderWay) -> int:
    found = 0
    if run.closed_at is None:
        found += ports.traces.leave_out(run.ref, person.contact_id)
        found += _in_points(person, run.ref, _listed(campaign), ports)
        for chunk in ports.traces.chunks(run.ref, person.contact_id):
            _rewrite(person, chunk, now, ports)
            found += 1
    elif campaign.state is not State.CANCELLED and run.closed_at + STEPS_KEPT <= now:
        return 0
    shard = shard_of(person.contact_id) if by_segment(campaign) else 0
    return found + _in_steps(person, run.ref, shard, _listed(campaign), ports)


def _in_alerts(person: Person, ports: UnderWay) -> int:
    """Alerts have neither steps nor chunks."""
    found = 0
    for tenant, alert_id in ports.alerts.attended():
        alert = ports.alerts.get(tenant, alert_id) if tenant == person.tenant else None
        if alert is None or alert.launched_at is None:
            continue
        refs = [run_of(alert, wave) for wave in alert.waves]
        found += ports.traces.leave_out(refs[0], person.contact_id)
        found += sum(_in_points(person, ref, None, ports) for ref in refs)
    return found


def _in_points(person: Person, ref: RunRef, listed: tuple[str, ...] | None, ports: UnderWay) -> int:
    found = 0
    for point in ports.runs.points(ref):
        if _names(point.after, person):
            after = _place(person, listed, ports)
            ports.traces.rewrite_point(ref, point, replace(point, after=after))
            found += 1
    return found


def _in_steps(
    person: Person, ref: RunRef, shard: int, listed: tuple[str, ...] | None, ports: UnderWay
) -> int:
    found = 0
    for step in ports.traces.steps(ref, shard):
        chunks = tuple(
            replace(each, members=_nameless(each.members, person)) for each in step.chunks
        )
        last = _place(person, listed, ports) if _names(step.last, person) else step.last
        if (chunks, last) != (step.chunks, step.last):
            ports.traces.rewrite_step(ref, step, replace(step, chunks=chunks, last=last))
            found += 1
    return found


def _rewrite(person: Person, chunk: Chunk, now: datetime, ports: UnderWay) -> None:
    if chunk.call is not None and chunk.call.lease_until > now:
        return
    members, look = _nameless(chunk.members, person), chunk.look
    if look is not None:
        look = replace(look, later=_nameless(look.later, person))
    ports.runs.advance(replace(chunk, members=members, look=look, version=chunk.version + 1))


def _nameless(members: tuple[str, ...], person: Person) -> tuple[str, ...]:
    return nameless(members, person.contact_id, person.contact_key)


def _names(place: str | None, person: Person) -> bool:
    return place in (person.contact_id, right_before(person.contact_id))


def _place(person: Person, listed: tuple[str, ...] | None, ports: UnderWay) -> str:
    """Where reading goes on behind somebody, by who comes next.

    Whoever is made again under the same id isn't read a second time.
    """
    if listed is not None:
        later = (each for each in listed if each > person.contact_id)
        return right_before(min(later, default=None))
    return right_before(next(_behind(person, ports), None))


def _behind(person: Person, ports: UnderWay) -> Iterator[str]:
    shard, after = shard_of(person.contact_id), person.contact_id
    while True:
        page = ports.contacts.page(person.tenant, shard, limit=PAGE, after=after)
        yield from (each.id for each in page.contacts)
        if page.after is None:
            return
        after = page.after


def _listed(campaign: Campaign) -> tuple[str, ...] | None:
    """Whom a campaign names itself; None where segments say so, which are read by shards."""
    return None if by_segment(campaign) else campaign.settings.audience.contact_ids
