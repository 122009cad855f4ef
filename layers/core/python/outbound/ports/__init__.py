"""What the flow needs from outside, as Protocols: stores, queue, channels, clock."""

from outbound.ports.alerts import Acknowledgement, AlertPage, Alerts
from outbound.ports.anchors import AnchorDays, Anchors, StoredAnchor
from outbound.ports.attempts import Attempts
from outbound.ports.budgets import Budgets
from outbound.ports.campaigns import BudgetSpent, CampaignPage, Campaigns, Runs
from outbound.ports.carriers import (
    BulkCarrier,
    Carrier,
    LookUpFailed,
    NumberLookUp,
    Outgoing,
    Signals,
)
from outbound.ports.catalog import (
    Claim,
    HeadPage,
    Idempotency,
    KeyPage,
    Keys,
    Stops,
    Templates,
    VersionPage,
    Versions,
)
from outbound.ports.clock import Clock, Tokens
from outbound.ports.composing import Composer
from outbound.ports.contact_imports import (
    Appointed,
    ContactImports,
    FileGone,
    ImportFiles,
    ImportPage,
    Row,
    RowReader,
    Rows,
    Unreadable,
    UploadedFile,
)
from outbound.ports.contacts import (
    AddressShared,
    ContactChange,
    ContactPage,
    Contacts,
    Known,
    Slots,
)
from outbound.ports.corrections import Corrections
from outbound.ports.coupons import Added, CouponPools
from outbound.ports.erasures import Erasures
from outbound.ports.event_rules import EventRules, RefusedPage
from outbound.ports.events import EventBus, EventsRefused
from outbound.ports.inbound import LastWords, Speakers, Tenants
from outbound.ports.ledger import ContactHeads, Ledger
from outbound.ports.links import Links
from outbound.ports.media import MediaCatalog, MediaFiles, MediaGone, UploadForm
from outbound.ports.messages import Claimed, Correlation, Cursor, Messages, Page
from outbound.ports.mirror import AccountLists, Changes
from outbound.ports.organisations import Organisations
from outbound.ports.programmes import KeywordTaken, ProgrammePage, Programmes
from outbound.ports.queues import ChunkQueue, HeldReceipts, Queue, Tasks
from outbound.ports.reach import Estimates
from outbound.ports.reminders import (
    Planned,
    ReminderPage,
    Reminders,
    Scheduler,
    Schedules,
)
from outbound.ports.rendering import MissingVariable, NoLink, Path, Renderer, TemplateFault, Uses
from outbound.ports.run_exports import ExportFiles, RowLines, RunExports, UploadGone
from outbound.ports.run_traces import RunTraces
from outbound.ports.segments import (
    ExpressionFault,
    Expressions,
    Predicate,
    SegmentPage,
    SegmentReader,
    Segments,
)
from outbound.ports.short_links import ShortLinks
from outbound.ports.stats import Stats
from outbound.ports.suppressions import Imports, SoftBounces, SuppressionPage, Suppressions
from outbound.ports.testers import TesterList, Testers
from outbound.ports.webhooks import Post, Posted, WebhookQueue, Webhooks

__all__ = [
    "AccountLists",
    "Acknowledgement",
    "Added",
    "AddressShared",
    "AlertPage",
    "Alerts",
    "AnchorDays",
    "Anchors",
    "Appointed",
    "Attempts",
    "BudgetSpent",
    "Budgets",
    "BulkCarrier",
    "CampaignPage",
    "Campaigns",
    "Carrier",
    "Changes",
    "ChunkQueue",
    "Claim",
    "Claimed",
    "Clock",
    "Composer",
    "ContactChange",
    "ContactHeads",
    "ContactImports",
    "ContactPage",
    "Contacts",
    "Corrections",
    "Correlation",
    "CouponPools",
    "Cursor",
    "Erasures",
    "Estimates",
    "EventBus",
    "EventRules",
    "EventsRefused",
    "ExportFiles",
    "ExpressionFault",
    "Expressions",
    "FileGone",
    "HeadPage",
    "HeldReceipts",
    "Idempotency",
    "ImportFiles",
    "ImportPage",
    "Imports",
    "KeyPage",
    "Keys",
    "KeywordTaken",
    "Known",
    "LastWords",
    "Ledger",
    "Links",
    "LookUpFailed",
    "MediaCatalog",
    "MediaFiles",
    "MediaGone",
    "Messages",
    "MissingVariable",
    "NoLink",
    "NumberLookUp",
    "Organisations",
    "Outgoing",
    "Page",
    "Path",
    "Planned",
    "Post",
    "Posted",
    "Predicate",
    "ProgrammePage",
    "Programmes",
    "Queue",
    "RefusedPage",
    "ReminderPage",
    "Reminders",
    "Renderer",
    "Row",
    "RowLines",
    "RowReader",
    "Rows",
    "RunExports",
    "RunTraces",
    "Runs",
    "Scheduler",
    "Schedules",
    "SegmentPage",
    "SegmentReader",
    "Segments",
    "ShortLinks",
    "Signals",
    "Slots",
    "SoftBounces",
    "Speakers",
    "Stats",
    "Stops",
    "StoredAnchor",
    "SuppressionPage",
    "Suppressions",
    "Tasks",
    "TemplateFault",
    "Templates",
    "Tenants",
    "TesterList",
    "Testers",
    "Tokens",
    "Unreadable",
    "UploadForm",
    "UploadGone",
    "UploadedFile",
    "Uses",
    "VersionPage",
    "Versions",
    "WebhookQueue",
    "Webhooks",
]
