"""What the delivery of chunks works with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from outbound.flow.deliver import Deliver
    from outbound.flow.measure import Terms
    from outbound.ports import BulkCarrier, ChunkQueue, Organisations, Runs


@dataclass(frozen=True, slots=True)
class Bulk:
    """`carrier` takes many messages in a call; without it each goes alone.

    `together` is how many a call may have, given the worker's share of the channel's rate.
    """

    deliver: Deliver
    runs: Runs
    terms: Terms
    organisations: Organisations
    queue: ChunkQueue
    carrier: BulkCarrier | None = None
    together: int = 1


@dataclass(frozen=True, slots=True)
class Worker:
    """Who works a chunk off.

    `may_go_on` says whether there is time for another call. `at_pace` does what calls a provider,
    and takes its time for as many messages as that says were handed over.
    """

    may_go_on: Callable[[], bool]
    at_pace: Callable[[Callable[[], int]], None]
