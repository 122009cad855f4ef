"""Tending: each minute, what is open of an alert is looked after, until all are accounted for."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from outbound.domain.alert import Alert, AlertState, begins, run_of
from outbound.domain.run import expanded
from outbound.domain.task import Task, Work
from outbound.flow.alerts.steering import open_wave, shard_tasks

if TYPE_CHECKING:
    from outbound.domain.alert import Wave
    from outbound.flow.alerts.ports import SendPorts

STILL = timedelta(minutes=2)
"""How long a shard may be worked on, before it is given to somebody else too."""


def sweep(ports: SendPorts) -> int:
    """Have each alert looked after that is open; how many there are."""
    tasks = [Task(Work.TEND_ALERT, alert, tenant) for tenant, alert in ports.alerts.attended()]
    ports.tasks.send(tasks)
    return len(tasks)


def tend(task: Task, ports: SendPorts) -> None:
    """Look after an alert once: begin the waves whose time has come, and end it behind the last."""
    alert, now = ports.alerts.get(task.tenant, task.id), ports.clock.now()
    if alert is None or alert.state is not AlertState.SENDING:
        if alert is None or alert.state is not AlertState.AWAITING_APPROVAL:
            _leave(task.tenant, task.id, alert, ports)
        return
    if alert.settings.expires_at <= now:
        _finish(alert, ports, reason="expired")
        return
    due = [wave for wave in alert.waves if begins(alert, wave) <= now]
    closed = [_tend_wave(alert, wave, ports) for wave in due]
    if all(closed) and len(due) == len(alert.waves):
        _finish(alert, ports, reason=None)


def _tend_wave(alert: Alert, wave: Wave, ports: SendPorts) -> bool:
    """Look after a wave; whether all whom it is for are accounted for."""
    now = ports.clock.now()
    run = ports.runs.get(run_of(alert, wave)) or open_wave(alert, wave, ports)
    points = ports.runs.points(run.ref)
    if not expanded(points, run):
        if now - run.moved_at >= STILL:
            left = {*range(run.shards)} - {point.shard for point in points if point.done}
            ports.tasks.send(shard_tasks(alert, wave, sorted(left)))
            ports.runs.replace(replace(run, moved_at=now, version=run.version + 1))
        return False
    tally = ports.runs.tally(run.ref)
    return tally.open == 0 and tally.settled >= sum(point.recipients for point in points)


def _finish(alert: Alert, ports: SendPorts, *, reason: str | None) -> None:
    now = ports.clock.now()
    finished = replace(
        alert,
        state=AlertState.FINISHED,
        reason=reason,
        updated_at=now,
        finished_at=now,
        version=alert.version + 1,
    )
    if ports.alerts.replace(finished):
        _leave(alert.tenant, alert.id, alert, ports)


def _leave(tenant: str, alert_id: str, alert: Alert | None, ports: SendPorts) -> None:
    """Nobody looks after it any more, and whom it was for is forgotten."""
    if alert is not None and alert.launched_at is not None:
        ports.runs.forget_audience(run_of(alert, alert.waves[0]))
    ports.alerts.leave(tenant, alert_id)
