"""Sending: a wave of an alert is read shard by shard, and a message written for each channel.

The ids of the messages follow from the wave, so whoever reads a page again writes nothing twice.
The point moves last.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from outbound.domain.alert import Alert, AlertState, run_of
from outbound.domain.run import Phase
from outbound.flow.alerts import audience
from outbound.flow.alerts.members import Members
from outbound.flow.alerts.steering import shard_tasks
from outbound.flow.selecting import selection

if TYPE_CHECKING:
    from collections.abc import Callable

    from outbound.domain.alert import Wave
    from outbound.domain.task import Task
    from outbound.flow.alerts.ports import SendPorts
    from outbound.flow.selecting import Selection


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
        page = audience.read(alert, wave, shard, point.after, chosen, ports)
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


def _selection(alert: Alert, ports: SendPorts) -> Selection | None:
    if alert.settings.target.segment is None or alert.settings.drill:
        return None
    meant = ports.runs.audience(run_of(alert, alert.waves[0]))
    return selection(meant, ports.expressions) if meant else None
