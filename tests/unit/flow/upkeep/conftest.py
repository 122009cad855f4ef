"""Background work over memory."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

from outbound.domain.ledger import Happening, Written, chained
from outbound.flow.mirrored import MirroredSuppressions
from outbound.flow.upkeep.anchoring import AnchorPorts
from outbound.flow.upkeep.mirroring import MirrorPorts
from tests import memory

if TYPE_CHECKING:
    from outbound.domain.contact import ChainHead

SECRET = b"a secret of the tests"


@dataclass
class Upkeep:
    clock: memory.MemoryClock = field(default_factory=memory.MemoryClock)
    ledger: memory.MemoryLedger = field(default_factory=memory.MemoryLedger)
    days: memory.MemoryAnchorDays = field(default_factory=memory.MemoryAnchorDays)
    anchors: memory.MemoryAnchors = field(default_factory=memory.MemoryAnchors)
    tasks: memory.MemoryTasks = field(default_factory=memory.MemoryTasks)
    signals: memory.MemorySignals = field(default_factory=memory.MemorySignals)
    changes: memory.MemoryChanges = field(default_factory=memory.MemoryChanges)
    lists: memory.MemoryAccountLists = field(default_factory=memory.MemoryAccountLists)
    store: memory.MemorySuppressions = field(
        default_factory=lambda: memory.MemorySuppressions(SECRET)
    )

    @property
    def anchor_ports(self) -> AnchorPorts:
        return AnchorPorts(
            self.clock, self.ledger, self.days, self.anchors, self.tasks, self.signals
        )

    @property
    def mirror_ports(self) -> MirrorPorts:
        return MirrorPorts(
            self.clock, self.store, self.changes, self.lists, self.tasks, self.signals
        )

    @property
    def suppressions(self) -> MirroredSuppressions:
        return MirroredSuppressions(self.store, self.changes, self.clock, SECRET)

    def write(self, tenant="clinic", chain="c1", **facts) -> ChainHead:
        """Something happens now, in a chain."""
        happening = Happening("noted", self.clock.now(), "key_1", facts)
        head = self.ledger.head(tenant, chain)
        (entry,), head = chained(
            [happening],
            head,
            tenant=tenant,
            chain=chain,
            secret=SECRET,
            salts=["a salt"],
            now=self.clock.now(),
        )
        assert self.ledger.append(tenant, chain, [Written(entry)])
        return head


@pytest.fixture
def upkeep() -> Upkeep:
    return Upkeep()
