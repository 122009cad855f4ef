"""Progress: what has become of an alert so far, by region and channel, and step by step."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

from outbound.domain.alert import begins, run_of, split_place
from outbound.domain.message import Status
from outbound.domain.run import expanded
from outbound.domain.tally import STATUS, VARIANT, Tally

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from outbound.domain.alert import Alert, Wave
    from outbound.domain.run import Run, RunRef
    from outbound.ports import Alerts, Runs


class Meant(StrEnum):
    """Whom a step is for."""

    ALL = "all"
    NOT_REACHED = "not_reached"
    NOT_ACKNOWLEDGED = "not_acknowledged"


@dataclass(frozen=True, slots=True)
class Step:
    """A going out, done or to come: when, by what and for whom; `at` is None before approval.

    `recipients` counts messages, one for each contact and channel; `statuses` what they became.
    """

    wave: Wave
    at: datetime | None
    meant: Meant
    begun: bool = False
    expanded: bool = False
    recipients: int = 0
    statuses: Mapping[Status, int] = field(default_factory=dict)
    cost: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Progress:
    """Messages, and who has read it, by region and channel; the cost of all messages so far."""

    places: Mapping[tuple[str, str], Mapping[Status, int]] = field(default_factory=dict)
    read: Mapping[tuple[str, str], int] = field(default_factory=dict)
    steps: tuple[Step, ...] = ()
    cost: Decimal = Decimal(0)

    @property
    def statuses(self) -> Mapping[Status, int]:
        """All together."""
        return sum((Counter(each) for each in self.places.values()), Counter())

    @property
    def acknowledged(self) -> Mapping[str, int]:
        """Who has read it, by channel alone."""
        counts: Counter[str] = Counter()
        for (_, channel), count in self.read.items():
            counts[channel] += count
        return dict(sorted(counts.items()))

    @property
    def waves(self) -> int:
        """How often it has gone out."""
        return sum(each.begun for each in self.steps)

    @property
    def expanded(self) -> bool:
        """Whether the audience was read to its end each time."""
        return self.waves > 0 and all(each.expanded for each in self.steps if each.begun)


def progress_of(alert: Alert, alerts: Alerts, runs: Runs) -> Progress:
    """How far an alert is; counts follow what happens within seconds."""
    begun = {run.ref: run for run in runs.of(alert.tenant, alert.id)}
    tallies = {ref: runs.tally(ref) for ref in begun}
    steps = tuple(_step(alert, each, begun, tallies, runs) for each in alert.waves)
    tally = sum(tallies.values(), Tally())
    return Progress(
        places=_places(tally),
        read=alerts.acknowledgements(alert.tenant, alert.id) if begun else {},
        steps=steps,
        cost=tally.cost,
    )


def _step(
    alert: Alert,
    wave: Wave,
    begun: Mapping[RunRef, Run],
    tallies: Mapping[RunRef, Tally],
    runs: Runs,
) -> Step:
    at = begins(alert, wave) if alert.launched_at else None
    meant = Meant.NOT_REACHED if wave.missed else Meant.NOT_ACKNOWLEDGED
    step = Step(wave, at, meant if wave.number else Meant.ALL)
    run = begun.get(run_of(alert, wave)) if at else None
    if run is None:
        return step
    points, tally = runs.points(run.ref), tallies[run.ref]
    return replace(
        step,
        begun=True,
        expanded=expanded(points, run),
        recipients=sum(each.recipients for each in points),
        statuses={Status(name): count for name, count in tally.under(STATUS).items()},
        cost=tally.cost,
    )


def _places(tally: Tally) -> Mapping[tuple[str, str], Mapping[Status, int]]:
    places: defaultdict[tuple[str, str], dict[Status, int]] = defaultdict(dict)
    for name, count in tally.under(VARIANT).items():
        place, _, status = name.rpartition(":")
        places[split_place(place)][Status(status)] = count
    return dict(sorted(places.items()))
