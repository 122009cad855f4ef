"""Steering: an alert is approved by a second person, or cancelled; twice is once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from outbound.domain.alert import Alert, AlertState, Approval, begins, may_become, run_of
from outbound.domain.errors import Refusal
from outbound.domain.key import check_purpose
from outbound.domain.run import Phase, Run
from outbound.domain.shards import SHARDS
from outbound.domain.task import Task, Work
from outbound.domain.words import Purpose
from outbound.flow import selecting

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from outbound.domain.alert import Wave
    from outbound.domain.key import ApiKey
    from outbound.flow.alerts.ports import AlertPorts, SendPorts

TRIES = 5


def approve(alert: Alert, key: ApiKey, ports: AlertPorts) -> Alert:
    """Send an alert that somebody else has asked for.

    Raises:
        Refusal: it is the same person, or nobody; or the alert is over.
    """
    check_purpose(key, Purpose.EMERGENCY, "")
    if key.person is None:
        detail = "An alert is approved by a person: an operator makes their key, with --person."
        raise Refusal("person_required", detail)
    if key.person == alert.person or key.id == alert.created_by:
        detail = "Who asked for an alert can't approve it: that takes a second person."
        raise Refusal("approval_by_another_person", detail)
    if alert.approval is not None and alert.state is not AlertState.CANCELLED:
        return alert
    now = ports.clock.now()
    if alert.state is not AlertState.AWAITING_APPROVAL or alert.settings.expires_at <= now:
        raise _wrong(alert, now, "approved", "one that awaits it and has not expired")
    return begin(alert, ports, approval=Approval(key.person, key.id, now))


def cancel(alert: Alert, ports: AlertPorts) -> Alert:
    """Send no more of an alert, within 10 seconds; who has it isn't told.

    Raises:
        Refusal: it has finished.
    """
    if alert.state is AlertState.CANCELLED:
        return alert
    now = ports.clock.now()
    if not may_become(alert, AlertState.CANCELLED):
        raise _wrong(alert, now, "cancelled", "one that has not finished")
    return _write(replace(alert, state=AlertState.CANCELLED, reason="requested"), now, ports)


def begin(alert: Alert, ports: AlertPorts, *, approval: Approval | None) -> Alert:
    """Let it go out; first what it takes the place of goes out no more.

    Raises:
        Refusal: its segment is gone, or somebody else was quicker.
    """
    now = ports.clock.now()
    begun = replace(alert, state=AlertState.SENDING, approval=approval, launched_at=now)
    _keep_audience(begun, ports)
    for earlier in alert.settings.references:
        _supersede(alert.tenant, earlier, now, ports)
    # Whoever looks after alerts hears of it first: one that nobody looks after is lost.
    ports.alerts.attend(alert.tenant, alert.id)
    written = _write(begun, now, ports)
    open_wave(written, written.waves[0], ports)
    return written


def open_wave(alert: Alert, wave: Wave, ports: AlertPorts | SendPorts) -> Run:
    """Begin a wave, if it isn't begun, and have its shards read."""
    run, now = run_of(alert, wave), ports.clock.now()
    shards = 1 if alert.settings.drill else SHARDS
    opened = ports.runs.open(
        Run(
            ref=run,
            at=begins(alert, wave),
            phase=Phase.REST,
            shards=shards,
            swept=now,
            moved_at=now,
            settled_at=now,
        )
    )
    ports.tasks.send(shard_tasks(alert, wave, range(shards)))
    return opened


def shard_tasks(alert: Alert, wave: Wave, shards: Iterable[int]) -> list[Task]:
    """The work of a wave on some of its shards."""
    return [Task(Work.ALERT, f"{alert.id}#{wave.number}#{each}", alert.tenant) for each in shards]


def _keep_audience(alert: Alert, ports: AlertPorts) -> None:
    """Who is meant is the same in all waves: as the segment was when the alert began."""
    segment = alert.settings.target.segment
    if segment is None or alert.settings.drill:
        return
    meant = selecting.whole(selecting.find(segment, alert.tenant, ports.segments), ports.segments)
    ports.runs.keep_audience(run_of(alert, alert.waves[0]), meant)


def _supersede(tenant: str, alert_id: str, now: datetime, ports: AlertPorts) -> None:
    for _ in range(TRIES):
        alert = ports.alerts.get(tenant, alert_id)
        if alert is None or not may_become(alert, AlertState.CANCELLED):
            return
        ended = replace(alert, state=AlertState.CANCELLED, reason="superseded")
        if ports.alerts.replace(replace(ended, updated_at=now, version=alert.version + 1)):
            return
    raise _changed()


def _write(alert: Alert, now: datetime, ports: AlertPorts) -> Alert:
    written = replace(alert, updated_at=now, version=alert.version + 1)
    if not ports.alerts.replace(written):
        raise _changed()
    return written


def _changed() -> Refusal:
    detail = "Somebody else has just changed this alert. Look at it, and try again."
    return Refusal("alert_changed", detail)


def _wrong(alert: Alert, now: datetime, done: str, which: str) -> Refusal:
    state = "expired" if alert.settings.expires_at <= now else alert.state
    return Refusal("wrong_alert_state", f"The alert is {state}; only {which} can be {done}.")
