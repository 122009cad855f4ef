"""The mirror: AWS's own lists are made to say what our suppressions say."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from outbound.domain.mirror import STUCK, Answer, listed, put_off
from outbound.domain.suppression import ANY_TENANT
from outbound.domain.task import Task, Work
from outbound.domain.words import Channel

if TYPE_CHECKING:
    from outbound.domain.mirror import Change
    from outbound.ports import AccountLists, Changes, Clock, Erasures, Signals, Suppressions, Tasks

AT_ONCE = 300
"""Changes that one sweep queues: fewer than AWS takes in a minute."""
TOO_LATE = "too_late"
TAKEN_UP = timedelta(minutes=15)
"""After which a change is queued again that no task has done."""


@dataclass(frozen=True, slots=True)
class MirrorPorts:
    """What the mirror works with; `suppressions` is the store itself."""

    clock: Clock
    suppressions: Suppressions
    changes: Changes
    lists: AccountLists
    tasks: Tasks
    signals: Signals
    erasures: Erasures


def mirror(tenant: str, key: str, ports: MirrorPorts) -> bool:
    """Bring one change to AWS's list; whether AWS was called.

    What is done follows from what stands now, not from what once changed: so it doesn't matter
    how often it is done, nor in which order.
    """
    change = ports.changes.get(tenant, key)
    if change is None:
        return False
    if change.ends_at <= ports.clock.now():
        _let_go(change, "", ports)
        return False
    own = ports.suppressions.of(tenant, change.address)
    of_all = ports.suppressions.of(ANY_TENANT, change.address)
    wanted = listed(change.address, own, of_all)
    if wanted is not None:
        answer, code = ports.lists.put(tenant, change.address, wanted)
    elif change.lifted:
        answer, code = ports.lists.remove(tenant, change.address)
    else:
        # It was never suppressed: whoever meant to has crashed, and says it again or doesn't.
        ports.changes.remove(change)
        return False
    _settle(change, answer, code, ports)
    return True


def _settle(change: Change, answer: Answer, code: str, ports: MirrorPorts) -> None:
    channel = _channel(change)
    if answer is Answer.LATER:
        ports.changes.put_off(change, put_off(change, ports.clock.now()))
        ports.signals.count("MirrorDelayed", channel=channel)
        if change.tries >= STUCK:
            ports.signals.count("MirrorStuck", channel=channel)
            ports.signals.note("mirror stuck", channel=channel, code=code)
        return
    if answer is Answer.NEVER:
        _let_go(change, code, ports)
    else:
        ports.changes.remove(change)


def _let_go(change: Change, code: str, ports: MirrorPorts) -> None:
    """AWS's list doesn't say it, and won't: the erasure is told first, if it was for one."""
    channel = _channel(change)
    if change.erased is not None:
        erased = change.erased
        ports.erasures.note_unlisted(erased.tenant, erased.id, change.address.kind)
    ports.signals.count("MirrorRefused", channel=channel)
    ports.signals.note("mirror refused", channel=channel, code=code or TOO_LATE)
    ports.changes.remove(change)


def _channel(change: Change) -> Channel:
    return Channel.EMAIL if change.address.kind == "email" else Channel.SMS


def sweep(ports: MirrorPorts) -> int:
    """Queue the changes whose time has come; they come again if no task does them."""
    now = ports.clock.now()
    due = list(ports.changes.due(now, limit=AT_ONCE))
    for change in due:
        ports.changes.put_off(change, replace(change, due_at=now + TAKEN_UP))
    ports.tasks.send([Task(Work.MIRROR, change.key, change.tenant) for change in due])
    return len(due)
