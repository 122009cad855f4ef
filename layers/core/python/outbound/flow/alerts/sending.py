"""Sending: a wave of an alert is read shard by shard, and a message written for each channel.

The ids of the messages follow from the wave, so whoever reads a page again writes nothing twice.
The point moves last.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from outbound.domain.alert import Alert, AlertState, run_of
from outbound.domain.run import Phase
from outbound.flow import selecting
from outbound.flow.alerts.making import verified
from outbound.flow.alerts.members import Member, Members
from outbound.flow.alerts.steering import shard_tasks
from outbound.flow.recipient import To, look_up, resolve
from outbound.flow.selecting import selection

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from outbound.domain.alert import Wave
    from outbound.domain.contact import Contact
    from outbound.domain.run import Point
    from outbound.domain.task import Task
    from outbound.flow.alerts.ports import SendPorts
    from outbound.flow.selecting import Selection

PAGE = 100


def work_on(task: Task, ports: SendPorts, *, may_go_on: Callable[[], bool]) -> None:
    """Work on the shard that a task names, and queue it again when there is no time left."""
    alert_id, number, shard = task.id.split("#")
    alert = ports.alerts.get(task.tenant, alert_id)
    if alert is not None and alert.launched_at is not None:
        _send(alert, alert.waves[int(number)], int(shard), ports, may_go_on)


def _send(
    alert: Alert, wave: Wave, shard: int, ports: SendPorts, may_go_on: Callable[[], bool]
) -> None:
    run = run_of(alert, wave)
    point = ports.runs.point(run, Phase.REST, shard)
    chosen = _selection(alert, ports)
    while not point.done:
        current = ports.alerts.current(alert.tenant, alert.id)
        if current is None or current.state is not AlertState.SENDING:
            return
        if alert.settings.expires_at <= ports.clock.now():
            return
        if not may_go_on():
            ports.tasks.send(shard_tasks(alert, wave, [shard]))
            return
        page = (
            _testers(alert, wave, point, ports)
            if alert.settings.drill
            else _contacts(alert, wave, point, chosen, ports)
        )
        written = Members(alert, wave, ports).write(page.members)
        moved = replace(
            point,
            after=page.last,
            steps=point.steps + 1,
            recipients=point.recipients + written,
            done=page.ends,
        )
        # If somebody else has moved it meanwhile, theirs counts: they have written the same.
        point = moved if ports.runs.move(run, moved) else ports.runs.point(run, Phase.REST, shard)


@dataclass(frozen=True, slots=True)
class _Page:
    """Some of an audience; `last` is how far it was read, `ends` that there are none behind."""

    members: Sequence[Member]
    last: str | None
    ends: bool


def _contacts(
    alert: Alert, wave: Wave, point: Point, chosen: Selection | None, ports: SendPorts
) -> _Page:
    contacts, target = ports.gate.contacts, alert.settings.target
    if target.segment is not None:
        if chosen is None:
            return _Page((), None, ends=True)
        # As of its begin in all waves, so that they are for the same people.
        began = run_of(alert, alert.waves[0]).at
        some = selecting.read(chosen, point.shard, point.after, contacts, now=began, limit=PAGE)
        return _Page(_members(wave, some.contacts), some.last, ends=some.ends)
    read = contacts.page(alert.tenant, point.shard, limit=PAGE, after=point.after)
    meant = (each for each in read.contacts if not each.erased and target.covers(each.region))
    return _Page(_members(wave, meant), read.after or point.after, ends=read.after is None)


def _members(wave: Wave, contacts: Iterable[Contact]) -> list[Member]:
    return [
        Member(each, channel, each.address_for(channel))
        for each in contacts
        for channel in wave.channels
    ]


def _testers(alert: Alert, wave: Wave, point: Point, ports: SendPorts) -> _Page:
    """All verified testers, by the address that each has shown to be theirs."""
    testers, gate = verified(alert.tenant, ports.testers), ports.gate
    some = [(To(address=each.address), each.channel) for each in testers]
    known = look_up(some, alert.tenant, gate.contacts, gate.secret)
    members = []
    for tester, (to, channel) in zip(testers, some, strict=True):
        found = resolve(to, alert.tenant, channel, known, gate.secret, ports.clock.now())
        members += [
            Member(found.contact, each, tester.address, tester.id)
            for each in wave.channels
            if tester.address.serves(each)
        ]
    return _Page(members, point.after, ends=True)


def _selection(alert: Alert, ports: SendPorts) -> Selection | None:
    if alert.settings.target.segment is None or alert.settings.drill:
        return None
    meant = ports.runs.audience(run_of(alert, alert.waves[0]))
    return selection(meant, ports.expressions) if meant else None
