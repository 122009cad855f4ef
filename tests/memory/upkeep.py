"""Background work over memory."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from outbound.domain.contact import ChainHead, Contact
from outbound.domain.ids import contact_key
from outbound.domain.ledger import Happening, Written, chained
from outbound.domain.suppression import ANY_TENANT
from outbound.flow.auditing import AuditPorts
from outbound.flow.mirrored import MirroredSuppressions
from outbound.flow.upkeep.anchoring import AnchorPorts
from outbound.flow.upkeep.importing import ImportPorts
from outbound.flow.upkeep.mirroring import MirrorPorts
from outbound.flow.upkeep.verifying import VerifyPorts
from tests.memory.anchors import MemoryAnchorDays, MemoryAnchors
from tests.memory.changes import MemoryAccountLists, MemoryChanges
from tests.memory.clock import MemoryClock, MemoryTokens
from tests.memory.erasures import MemoryErasures
from tests.memory.ledger import MemoryContactHeads, MemoryLedger
from tests.memory.signals import MemorySignals
from tests.memory.suppressions import MemoryImports, MemorySuppressions
from tests.memory.tasks import MemoryTasks

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

SECRET = b"a secret of the tests"


@dataclass
class Upkeep:
    """All that background work touches; `contacts` are those who remember a chain."""

    clock: MemoryClock = field(default_factory=MemoryClock)
    ledger: MemoryLedger = field(default_factory=MemoryLedger)
    contacts: dict[tuple[str, str], Contact] = field(default_factory=dict)
    days: MemoryAnchorDays = field(default_factory=MemoryAnchorDays)
    anchors: MemoryAnchors = field(default_factory=MemoryAnchors)
    tasks: MemoryTasks = field(default_factory=MemoryTasks)
    signals: MemorySignals = field(default_factory=MemorySignals)
    changes: MemoryChanges = field(default_factory=MemoryChanges)
    lists: MemoryAccountLists = field(default_factory=MemoryAccountLists)
    erasures: MemoryErasures = field(default_factory=MemoryErasures)
    imports: MemoryImports = field(default_factory=MemoryImports)
    store: MemorySuppressions = field(default_factory=lambda: MemorySuppressions(SECRET))
    opt_out_lists: Mapping[str, Sequence[str]] = field(
        default_factory=lambda: {ANY_TENANT: ["Default"]}
    )

    @property
    def anchor_ports(self) -> AnchorPorts:
        return AnchorPorts(
            self.clock, self.ledger, self.days, self.anchors, self.tasks, self.signals
        )

    @property
    def mirror_ports(self) -> MirrorPorts:
        return MirrorPorts(
            self.clock,
            self.store,
            self.changes,
            self.lists,
            self.tasks,
            self.signals,
            self.erasures,
        )

    @property
    def verify_ports(self) -> VerifyPorts:
        return VerifyPorts(self.anchor_ports, MemoryContactHeads(self.contacts), SECRET)

    @property
    def import_ports(self) -> ImportPorts:
        audit = AuditPorts(self.clock, MemoryTokens(), SECRET, self.ledger)
        return ImportPorts(self.store, self.imports, audit, self.opt_out_lists)

    @property
    def suppressions(self) -> MirroredSuppressions:
        return MirroredSuppressions(self.store, self.changes, self.clock, SECRET)

    def write(self, tenant: str = "clinic", chain: str = "c1", **facts: str) -> ChainHead:
        """Something happens now, in a chain."""
        happening = Happening("noted", self.clock.now(), "key_1", facts)
        (entry,), head = chained(
            [happening],
            self.ledger.head(tenant, chain),
            tenant=tenant,
            chain=chain,
            secret=SECRET,
            salts=["a salt"],
            now=self.clock.now(),
        )
        assert self.ledger.append(tenant, chain, [Written(entry)])
        return head

    def say(self, contact_id: str, tenant: str = "clinic", **facts: str) -> None:
        """A contact says something now."""
        head = self.write(tenant, chain_of(contact_id, tenant), **facts)
        self.contacts[tenant, contact_id] = Contact(contact_id, tenant, chain=head)


def chain_of(contact_id: str, tenant: str = "clinic") -> str:
    """The chain of a contact."""
    return contact_key(SECRET, tenant, contact_id)
