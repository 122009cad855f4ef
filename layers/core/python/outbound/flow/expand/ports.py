"""What the expansion of campaigns works with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import timedelta

    from outbound.domain.rules.jurisdiction import Rulebook
    from outbound.ports import (
        Campaigns,
        ChunkQueue,
        Clock,
        Contacts,
        Expressions,
        Messages,
        Runs,
        SegmentReader,
        Signals,
        Stops,
        Tasks,
    )


@dataclass(frozen=True, slots=True)
class Expand:
    """`tasks` is the queue of this part's own work; for `retention` chunks and messages stay."""

    clock: Clock
    secret: bytes
    campaigns: Campaigns
    runs: Runs
    messages: Messages
    contacts: Contacts
    segments: SegmentReader
    expressions: Expressions
    rulebook: Rulebook
    queue: ChunkQueue
    tasks: Tasks
    stops: Stops
    signals: Signals
    retention: timedelta
