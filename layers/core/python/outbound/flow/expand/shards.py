"""Shards: an audience is read step by step, and each step written down before it takes effect.

Whoever works on a shard that another works on too, or left, finds the step that is written and does
it again: its chunks are there already, or are written now. The point moves last.
"""

from __future__ import annotations

from datetime import timedelta
from math import ceil
from typing import TYPE_CHECKING

from outbound.domain.campaign import ENDED, State
from outbound.domain.fallback import all_chunks_of, channel_of, channels_for
from outbound.domain.ids import contact_key
from outbound.domain.planning import Recipient, plan
from outbound.domain.rules.zones import zones_for
from outbound.domain.run import Phase, RunRef, Step, behind
from outbound.domain.variants import comes_first
from outbound.flow.audience import by_segment, read
from outbound.flow.expand.tasks import shard_task
from outbound.flow.selecting import selection

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import datetime

    from outbound.domain.campaign import Campaign
    from outbound.domain.contact import Contact
    from outbound.domain.rules.jurisdiction import Rulebook
    from outbound.domain.run import ChunkRef, Point, Run
    from outbound.domain.task import Task
    from outbound.domain.words import Channel
    from outbound.flow.expand.ports import Expand
    from outbound.flow.selecting import Selection

SOON = timedelta(minutes=10)
"""What is released by then is queued at once, with a delay; the rest by whoever tends the run."""


def work_on(task: Task, ports: Expand, *, may_go_on: Callable[[], bool]) -> None:
    """Work on the shard that a task names, and queue it again when there is no time left."""
    campaign_id, run_id, phase, shard = task.id.split("#")
    run = ports.runs.get(RunRef(task.tenant, campaign_id, run_id))
    if run is not None:
        expand(run, Phase(phase), int(shard), ports, may_go_on=may_go_on)


def expand(
    run: Run, phase: Phase, shard: int, ports: Expand, *, may_go_on: Callable[[], bool]
) -> None:
    """Read a shard to its end; a campaign that is paused leaves it where it is."""
    point = ports.runs.point(run.ref, phase, shard)
    chosen: Selection | None = None
    while not point.done:
        campaign = ports.campaigns.current(run.ref.tenant, run.ref.campaign)
        if campaign is None or campaign.state is State.PAUSED:
            return
        if not may_go_on():
            ports.tasks.send([shard_task(run.ref, phase, shard)])
            return
        if chosen is None and by_segment(campaign):
            chosen = _selection(run, ports)
        step = ports.runs.keep_step(run.ref, _next(campaign, run, point, chosen, ports))
        _write(run, step, campaign, ports)
        moved = behind(point, step)
        point = (
            moved if ports.runs.move(run.ref, moved) else ports.runs.point(run.ref, phase, shard)
        )


def _selection(run: Run, ports: Expand) -> Selection:
    whole = ports.runs.audience(run.ref)
    assert whole is not None, "it is written before its run"
    return selection(whole, ports.expressions)


def _next(
    campaign: Campaign, run: Run, point: Point, chosen: Selection | None, ports: Expand
) -> Step:
    """The next step; of a campaign that has ended there is none, but what was begun is finished."""
    if campaign.state in ENDED:
        return Step(point.phase, point.shard, point.steps, point.after, True, ())
    found = read(campaign, point.shard, point.after, ports.contacts, selection=chosen, at=run.at)
    some = of_phase(found.contacts, point.phase, campaign, ports.secret, ports.rulebook)
    chunks = plan(campaign, run, point, some)
    return Step(point.phase, point.shard, point.steps, found.last, found.ends, chunks)


def of_phase(
    contacts: Iterable[Contact], phase: Phase, campaign: Campaign, secret: bytes, rulebook: Rulebook
) -> Iterator[Recipient]:
    """Those of contacts whom a phase of a run is for."""
    settings = campaign.settings
    share = settings.canary.share if settings.canary else 0
    for contact in contacts:
        key = contact_key(secret, contact.tenant, contact.id)
        if comes_first(campaign.id, key, share) is (phase is Phase.FIRST):
            yield _recipient(contact, key, campaign, rulebook)


def _recipient(contact: Contact, key: str, campaign: Campaign, rulebook: Rulebook) -> Recipient:
    """A contact with what says when their turn is, and by which channels."""
    settings = campaign.settings
    channels = channels_for(contact, settings.route)
    if not settings.schedule.by_recipient:
        return Recipient(contact.id, key, channels=channels)
    first = channels[0] if channels else settings.channel
    return Recipient(contact.id, key, zones_for(contact, first, rulebook), channels)


def _write(run: Run, step: Step, campaign: Campaign, ports: Expand) -> None:
    now = ports.clock.now()
    ready: dict[tuple[Channel, timedelta], list[ChunkRef]] = {}
    for chunk in all_chunks_of(run.ref, step, campaign.settings.route):
        ports.runs.put_chunk(chunk)
        if chunk.not_before <= now + SOON:
            way = channel_of(chunk, campaign), until(chunk.not_before, now)
            ready.setdefault(way, []).append(chunk.ref)
    for (channel, delay), refs in ready.items():
        ports.queue.send(channel, refs, delay=delay)


def until(instant: datetime, now: datetime) -> timedelta:
    """How long it is until an instant, in whole seconds from then on; nothing if it has passed."""
    seconds = ceil((instant - now).total_seconds())
    return timedelta(seconds=max(0, seconds))
