"""Reporting: what has become of a campaign's recipients, run by run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from outbound.domain.run import Phase, expanded
from outbound.domain.tally import Tally
from outbound.flow.manage.campaigns import find

if TYPE_CHECKING:
    from outbound.domain.campaign import Campaign
    from outbound.domain.key import ApiKey
    from outbound.domain.run import Run
    from outbound.ports import Campaigns, Runs

SHOWN = 20
"""Runs of a report: of a campaign that repeats, the last."""


@dataclass(frozen=True, slots=True)
class RunReport:
    """A run. `recipients` are those found so far; `expanded` says that these are all."""

    run: Run
    recipients: int
    expanded: bool
    tally: Tally

    @property
    def waiting(self) -> int:
        """Who stands in a chunk, and has no message as yet."""
        return max(0, self.recipients - self.tally.settled - self.tally.open)


@dataclass(frozen=True, slots=True)
class Report:
    """A campaign with its runs, newest first, and all of them together."""

    campaign: Campaign
    runs: tuple[RunReport, ...]

    @property
    def recipients(self) -> int:
        """Of all runs."""
        return sum(each.recipients for each in self.runs)

    @property
    def waiting(self) -> int:
        """Of all runs."""
        return sum(each.waiting for each in self.runs)

    @property
    def tally(self) -> Tally:
        """Of all runs."""
        return sum((each.tally for each in self.runs), Tally())


def report(campaign_id: str, key: ApiKey, campaigns: Campaigns, runs: Runs) -> Report:
    """The report of a campaign, as it is now.

    Raises:
        Refusal: there is no such campaign.
    """
    campaign = find(campaign_id, key, campaigns)
    newest = list(runs.of(campaign.tenant, campaign.id))[: -SHOWN - 1 : -1]
    return Report(campaign, tuple(_of(each, runs) for each in newest))


def _of(run: Run, runs: Runs) -> RunReport:
    points = runs.points(run.ref)
    return RunReport(
        run=run,
        recipients=sum(point.recipients for point in points),
        expanded=run.phase is Phase.REST and expanded(points, run),
        tally=runs.tally(run.ref),
    )
