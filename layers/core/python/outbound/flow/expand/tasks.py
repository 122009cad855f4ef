"""Tasks: the work on campaigns that is queued, by what it is for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outbound.domain.run import RunRef
from outbound.domain.task import Task, Work

if TYPE_CHECKING:
    from outbound.domain.run import Phase


def tend_task(tenant: str, campaign_id: str) -> Task:
    """The work of looking after a campaign once."""
    return Task(Work.TEND, campaign_id, tenant)


def shard_task(run: RunRef, phase: Phase, shard: int) -> Task:
    """The work on one shard of a run."""
    return Task(Work.EXPAND, f"{run.campaign}#{run.id}#{phase}#{shard}", run.tenant)


def review_task(run: RunRef) -> Task:
    """The work of looking through a run."""
    return Task(Work.REVIEW, f"{run.campaign}#{run.id}", run.tenant)


def export_task(run: RunRef) -> Task:
    """The work on the export of a run."""
    return Task(Work.EXPORT, f"{run.campaign}#{run.id}", run.tenant)


def run_of(task: Task) -> RunRef:
    """The run that a task of a review or an export names."""
    campaign_id, run_id = task.id.split("#")
    return RunRef(task.tenant, campaign_id, run_id)
