"""Progress: what has become of an alert so far, by region and channel."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from outbound.domain.message import Status
from outbound.domain.run import Phase
from outbound.domain.tally import VARIANT, Tally

if TYPE_CHECKING:
    from collections.abc import Mapping

    from outbound.domain.alert import Alert
    from outbound.ports import Alerts, Runs


@dataclass(frozen=True, slots=True)
class Progress:
    """Messages by region, channel and status; who has read it, by channel; the waves begun."""

    places: Mapping[tuple[str, str], Mapping[Status, int]] = field(default_factory=dict)
    acknowledged: Mapping[str, int] = field(default_factory=dict)
    waves: int = 0
    expanded: bool = False
    cost: Decimal = Decimal(0)

    @property
    def statuses(self) -> Mapping[Status, int]:
        """All together."""
        return sum((Counter(each) for each in self.places.values()), Counter())


def progress_of(alert: Alert, alerts: Alerts, runs: Runs) -> Progress:
    """How far an alert is; counts follow what happens within seconds."""
    begun = runs.of(alert.tenant, alert.id)
    tally = sum((runs.tally(run.ref) for run in begun), Tally())
    done = [
        sum(each.done for each in runs.points(run.ref) if each.phase is Phase.REST) == run.shards
        for run in begun
    ]
    return Progress(
        places=_places(tally),
        acknowledged=alerts.acknowledgements(alert.tenant, alert.id) if begun else {},
        waves=len(begun),
        expanded=bool(done) and all(done),
        cost=tally.cost,
    )


def _places(tally: Tally) -> Mapping[tuple[str, str], Mapping[Status, int]]:
    places: defaultdict[tuple[str, str], dict[Status, int]] = defaultdict(dict)
    for name, count in tally.under(VARIANT).items():
        place, _, status = name.rpartition(":")
        region, _, channel = place.rpartition(".")
        places[region, channel][Status(status)] = count
    return dict(sorted(places.items()))
