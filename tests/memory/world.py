"""All ports in memory, and the stages of the platform over them."""

from __future__ import annotations

import copy
from dataclasses import dataclass, field, fields
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from outbound.adapters.composing.composer import EmailComposer
from outbound.adapters.expressions.expressions import JinjaExpressions
from outbound.adapters.jurisdictions import rulebook
from outbound.adapters.links import SignedLinks
from outbound.adapters.recipient_lines import RecipientLines
from outbound.adapters.speakers import SenderSpeakers
from outbound.domain.price import Caps, PriceList, Row, Unit
from outbound.domain.sender import Sender, Senders
from outbound.domain.two_way import TwoWayNumbers
from outbound.domain.words import Channel, Purpose
from outbound.flow.alerts.ports import AlertPorts, SendPorts
from outbound.flow.asking import Gate
from outbound.flow.auditing import AuditPorts
from outbound.flow.bulk.ports import Bulk
from outbound.flow.deliver import Deliver
from outbound.flow.enclosures import MediaIntake
from outbound.flow.erasing import ErasurePorts
from outbound.flow.expand.ports import Expand
from outbound.flow.exporting import ExportPorts
from outbound.flow.feedback import Feedback
from outbound.flow.forgetting import UnderWay
from outbound.flow.inbound import Inbound
from outbound.flow.intake import Intake
from outbound.flow.manage.campaigns import CampaignPorts
from outbound.flow.manage.contacts import ContactPorts
from outbound.flow.manage.coupons import CouponPorts
from outbound.flow.manage.keys import KeyPorts
from outbound.flow.manage.suppressions import SuppressionPorts
from outbound.flow.manage.templates import TemplatePorts
from outbound.flow.measure import Terms
from outbound.flow.media import MediaPorts
from outbound.flow.notices import NoticePorts
from outbound.flow.reminders.ports import ReminderPorts, TendingPorts
from outbound.flow.run_exports.keeping import ExportPorts as RunExportPorts
from outbound.flow.run_exports.withdrawing import Exported
from outbound.flow.run_exports.working import Exporting
from outbound.flow.schedule import Schedule
from outbound.flow.signing_up import SignUpPorts
from outbound.flow.talking import Talking
from outbound.flow.testers import TesterPorts
from outbound.flow.traces import Traces
from outbound.flow.unlisting import Lists
from outbound.flow.unsubscribing import PagePorts
from tests.memory.alerts import MemoryAlerts
from tests.memory.attempts import MemoryAttempts
from tests.memory.budgets import MemoryBudgets
from tests.memory.campaigns import MemoryCampaigns, MemoryRuns, MemoryRunTraces
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

SECRET = b"a secret of the tests"
LINKS = SignedLinks(["a key of the tests"], "https://pages.example.com")
LEASE = timedelta(seconds=60)
RETENTION = timedelta(days=30)
RATE = 10.0
PAGES_URL = "https://pages.example.com"


def make_prices(**amounts: dict[str | None, str]) -> PriceList:
    """Prices by unit and country: an amount, and the carriers' fee behind a plus."""
    rows = {}
    for name, by_country in amounts.items():
        for country, text in by_country.items():
            amount, _, fee = text.partition("+")
            unit = Unit[name.upper()]
            rows[unit, country] = Row(
                unit=unit,
                country=country,
                amount=Decimal(amount),
                carrier_fee=Decimal(fee) if fee else None,
                source="https://example.com",
                date=None,
                verified=True,
                note="",
            )
    return PriceList(rows)


