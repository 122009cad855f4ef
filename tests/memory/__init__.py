"""The ports of the flow, in memory: stateful, and as strict as the real ones."""

from tests.memory.alerts import MemoryAlerts
from tests.memory.anchors import MemoryAnchorDays, MemoryAnchors
from tests.memory.attempts import MemoryAttempts
from tests.memory.budgets import MemoryBudgets
from tests.memory.campaigns import MemoryCampaigns, MemoryRuns, MemoryRunTraces
from tests.memory.carrier import MemoryCarrier
from tests.memory.changes import MemoryAccountLists, MemoryChanges
from tests.memory.clock import MemoryClock, MemoryTokens
from tests.memory.contact_imports import MemoryContactImports, MemoryImportFiles
from tests.memory.contacts import MemoryContacts
from tests.memory.corrections import MemoryCorrections
from tests.memory.correlation import MemoryCorrelation
from tests.memory.coupons import MemoryCouponPools
from tests.memory.cursor import MemoryCursor
from tests.memory.erasures import MemoryErasures
from tests.memory.estimates import MemoryEstimates
from tests.memory.event_rules import MemoryEventRules
from tests.memory.idempotency import MemoryIdempotency
from tests.memory.inbound import MemoryLastWords
from tests.memory.keys import MemoryKeys
from tests.memory.ledger import MemoryContactHeads, MemoryLedger
from tests.memory.media import MemoryFiles, MemoryMedia
from tests.memory.messages import MemoryMessages
from tests.memory.organisations import MemoryOrganisations
from tests.memory.programmes import MemoryProgrammes
from tests.memory.queue import MemoryQueue
from tests.memory.receipts import MemoryHeldReceipts
from tests.memory.reminders import MemoryReminders, MemoryScheduler
from tests.memory.renderer import MemoryRenderer
from tests.memory.run_exports import MemoryExportFiles, MemoryRunExports
from tests.memory.segments import MemorySegments
from tests.memory.short_links import MemoryShortLinks
from tests.memory.signals import MemorySignals
from tests.memory.soft_bounces import MemorySoftBounces
from tests.memory.stats import MemoryStats
from tests.memory.stops import MemoryStops
from tests.memory.suppressions import MemoryImports, MemorySuppressions
from tests.memory.tasks import MemoryTasks
from tests.memory.templates import MemoryTemplates
from tests.memory.testers import MemoryTesters
from tests.memory.webhooks import MemoryWebhooks
from tests.memory.world import World

__all__ = [
    "MemoryAccountLists",
    "MemoryAlerts",
    "MemoryAnchorDays",
    "MemoryAnchors",
    "MemoryAttempts",
    "MemoryBudgets",
    "MemoryCampaigns",
    "MemoryCarrier",
    "MemoryChanges",
    "MemoryClock",
    "MemoryContactHeads",
    "MemoryContactImports",
    "MemoryContacts",
    "MemoryCorrections",
    "MemoryCorrelation",
    "MemoryCouponPools",
    "MemoryCursor",
    "MemoryErasures",
    "MemoryEstimates",
    "MemoryEventRules",
    "MemoryExportFiles",
    "MemoryFiles",
    "MemoryHeldReceipts",
    "MemoryIdempotency",
    "MemoryImportFiles",
    "MemoryImports",
    "MemoryKeys",
    "MemoryLastWords",
    "MemoryLedger",
    "MemoryMedia",
    "MemoryMessages",
    "MemoryOrganisations",
    "MemoryProgrammes",
    "MemoryQueue",
    "MemoryReminders",
    "MemoryRenderer",
    "MemoryRunExports",
    "MemoryRunTraces",
    "MemoryRuns",
    "MemoryScheduler",
    "MemorySegments",
    "MemoryShortLinks",
    "MemorySignals",
    "MemorySoftBounces",
    "MemoryStats",
    "MemoryStops",
    "MemorySuppressions",
    "MemoryTasks",
    "MemoryTemplates",
    "MemoryTesters",
    "MemoryTokens",
    "MemoryWebhooks",
    "World",
]
