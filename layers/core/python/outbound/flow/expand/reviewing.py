"""Reviewing: a run is looked through, step by step, whoever goes on with it.

What a cancelled run left waiting ends, what a pause held back returns, and in the end the counts
are those of the messages. How far it has come moves last.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import chain, islice
from typing import TYPE_CHECKING

from outbound.domain import review as reviews
from outbound.domain.campaign import State
from outbound.domain.fallback import channel_of, on_channel, settled
from outbound.domain.ids import MessageRef
from outbound.domain.instant import rfc3339
from outbound.domain.message import WAITING, Change, Entry, Status
from outbound.domain.review import Review, may_close
from outbound.domain.run import id_of, keys_of
from outbound.domain.tally import LOOKED, Tally, place_of, total
from outbound.flow.expand.lost import NAMED, Lost, bring_back, lost_of, tell, uncounted
from outbound.flow.expand.tasks import review_task, run_of, tend_task
from outbound.flow.holding import CANCELLED, HELD
from outbound.flow.record import RECEIPTS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import datetime

    from outbound.domain.campaign import Campaign
    from outbound.domain.message import Message
    from outbound.domain.run import Chunk, Point, Run, RunRef
    from outbound.domain.task import Task
    from outbound.flow.expand.ports import Expand

STEP = 10
"""Chunks of a step: 500 messages, which are read in 5 requests."""
TRIES = 5


def work_on(task: Task, ports: Expand, *, may_go_on: Callable[[], bool]) -> None:
    """Look through the run that a task names, and queue it again when there is no time left."""
    ref = run_of(task)
    run, campaign = ports.runs.get(ref), ports.campaigns.get(ref.tenant, ref.campaign)
    if run is None or campaign is None:
        ports.campaigns.forget(ref)
        return
    review = _begun(run, campaign, ports)
    while review is not None and not review.done:
        if not may_go_on():
            ports.tasks.send([review_task(ref)])
            return
        current = ports.campaigns.get(ref.tenant, ref.campaign)
        if current is None or (current.state is State.PAUSED and run.closed_at is None):
            return
        review = _further(review, ref, current, ports)
    if review is not None:
        _conclude(review, run, campaign, ports)


def _begun(run: Run, campaign: Campaign, ports: Expand) -> Review | None:
    """The review that is under way, or a new one; None if there is no reason for one."""
    now, kept = ports.clock.now(), ports.runs.review(run.ref)
    version = kept.version if kept else 0
    if kept is not None and kept.began_at != run.reviewed_at:
        stale = run.asked_at is not None and kept.began_at < run.asked_at
        if not stale:
            return kept
    if _told_all(run):
        ports.campaigns.forget(run.ref)
        return None
    tally, points = ports.runs.tally(run.ref), ports.runs.points(run.ref)
    cancelled = campaign.state is State.CANCELLED
    if not reviews.due(run, points, tally, now, cancelled=cancelled):
        return None
    fresh = Review(now, tally, version=version + 1)
    return fresh if ports.runs.keep_review(run.ref, fresh) else None


def _told_all(run: Run) -> bool:
    """Whether no more receipts come, and it was looked through since."""
    last = run.closed_at and run.closed_at + RECEIPTS
    return last is not None and run.reviewed_at is not None and run.reviewed_at >= last


def _further(review: Review, ref: RunRef, campaign: Campaign, ports: Expand) -> Review | None:
    """The review after some chunks more; None if somebody else goes on with it."""
    chunks = list(islice(ports.runs.chunks(ref, after=review.after, size=STEP), STEP))
    refs = {chunk.ref: _refs(chunk, ref, campaign, ports) for chunk in chunks}
    messages = _as_they_should(chain.from_iterable(refs.values()), campaign, ports)
    changed = [each.timeline[-1].at for each in messages.values()]
    first = [chunk for chunk in chunks if not chunk.turn]
    done = sum(settled(chunk) for chunk in chunks if chunk.done)
    moved = replace(
        review,
        after=chunks[-1].ref.id if chunks else review.after,
        members=review.members + sum(len(chunk.members) for chunk in first),
        missing=review.missing
        + sum(each not in messages for chunk in first if chunk.done for each in refs[chunk.ref]),
        found=review.found
        + total(place_of(each) for each in messages.values())
        + Tally({LOOKED: done} if done else {}),
        turns=review.turns + sum(settled(chunk) for chunk in chunks),
        undone=review.undone + sum(chunk.turn and not chunk.done for chunk in chunks),
        latest=max((each for each in (review.latest, *changed) if each), default=None),
        done=len(chunks) < STEP,
        version=review.version + 1,
    )
    return moved if ports.runs.keep_review(ref, moved) else None


def _as_they_should(
    refs: Iterable[MessageRef], campaign: Campaign, ports: Expand
) -> Mapping[MessageRef, Message]:
    """The messages, of which nothing waits that needn't any more."""
    messages, now = ports.messages.get_many(list(refs)), ports.clock.now()
    moved = [
        ref
        for ref, message in messages.items()
        if (change := _change(message, campaign, now)) is not None
        and ports.messages.apply(ref, change)
    ]
    return {**messages, **ports.messages.get_many(moved)} if moved else messages