PRICES = make_prices(
    emails={None: "0.1"}, sms_part={"US": "0.007+0.002"}, voice_minute={"US": "0.013"}
)
TERMS = Terms(PRICES, Caps(sms=Decimal("0.20"), voice_minute=Decimal("0.10")), "MATTHEW")
RULEBOOK = rulebook()
SENDERS = Senders(
    default=Sender("hello@example.com", "Example"),
    own={"clinic": (Sender("Hello@clinic.test", "Clinic"), Sender("news@clinic.test"))},
)
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
class World:
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

    @property
    def people(self) -> ContactPorts:
        return ContactPorts(self.clock, self.tokens, SECRET, self.contacts, self.ledger)

    @property
    def audit_ports(self) -> AuditPorts:
        return AuditPorts(self.clock, self.tokens, SECRET, self.ledger)

    @property
    def suppression_ports(self) -> SuppressionPorts:
        return SuppressionPorts(self.suppressions, self.audit_ports)

    @property
    def erasure_ports(self) -> ErasurePorts:
        return ErasurePorts(
            people=self.people,
            messages=self.messages,
            ledger=self.ledger,
            media=self.media,
            files=self.files,
            erasures=self.erasures,
            tasks=self.tasks,
            short_links=self.short_links,
            reminders=self.reminders,
            alerts=self.alerts,
            traces=Traces(
                SECRET, self.contacts, self.ledger, self.testers, self.corrections, self.changes
            ),
            lists=Lists(self.segments, self.campaigns),
            under_way=UnderWay(
                self.contacts, self.campaigns, self.alerts, self.runs, MemoryRunTraces(self.runs)
            ),
            exported=Exported(self.run_exports, self.export_files),
            schedules=lambda: self.scheduler,
        )

    @property
    def export_ports(self) -> ExportPorts:
        return ExportPorts(self.erasure_ports, self.last_words, self.coupons)

    @property
    def intake(self) -> Intake:
        return Intake(
            clock=self.clock,
            tokens=self.tokens,
            gate=self.gate,
            messages=self.messages,
            templates=self.templates,
            idempotency=self.idempotency,
            renderer=self.renderer,
            terms=self.terms,
            queue=self.queue,
            media=MediaIntake(self.media, self.files, mms=self.mms),
            senders=self.senders,
            coupons=self.coupons,
            pages_url=PAGES_URL,
            organisations=self.organisations,
        )

    @property
    def deliver(self) -> Deliver:
        return Deliver(
            channel=Channel.SMS,
            clock=self.clock,
            messages=self.messages,
            gate=self.gate,
            suppressions=self.suppressions,
            correlation=self.correlation,
            templates=self.templates,
            renderer=self.renderer,
            carrier=self.carrier,
            rehearsal=self.rehearsal,
            stops=self.stops,
            signals=self.signals,
            lease=LEASE,
            media=self.media,
            coupons=self.coupons,
            short_links=self.short_links,
            pages_url=PAGES_URL,
            mms=self.mms,
            campaigns=self.campaigns,
            alerts=self.alerts,
            budgets=self.budgets,
            senders=self.senders,
        )

    @property
    def bulk(self) -> Bulk:
        return Bulk(
            deliver=self.deliver,
            runs=self.runs,
            terms=self.terms,
            organisations=self.organisations,
            queue=self.chunks,
        )

    @property
    def expand(self) -> Expand:
        return Expand(
            clock=self.clock,
            secret=SECRET,
            campaigns=self.campaigns,
            runs=self.runs,
            messages=self.messages,
            contacts=self.contacts,
            segments=self.segments,
            expressions=JinjaExpressions(),
            rulebook=self.rulebook,
            queue=self.chunks,
            tasks=self.tasks,
            stops=self.stops,
            signals=self.signals,
            retention=RETENTION,
        )

    @property
    def run_export_ports(self) -> RunExportPorts:
        return RunExportPorts(
            clock=self.clock,
            campaigns=self.campaigns,
            runs=self.runs,
            exports=self.run_exports,
            files=self.export_files,
            tasks=self.tasks,
        )

    @property
    def run_exporting(self) -> Exporting:
        return Exporting(self.run_export_ports, self.messages, RecipientLines(), SECRET)

    @property
    def alert_ports(self) -> AlertPorts:
        return AlertPorts(
            clock=self.clock,
            tokens=self.tokens,
            alerts=self.alerts,
            runs=self.runs,
            templates=self.templates,
            renderer=self.renderer,
            segments=self.segments,
            testers=self.testers,
            gate=self.gate,
            organisations=self.organisations,
            idempotency=self.idempotency,
            tasks=self.tasks,
        )

    @property
    def campaign_ports(self) -> CampaignPorts:
        return CampaignPorts(
            clock=self.clock,
            tokens=self.tokens,
            campaigns=self.campaigns,
            runs=self.runs,
            templates=self.templates,
            coupons=self.coupons,
            senders=self.senders,
            segments=self.segments,
            renderer=self.renderer,
            organisations=self.organisations,
            idempotency=self.idempotency,
            tasks=self.tasks,
        )

    @property
    def alert_sending(self) -> SendPorts:
        return SendPorts(
            clock=self.clock,
            alerts=self.alerts,
            runs=self.runs,
            gate=self.gate,
            segments=self.segments,
            expressions=JinjaExpressions(),
            testers=self.testers,
            templates=self.templates,
            organisations=self.organisations,
            renderer=self.renderer,
            terms=self.terms,
            senders=self.senders,
            numbers=self.numbers,
            messages=self.messages,
            queue=self.queue,
            tasks=self.tasks,
            pages_url=PAGES_URL,
        )

    @property
    def feedback(self) -> Feedback:
        return Feedback(
            clock=self.clock,
            messages=self.messages,
            suppressions=self.suppressions,
            soft_bounces=self.soft_bounces,
            gate=self.gate,
            correlation=self.correlation,
            held=self.held,
            signals=self.signals,
        )

    @property
    def notices(self) -> NoticePorts:
        return NoticePorts(self.clock, SECRET, self.messages, self.queue)

    @property
    def speakers(self) -> SenderSpeakers:
        return SenderSpeakers(self.senders, self.organisations)

    @property
    def sign_up(self) -> SignUpPorts:
        return SignUpPorts(
            people=self.people,
            programmes=self.programmes,
            attempts=self.attempts,
            notices=self.notices,
            speakers=self.speakers,
            senders=self.senders,
            numbers=self.numbers,
            corrections=self.corrections,
        )

    @property
    def pages(self) -> PagePorts:
        return PagePorts(self.people, self.suppressions, LINKS)

    @property
    def talking(self) -> Talking:
        return Talking(
            clock=self.clock,
            people=self.people,
            suppressions=self.suppressions,
            last_words=self.last_words,
            tenants=self.keys,
            programmes=self.programmes,
            corrections=self.corrections,
            speakers=self.speakers,
            answers=self.notices,
            signals=self.signals,
            numbers=self.numbers,
            stop_scope=self.stop_scope,
        )

    @property
    def inbound(self) -> Inbound:
        return Inbound(self.talking, self.idempotency)

    @property
    def schedule(self) -> Schedule:
        return Schedule(
            clock=self.clock,
            messages=self.messages,
            queue=self.queue,
            cursor=self.cursor,
            stops=self.stops,
            signals=self.signals,
            rates={Channel.SMS: RATE},
            reminders=self.reminders,
            tasks=self.reminder_tasks,
        )

    @property
    def reminder_ports(self) -> ReminderPorts:
        return ReminderPorts(self.intake, self.reminders, self.reminder_tasks)

    @property
    def tending(self) -> TendingPorts:
        return TendingPorts(self.intake, self.reminders, self.scheduler, self.signals)

    @property
    def key_ports(self) -> KeyPorts:
        return KeyPorts(
            clock=self.clock, tokens=self.tokens, keys=self.keys, idempotency=self.idempotency
        )

    @property
    def tester_ports(self) -> TesterPorts:
        return TesterPorts(self.testers, self.intake)

    @property
    def template_ports(self) -> TemplatePorts:
        return TemplatePorts(
            self.clock,
            self.templates,
            self.renderer,
            self.senders,
            self.organisations,
            self.composer,
        )

    @property
    def media_ports(self) -> MediaPorts:
        return MediaPorts(self.clock, self.tokens, SECRET, self.media, self.files, self.idempotency)

    @property
    def coupon_ports(self) -> CouponPorts:
        return CouponPorts(self.clock, self.coupons, self.media, self.files, self.tasks)

    def snapshot(self) -> dict[str, Any]:
        """All that is stored, queued or handed over; equal when nothing was written between."""
        return {
            f"{name}.{each.name}": copy.deepcopy(getattr(store, each.name))
            for name in STORES
            for store in (getattr(self, name),)
            for each in fields(store)
            if each.compare
        }
