"""Tending: each minute, what is open of a campaign is looked after, until its sums match.

Runs begin and end here, chunks whose time has come are queued, and what nobody works on any more is
driven again: shards that aren't read to their end, and chunks that aren't claimed.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from outbound.domain.campaign import ENDED, State
from outbound.domain.errors import Refusal
from outbound.domain.fallback import channel_of
from outbound.domain.instant import rfc3339
from outbound.domain.review import due, may_close
from outbound.domain.run import Phase, Run, expanded, run_ref
from outbound.domain.tally import alarming
from outbound.domain.words import Mode
from outbound.flow.audience import by_segment, gone, meant, shards_of
from outbound.flow.expand.shards import SOON, until
from outbound.flow.expand.tasks import review_task, shard_task, tend_task

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import datetime

    from outbound.domain.campaign import Campaign
    from outbound.domain.run import Chunk, ChunkRef
    from outbound.domain.tally import Tally
    from outbound.domain.words import Channel
    from outbound.flow.expand.ports import Expand

STILL = timedelta(minutes=3)
"""Without a message coming to its end for so long, what is open is driven again."""
HEARD = timedelta(seconds=6)
"""Whoever brings chunks may have read their campaign five seconds ago, and still hold it paused."""
TOGETHER = 100
ON_THE_HOUR = 0


def sweep(ports: Expand) -> int:
    """Have each campaign looked after that is open, and once an hour each run that was closed.

    Returns how much there is to do.
    """
    tasks = [tend_task(tenant, campaign) for tenant, campaign in ports.campaigns.attended()]
    if ports.clock.now().minute == ON_THE_HOUR:
        tasks += [review_task(ref) for ref in ports.campaigns.remembered()]
    ports.tasks.send(tasks)
    return len(tasks)


def tend(tenant: str, campaign_id: str, ports: Expand, *, may_go_on: Callable[[], bool]) -> None:
    """Look after a campaign once."""
    campaign = ports.campaigns.get(tenant, campaign_id)
    if campaign is not None and campaign.run_at is not None:
        run = ports.runs.get(run_ref(campaign, campaign.run_at))
        if run is not None and run.closed_at is None:
            _tend_run(campaign, run, ports, may_go_on)
            return
    if campaign is None or campaign.state in ENDED or campaign.state is State.DRAFT:
        ports.campaigns.leave(tenant, campaign_id)
        return
    if campaign.state is State.SCHEDULED:
        _begin(campaign, ports)
    elif campaign.state is State.RUNNING:
        _after_run(campaign, ports)


def _begin(campaign: Campaign, ports: Expand) -> None:
    """Open the run whose time has come, before anything says that there is one.

    Of several, which passed while it was paused or another run was open, it is the last: nobody is
    written to once for each.
    """
    now, at = ports.clock.now(), campaign.next_at
    if at is None or at > now:
        return
    at = campaign.settings.schedule.latest(at, now)
    if at != campaign.next_at:
        ports.signals.note("runs left out", channel=campaign.settings.channel, code=rfc3339(at))
    ref = run_ref(campaign, at)
    if by_segment(campaign):
        try:
            ports.runs.keep_audience(ref, meant(campaign, ports.segments))
        except Refusal as refusal:
            _change(campaign, State.PAUSED, ports, reason=gone(refusal))
            return
    run = ports.runs.open(
        Run(
            ref=ref,
            at=at,
            phase=Phase.FIRST if campaign.settings.canary else Phase.REST,
            shards=shards_of(campaign),
            swept=at,
            moved_at=now,
            settled_at=now,
        )
    )
    running = replace(
        campaign,
        state=State.RUNNING,
        run_at=at,
        next_at=campaign.settings.schedule.after(at),
        updated_at=now,
        version=campaign.version + 1,
    )
    if ports.campaigns.replace(running):
        _queue_shards(run, range(run.shards), ports)


def _tend_run(campaign: Campaign, run: Run, ports: Expand, may_go_on: Callable[[], bool]) -> None:
    now = ports.clock.now()
    points, tally = ports.runs.points(run.ref), ports.runs.tally(run.ref)
    why = alarming(tally)
    if why is not None and campaign.state is State.RUNNING and not campaign.excused:
        ports.signals.note("campaign paused", channel=campaign.settings.channel, code=why)
        ports.signals.count("CampaignsPaused", channel=campaign.settings.channel)
        _change(campaign, State.PAUSED, ports, reason=why)
        return
    if campaign.state is State.PAUSED:
        return
    recipients = sum(point.recipients for point in points)
    # Before it is seen what has moved: some may have, while it was paused.
    asked = run.asked_at is not None and run.asked_at > run.moved_at
    run = _moved(run, tally, now)
    cancelled = campaign.state is State.CANCELLED
    look = due(run, points, tally, now, cancelled=cancelled)
    if look:
        ports.tasks.send([review_task(run.ref)])
    if expanded(points, run) and tally.settled + tally.open == recipients:
        if run.phase is Phase.FIRST and campaign.state not in ENDED:
            _tried(campaign, run, ports)
            return
        if may_close(run, points, tally) and not look:
            _close(campaign, run, ports)
            return
    if asked or now - run.moved_at >= STILL:
        open_shards = {*range(run.shards)} - {
            point.shard for point in points if point.done and point.phase is run.phase
        }
        _queue_shards(run, sorted(open_shards), ports)
        _drive(campaign, run, ports, may_go_on)
        run = replace(run, moved_at=now)
    run = _released(campaign, run, ports)
    ports.runs.replace(replace(run, version=run.version + 1))


def _moved(run: Run, tally: Tally, now: datetime) -> Run:
    """The run, with when something last came to its end in it."""
    if tally.settled == run.counted:
        return run
    return replace(run, counted=tally.settled, moved_at=now, settled_at=now)


def _released(campaign: Campaign, run: Run, ports: Expand) -> Run:
    """Queue the chunks whose time comes, which weren't queued when they were written."""
    now = ports.clock.now()
    soon = now + SOON
    if campaign.state is not State.RUNNING:
        return run
    chunks = ports.runs.chunks(run.ref, after=f"{rfc3339(run.swept)}~", until=soon)
    _queue(campaign, (chunk for chunk in chunks if not chunk.done), now, ports)
    return replace(run, swept=soon)