def _refs(chunk: Chunk, ref: RunRef, campaign: Campaign, ports: Expand) -> list[MessageRef]:
    keys, campaign = keys_of(chunk, ports.secret), on_channel(campaign, channel_of(chunk, campaign))
    return [MessageRef(ref.tenant, id_of(key, campaign, ref)) for key in keys]


def _change(message: Message, campaign: Campaign, now: datetime) -> Change | None:
    """What must become of a waiting message, now that its campaign is as it is."""
    if campaign.state is State.CANCELLED and message.status in WAITING:
        return Change(Status.CANCELLED, Entry(Status.CANCELLED, now, CANCELLED), WAITING)
    held = message.status is Status.DEFERRED and message.timeline[-1].reason == HELD
    if campaign.state is State.RUNNING and held:
        return Change(
            Status.DEFERRED,
            Entry(Status.DEFERRED, now, "campaign_resumed"),
            frozenset({Status.DEFERRED}),
            attempt=message.attempt,
            due=now,
            not_before=now,
        )
    return None


def _conclude(review: Review, run: Run, campaign: Campaign, ports: Expand) -> None:
    """Put the counts right, and write that the run was looked through."""
    live, points = ports.runs.tally(run.ref), ports.runs.points(run.ref)
    closing = run.closed_at is None and may_close(run, points, live)
    if not reviews.tells(review, live, closing=closing):
        again = Review(ports.clock.now(), live, version=review.version + 1)
        ports.runs.keep_review(run.ref, again)
        return
    lost = Lost()
    if reviews.gap(review, run, points):
        lost = lost_of(run, points, campaign.settings.route, ports)
        tell(lost, run, campaign, ports)
        if run.closed_at is None:
            bring_back(lost, campaign, ports)
            _count_the_unnamed(lost, review, live, points, run.ref, ports)
    else:
        _correct(review, live, run, campaign, ports)
    for _ in range(TRIES):
        current = ports.runs.get(run.ref)
        if current is None or current.reviewed_at == review.began_at:
            break
        looked = replace(
            current,
            reviewed_at=review.began_at,
            lost=tuple(dict.fromkeys((*current.lost, *lost.names)))[:NAMED],
            unnamed=max(current.unnamed, lost.unnamed),
            version=current.version + 1,
        )
        if ports.runs.replace(looked):
            break
    if run.closed_at is None:
        ports.tasks.send([tend_task(run.ref.tenant, run.ref.campaign)])


def _count_the_unnamed(
    lost: Lost,
    review: Review,
    live: Tally,
    points: Sequence[Point],
    ref: RunRef,
    ports: Expand,
) -> None:
    """Count those of whom nothing is known any more, so that their run can close."""
    further = sum(each.further for each in points) if not (lost.chunks or review.undone) else 0
    change = uncounted(lost, sum(each.recipients for each in points), further, live)
    if change is not None and reviews.quiet(review, live):
        ports.runs.count(ref, f"lost-{rfc3339(review.began_at)}", change)


def _correct(review: Review, live: Tally, run: Run, campaign: Campaign, ports: Expand) -> None:
    channel = campaign.settings.channel
    if review.missing:
        ports.signals.note("messages missing", channel=channel, code=f"{review.missing}")
        ports.signals.count("CampaignGaps", channel=channel, value=review.missing)
    change = reviews.correction(review, live)
    batch = f"review-{rfc3339(review.began_at)}"
    if change is not None and ports.runs.count(run.ref, batch, change):
        ports.signals.note("counts corrected", channel=channel, code=run.ref.id)
        ports.signals.count("CampaignCountsCorrected", channel=channel)
