"""Exports of runs as their callers see them: begun, looked at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from outbound.domain.errors import Refusal
from outbound.domain.run_export import KEPT, ExportState, RunExport
from outbound.flow.expand.tasks import export_task
from outbound.flow.manage.campaigns import find

if TYPE_CHECKING:
    from outbound.domain.key import ApiKey
    from outbound.domain.run import Run
    from outbound.ports import Campaigns, Clock, ExportFiles, RunExports, Runs, Tasks

ON_THE_HOUR = 0


@dataclass(frozen=True, slots=True)
class ExportPorts:
    """What the keeping of exports works with."""

    clock: Clock
    campaigns: Campaigns
    runs: Runs
    exports: RunExports
    files: ExportFiles
    tasks: Tasks


def start(campaign_id: str, run_id: str | None, key: ApiKey, ports: ExportPorts) -> RunExport:
    """Have a run exported, the newest if none is named; what is under way is only queued again.

    Raises:
        Refusal: there is no such campaign or run, or another began its export just now.
    """
    run = _run(campaign_id, run_id, key, ports)
    kept = ports.exports.get(run.ref)
    if kept is None or kept.state is not ExportState.RUNNING or _past(kept, ports):
        fresh = RunExport(
            run=run.ref,
            began_at=ports.clock.now(),
            complete=run.closed_at is not None,
            recipients=sum(point.recipients for point in ports.runs.points(run.ref)),
            version=kept.version + 1 if kept else 1,
        )
        # Whoever looks for what nobody works on hears of it first.
        ports.exports.attend(run.ref, fresh.began_at)
        if not ports.exports.put(fresh):
            detail = "Another has just begun to export the run. Try again."
            raise Refusal("export_busy", detail, retry_after=1)
        kept = fresh
    ports.tasks.send([export_task(run.ref)])
    return kept


def look(campaign_id: str, run_id: str | None, key: ApiKey, ports: ExportPorts) -> RunExport:
    """How far the last export of a run is.

    Raises:
        Refusal: there is no such campaign or run, or it has no export.
    """
    run = _run(campaign_id, run_id, key, ports)
    kept = ports.exports.get(run.ref)
    if kept is None or _past(kept, ports):
        raise Refusal("unknown_export", "The run has no export, or had one too long ago.")
    return kept


def sweep(ports: ExportPorts) -> int:
    """On the hour, queue all exports that have begun and not ended. Returns how many."""
    now = ports.clock.now()
    if now.minute != ON_THE_HOUR:
        return 0
    tasks = []
    for ref, began_at in ports.exports.attended():
        if began_at + KEPT <= now:
            ports.exports.leave(ref, began_at)
        else:
            tasks.append(export_task(ref))
    ports.tasks.send(tasks)
    return len(tasks)


def _run(campaign_id: str, run_id: str | None, key: ApiKey, ports: ExportPorts) -> Run:
    campaign = find(campaign_id, key, ports.campaigns)
    runs = ports.runs.of(campaign.tenant, campaign.id)
    found = [run for run in runs if run_id in (None, run.ref.id)]
    if not found:
        raise Refusal("unknown_run", "The campaign has no such run, or none as yet.")
    return found[-1]


def _past(export: RunExport, ports: ExportPorts) -> bool:
    return export.began_at + KEPT <= ports.clock.now()