def _drive(campaign: Campaign, run: Run, ports: Expand, may_go_on: Callable[[], bool]) -> None:
    """Queue all that should be on its way and isn't claimed; duplicates end at the claim."""
    now = ports.clock.now()
    stopped: set[Channel] = set()
    if campaign.mode is Mode.LIVE and campaign.state is State.RUNNING:
        stops = (ports.stops.current(channel) for channel in campaign.settings.channels)
        stopped = {stop.channel for stop in stops if stop is not None and stop.probe_at > now}
        if stopped.issuperset(campaign.settings.channels):
            return
    left = (
        chunk
        for chunk in ports.runs.chunks(run.ref, until=now)
        if _is_left(chunk, now) and channel_of(chunk, campaign) not in stopped
    )
    if campaign.state in ENDED:
        left = (chunk for chunk in ports.runs.chunks(run.ref) if _is_left(chunk, now))
    _queue(campaign, _while(left, may_go_on), now, ports)


def _is_left(chunk: Chunk, now: datetime) -> bool:
    return not chunk.done and (chunk.call is None or chunk.call.lease_until <= now)


def _while(chunks: Iterable[Chunk], may_go_on: Callable[[], bool]) -> Iterator[Chunk]:
    for chunk in chunks:
        if not may_go_on():
            return
        yield chunk


def _queue(campaign: Campaign, chunks: Iterable[Chunk], now: datetime, ports: Expand) -> None:
    together: dict[tuple[Channel, timedelta], list[ChunkRef]] = {}
    heard = until(campaign.updated_at + HEARD, now)
    for chunk in chunks:
        turn = timedelta() if campaign.state in ENDED else until(chunk.not_before, now)
        delay = max(turn, heard)
        way = channel_of(chunk, campaign), delay
        refs = together.setdefault(way, [])
        refs.append(chunk.ref)
        if len(refs) == TOGETHER:
            ports.queue.send(way[0], together.pop(way), delay=delay)
    for (channel, delay), refs in together.items():
        ports.queue.send(channel, refs, delay=delay)


def _queue_shards(run: Run, shards: Iterable[int], ports: Expand) -> None:
    ports.tasks.send([shard_task(run.ref, run.phase, shard) for shard in shards])


def _tried(campaign: Campaign, run: Run, ports: Expand) -> None:
    """All on whom the run is tried are written to: wait, and then go on with the rest."""
    now, canary = ports.clock.now(), campaign.settings.canary
    if run.tried_until is None:
        wait = canary.wait if canary else None
        tried = replace(run, tried_until=now + (wait or timedelta()), version=run.version + 1)
        if ports.runs.replace(tried) and wait is None:
            _change(campaign, State.PAUSED, ports, reason="canary")
    elif run.tried_until <= now:
        rest = replace(run, phase=Phase.REST, moved_at=now, version=run.version + 1)
        if ports.runs.replace(rest):
            _queue_shards(rest, range(rest.shards), ports)


def _close(campaign: Campaign, run: Run, ports: Expand) -> None:
    now = ports.clock.now()
    # Whoever looks at closed runs hears of it first: receipts come for days.
    ports.campaigns.remember(run.ref)
    ports.runs.forget_audience(run.ref)
    if not ports.runs.replace(replace(run, closed_at=now, version=run.version + 1)):
        return
    if campaign.state in ENDED:
        ports.campaigns.leave(campaign.tenant, campaign.id)
    else:
        _after_run(campaign, ports)


def _after_run(campaign: Campaign, ports: Expand) -> None:
    again = campaign.next_at is not None
    _change(campaign, State.SCHEDULED if again else State.FINISHED, ports)


def _change(campaign: Campaign, state: State, ports: Expand, *, reason: str | None = None) -> None:
    """Change what state a campaign is in; if somebody else has just done so, that stands."""
    now, version = ports.clock.now(), campaign.version + 1
    ports.campaigns.replace(
        replace(campaign, state=state, reason=reason, updated_at=now, version=version)
    )
