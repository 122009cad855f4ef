"""All ports in memory."""

from __future__ import annotations

import copy
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any

from outbound.adapters.composing.composer import EmailComposer
from outbound.domain.two_way import TwoWayNumbers
from outbound.flow.asking import Gate
from tests.memory.alerts import MemoryAlerts
from tests.memory.attempts import MemoryAttempts
from tests.memory.budgets import MemoryBudgets
from tests.memory.campaigns import MemoryCampaigns, MemoryRuns
from tests.memory.carrier import MemoryCarrier
from tests.memory.changes import MemoryChanges
from tests.memory.clock import MemoryClock, MemoryTokens
from tests.memory.contacts import MemoryContacts
from tests.memory.corrections import MemoryCorrections
from tests.memory.correlation import MemoryCorrelation
from tests.memory.coupons import MemoryCouponPools
from tests.memory.cursor import MemoryCursor
from tests.memory.erasures import MemoryErasures
from tests.memory.idempotency import MemoryIdempotency
from tests.memory.inbound import MemoryLastWords
from tests.memory.keys import MemoryKeys
from tests.memory.ledger import MemoryLedger
from tests.memory.media import MemoryFiles, MemoryMedia
from tests.memory.messages import MemoryMessages
from tests.memory.organisations import MemoryOrganisations
from tests.memory.programmes import MemoryProgrammes
from tests.memory.queue import MemoryChunkQueue, MemoryQueue
from tests.memory.receipts import MemoryHeldReceipts
from tests.memory.reminders import MemoryReminders, MemoryScheduler
from tests.memory.renderer import MemoryRenderer
from tests.memory.run_exports import MemoryExportFiles, MemoryRunExports
from tests.memory.segments import MemorySegments
from tests.memory.settled import RULEBOOK, SECRET, SENDERS, TERMS
from tests.memory.short_links import MemoryShortLinks
from tests.memory.signals import MemorySignals
from tests.memory.soft_bounces import MemorySoftBounces
from tests.memory.stops import MemoryStops
from tests.memory.suppressions import MemorySuppressions
from tests.memory.tasks import MemoryTasks
from tests.memory.templates import MemoryTemplates
from tests.memory.testers import MemoryTesters

if TYPE_CHECKING:
    from outbound.domain.rules.jurisdiction import Rulebook
    from outbound.domain.sender import Senders
    from outbound.domain.words import Purpose
    from outbound.flow.measure import Terms

STORES = (
    "contacts",
    "suppressions",
    "soft_bounces",
    "ledger",
    "erasures",
    "tasks",
    "messages",
    "correlation",
    "idempotency",
    "templates",
    "organisations",
    "testers",
    "keys",
    "campaigns",
    "alerts",
    "budgets",
    "runs",
    "run_exports",
    "export_files",
    "segments",
    "chunks",
    "media",
    "files",
    "coupons",
    "short_links",
    "queue",
    "held",
    "cursor",
    "stops",
    "last_words",
    "reminders",
    "scheduler",
    "reminder_tasks",
    "programmes",
    "attempts",
    "corrections",
    "carrier",
)


@dataclass
class Stores:
    """Change a part by giving another one, or by replacing it on the stage's ports."""

    terms: Terms = TERMS
    senders: Senders = SENDERS
    clock: MemoryClock = field(default_factory=MemoryClock)
    tokens: MemoryTokens = field(default_factory=MemoryTokens)
    suppressions: MemorySuppressions = field(default_factory=lambda: MemorySuppressions(SECRET))
    soft_bounces: MemorySoftBounces = field(default_factory=MemorySoftBounces)
    ledger: MemoryLedger = field(default_factory=MemoryLedger)
    changes: MemoryChanges = field(default_factory=MemoryChanges)
    erasures: MemoryErasures = field(default_factory=MemoryErasures)
    tasks: MemoryTasks = field(default_factory=MemoryTasks)
    rulebook: Rulebook = RULEBOOK
    idempotency: MemoryIdempotency = field(default_factory=MemoryIdempotency)
    templates: MemoryTemplates = field(default_factory=MemoryTemplates)
    organisations: MemoryOrganisations = field(default_factory=MemoryOrganisations)
    testers: MemoryTesters = field(default_factory=MemoryTesters)
    keys: MemoryKeys = field(default_factory=MemoryKeys)
    budgets: MemoryBudgets = field(default_factory=MemoryBudgets)
    runs: MemoryRuns = field(default_factory=MemoryRuns)
    run_exports: MemoryRunExports = field(default_factory=MemoryRunExports)
    export_files: MemoryExportFiles = field(default_factory=MemoryExportFiles)
    segments: MemorySegments = field(default_factory=MemorySegments)
    chunks: MemoryChunkQueue = field(default_factory=MemoryChunkQueue)
    media: MemoryMedia = field(default_factory=MemoryMedia)
    files: MemoryFiles = field(default_factory=MemoryFiles)
    coupons: MemoryCouponPools = field(default_factory=MemoryCouponPools)
    queue: MemoryQueue = field(default_factory=MemoryQueue)
    cursor: MemoryCursor = field(default_factory=MemoryCursor)
    stops: MemoryStops = field(default_factory=MemoryStops)
    last_words: MemoryLastWords = field(default_factory=MemoryLastWords)
    programmes: MemoryProgrammes = field(default_factory=MemoryProgrammes)
    corrections: MemoryCorrections = field(default_factory=MemoryCorrections)
    attempts: MemoryAttempts = field(default_factory=MemoryAttempts)
    numbers: TwoWayNumbers = field(default_factory=TwoWayNumbers)
    stop_scope: frozenset[Purpose] | None = None
    renderer: MemoryRenderer = field(default_factory=MemoryRenderer)
    composer: EmailComposer = field(default_factory=EmailComposer)
    signals: MemorySignals = field(default_factory=MemorySignals)
    carrier: MemoryCarrier = field(default_factory=MemoryCarrier)
    rehearsal: MemoryCarrier = field(
        default_factory=lambda: MemoryCarrier("rehearsal", tags_come_back=True)
    )
    mms: bool = True
    contacts: MemoryContacts = field(init=False)
    campaigns: MemoryCampaigns = field(init=False)
    alerts: MemoryAlerts = field(init=False)
    messages: MemoryMessages = field(init=False)
    correlation: MemoryCorrelation = field(init=False)
    held: MemoryHeldReceipts = field(init=False)
    short_links: MemoryShortLinks = field(init=False)
    reminders: MemoryReminders = field(init=False)
    scheduler: MemoryScheduler = field(init=False)
    reminder_tasks: MemoryTasks = field(default_factory=MemoryTasks)

    def __post_init__(self) -> None:
        self.contacts = MemoryContacts(self.suppressions, self.ledger)
        self.messages = MemoryMessages(self.clock, SECRET)
        self.campaigns = MemoryCampaigns(self.clock)
        self.alerts = MemoryAlerts(self.clock)
        self.correlation = MemoryCorrelation(self.clock)
        self.held = MemoryHeldReceipts(self.clock)
        self.short_links = MemoryShortLinks(self.clock)
        self.reminders = MemoryReminders(self.clock)
        self.scheduler = MemoryScheduler(self.clock)

    @property
    def gate(self) -> Gate:
        return Gate(self.contacts, self.rulebook, SECRET)

    def snapshot(self) -> dict[str, Any]:
        """All that is stored, queued or handed over; equal when nothing was written between."""
        return {
            f"{name}.{each.name}": copy.deepcopy(getattr(store, each.name))
            for name in STORES
            for store in (getattr(self, name),)
            for each in fields(store)
            if each.compare
        }
