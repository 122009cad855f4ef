"""The only place that builds adapters: at first use, once for each process."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from outbound import settings as environment
from outbound.adapters.clock import SystemClock, SystemTokens
from outbound.domain.words import Channel

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import timedelta

    from outbound.adapters.api.serve import Doorkeeper
    from outbound.adapters.carriers.ses import Ses
    from outbound.adapters.carriers.ses_bulk import SesBulk
    from outbound.adapters.dynamodb.alerts import DynamoAlerts
    from outbound.adapters.dynamodb.budgets import DynamoBudgets
    from outbound.adapters.dynamodb.campaigns import DynamoCampaigns
    from outbound.adapters.dynamodb.changes import DynamoChanges
    from outbound.adapters.dynamodb.contacts import DynamoContacts
    from outbound.adapters.dynamodb.corrections import DynamoCorrections
    from outbound.adapters.dynamodb.correlation import DynamoCorrelation
    from outbound.adapters.dynamodb.coupons import DynamoCouponPools
    from outbound.adapters.dynamodb.erasures import DynamoErasures
    from outbound.adapters.dynamodb.event_rules import DynamoEventRules
    from outbound.adapters.dynamodb.last_words import DynamoLastWords
    from outbound.adapters.dynamodb.ledger import DynamoLedger
    from outbound.adapters.dynamodb.media import DynamoMedia
    from outbound.adapters.dynamodb.messages import DynamoMessages
    from outbound.adapters.dynamodb.organisations import DynamoOrganisations
    from outbound.adapters.dynamodb.programmes import DynamoProgrammes
    from outbound.adapters.dynamodb.reminders import DynamoReminders
    from outbound.adapters.dynamodb.run_exports import DynamoRunExports
    from outbound.adapters.dynamodb.runs import DynamoRuns
    from outbound.adapters.dynamodb.segments import DynamoSegments
    from outbound.adapters.dynamodb.short_links import DynamoShortLinks
    from outbound.adapters.dynamodb.stats import DynamoStats
    from outbound.adapters.dynamodb.stops import DynamoStops
    from outbound.adapters.dynamodb.suppressions import DynamoSuppressions
    from outbound.adapters.dynamodb.table import Table
    from outbound.adapters.dynamodb.templates import DynamoTemplates
    from outbound.adapters.dynamodb.testers import DynamoTesters
    from outbound.adapters.dynamodb.webhooks import DynamoWebhooks
    from outbound.adapters.events.bus import EventBridgeBus
    from outbound.adapters.link_keys import LinkKeys
    from outbound.adapters.links import SignedLinks
    from outbound.adapters.s3 import S3Files
    from outbound.adapters.s3_run_exports import S3ExportFiles
    from outbound.adapters.scheduler import EventBridgeSchedules
    from outbound.adapters.speakers import SenderSpeakers
    from outbound.adapters.sqs import SqsChunkQueue, SqsQueue, SqsTasks
    from outbound.adapters.webhooks.queue import SqsWebhookQueue
    from outbound.flow.alerts.acknowledging import AcknowledgePorts
    from outbound.flow.alerts.ports import AlertPorts, SendPorts
    from outbound.flow.asking import Gate
    from outbound.flow.auditing import AuditPorts
    from outbound.flow.bulk.ports import Bulk
    from outbound.flow.campaign_messages import CampaignMessages
    from outbound.flow.deliver import Deliver
    from outbound.flow.erasing import ErasurePorts
    from outbound.flow.evidence import EvidencePorts
    from outbound.flow.expand.ports import Expand
    from outbound.flow.exporting import ExportPorts
    from outbound.flow.feedback import Feedback
    from outbound.flow.following import FollowPorts
    from outbound.flow.imports.keeping import ImportPorts
    from outbound.flow.imports.working import Importing
    from outbound.flow.inbound import Inbound
    from outbound.flow.intake import Intake
    from outbound.flow.manage.budgets import BudgetPorts
    from outbound.flow.manage.campaigns import CampaignPorts
    from outbound.flow.manage.contacts import ContactPorts
    from outbound.flow.manage.coupons import CouponPorts
    from outbound.flow.manage.event_rules import EventRulePorts
    from outbound.flow.manage.keys import KeyPorts
    from outbound.flow.manage.lines import LinePorts
    from outbound.flow.manage.lists import ContactListPorts
    from outbound.flow.manage.programmes import ProgrammePorts
    from outbound.flow.manage.revocations import RevocationPorts
    from outbound.flow.manage.segments import SegmentPorts
    from outbound.flow.manage.suppressions import SuppressionPorts
    from outbound.flow.manage.templates import TemplatePorts
    from outbound.flow.manage.webhooks import WebhookKeeping
    from outbound.flow.measure import Terms
    from outbound.flow.media import MediaPorts
    from outbound.flow.media_page import MediaPagePorts
    from outbound.flow.mirrored import MirroredSuppressions
    from outbound.flow.notices import NoticePorts
    from outbound.flow.reaching import ReachPorts
    from outbound.flow.reminders.ports import ReminderPorts, TendingPorts
    from outbound.flow.rescheduling import ReschedulePorts
    from outbound.flow.rules import RulePorts
    from outbound.flow.run_exports.keeping import ExportPorts as RunExportPorts
    from outbound.flow.run_exports.working import Exporting
    from outbound.flow.schedule import Schedule
    from outbound.flow.signing_up import SignUpPorts
    from outbound.flow.talking import Talking
    from outbound.flow.telling import TellPorts
    from outbound.flow.testers import TesterPorts
    from outbound.flow.unsubscribing import PagePorts
    from outbound.flow.upkeep.anchoring import AnchorPorts
    from outbound.flow.upkeep.importing import ImportPorts as ListPorts
    from outbound.flow.upkeep.mirroring import MirrorPorts
    from outbound.flow.upkeep.verifying import VerifyPorts
    from outbound.flow.webhooks import WebhookPorts
    from outbound.ports import Carrier

clock = SystemClock()


@cache
def settings() -> environment.Settings:
    """The settings of this process."""
    return environment.read()


@cache
def client(
    service: str, *, attempts: int = 3, read_timeout: float = 5, signature: str | None = None
) -> Any:
    """A client of an AWS service; one session for all, so that credentials are found once."""
    from botocore.config import Config

    return _session().client(
        service,
        config=Config(
            connect_timeout=2,
            read_timeout=read_timeout,
            retries={"mode": "standard", "total_max_attempts": attempts},
            tcp_keepalive=True,
            parameter_validation=service != "dynamodb",
            signature_version=signature,
            user_agent=_user_agent(),
            account_id_endpoint_mode="disabled",
        ),
    )


@cache
def _user_agent() -> str:
    """Botocore would put its own together for each request, in a third of that one's time."""
    import boto3

    return f"Boto3/{boto3.__version__} Outbound"


@cache
def _session() -> Any:
    import boto3

    return boto3.Session()


def _sender(service: str) -> Any:
    # One attempt: no provider takes an idempotency token, so a repetition could send twice.
    # Its timeout ends well within the function's, and so within the lease.
    return client(service, attempts=1, read_timeout=10)


@cache
def secret() -> bytes:
    """The key of all keyed digests, read once."""
    answer = client("secretsmanager").get_secret_value(SecretId=settings().text("SECRET_ARN"))
    return str(answer["SecretString"]).encode()


def _table(name: str) -> Table:
    from outbound.adapters.dynamodb.table import Table

    return Table(client("dynamodb"), settings().text(f"{name}_TABLE"))


@cache
def messages() -> DynamoMessages:
    """The messages."""
    from outbound.adapters.dynamodb.messages import DynamoMessages

    return DynamoMessages(_table("MESSAGES"), secret(), settings().retention, clock)


def _messages_once() -> DynamoMessages:
    """The same, for who writes many at once: what may not be repeated is sent only once."""
    from dataclasses import replace

    from outbound.adapters.dynamodb.table import Table

    once = Table(client("dynamodb", attempts=1), settings().text("MESSAGES_TABLE"))
    return replace(messages(), once=once)


@cache
def contacts() -> DynamoContacts:
    """The contacts."""
    from outbound.adapters.dynamodb.contacts import DynamoContacts

    return DynamoContacts(_table("CONTACTS"), secret(), settings().optional("LEDGER_TABLE") or "")


@cache
def suppressions() -> DynamoSuppressions:
    """The addresses that must not be used."""
    from outbound.adapters.dynamodb.suppressions import DynamoSuppressions

    return DynamoSuppressions(_table("CONTACTS"), secret())


@cache
def mirrored() -> MirroredSuppressions:
    """The same, for who changes them: AWS's own lists hear of it."""
    from outbound.flow.mirrored import MirroredSuppressions

    return MirroredSuppressions(suppressions(), _changes(), clock, secret())


def _changes() -> DynamoChanges:
    from outbound.adapters.dynamodb.changes import DynamoChanges

    return DynamoChanges(_table("CONTACTS"))


@cache
def ledger() -> DynamoLedger:
    """The ledger."""
    from outbound.adapters.dynamodb.ledger import DynamoLedger

    return DynamoLedger(_table("LEDGER"))


@cache
def links() -> SignedLinks:
    """Public links."""
    from outbound.adapters.links import SignedLinks

    return SignedLinks(link_keys(), settings().optional("PAGES_URL") or "")


@cache
def link_keys() -> LinkKeys:
    """The keys that sign public links."""
    from outbound.adapters.link_keys import LinkKeys

    return LinkKeys(client("secretsmanager"), settings().text("LINKS_SECRET_ARN"), clock)


@cache
def page_ports() -> PagePorts:
    """What the public pages work with."""
    from outbound.flow.unsubscribing import PagePorts

    return PagePorts(people(), mirrored(), links())


@cache
def short_links() -> DynamoShortLinks:
    """Where short links lead."""
    from outbound.adapters.dynamodb.short_links import DynamoShortLinks

    return DynamoShortLinks(_table("MESSAGES"), clock)


@cache
def follow_ports() -> FollowPorts:
    """What the following of links works with."""
    from outbound.flow.following import FollowPorts

    return FollowPorts(clock, secret(), short_links(), links(), messages(), contacts())


@cache
def media_page_ports() -> MediaPagePorts:
    """What the pages of files work with."""
    from outbound.flow.media_page import MediaPagePorts

    return MediaPagePorts(
        clock=clock,
        catalog=media_catalog(),
        files=media_files(),
        links=links(),
        speakers=speakers(),
    )


@cache
def gate() -> Gate:
    """What the gate is asked with."""
    from outbound.adapters.jurisdictions import rulebook
    from outbound.adapters.jurisdictions.overlay import overlay_of
    from outbound.flow.asking import Gate

    overlay = overlay_of(settings().optional("PERMISSION"))
    return Gate(contacts(), rulebook(overlay), secret())


@cache
def people() -> ContactPorts:
    """What the keeping of contacts works with."""
    from outbound.flow.manage.contacts import ContactPorts

    return ContactPorts(clock, SystemTokens(), secret(), contacts(), ledger())


@cache
def line_ports() -> LinePorts:
    """What looking up of numbers works with."""
    from outbound.adapters.carriers.number_lookup import CarrierLookUp
    from outbound.flow.manage.lines import LinePorts

    lookup = CarrierLookUp(lambda: client("pinpoint-sms-voice-v2", attempts=2))
    return LinePorts(people(), lookup, mirrored())


@cache
def erasures() -> DynamoErasures:
    """How far erasures are."""
    from outbound.adapters.dynamodb.erasures import DynamoErasures

    return DynamoErasures(_table("CATALOG"))


@cache
def contact_list() -> ContactListPorts:
    """What looking through contacts works with."""
    from outbound.flow.manage.lists import ContactListPorts

    return ContactListPorts(clock, secret(), contacts(), messages())


@cache
def erasure() -> ErasurePorts:
    """What an erasure works with."""
    from outbound.adapters.dynamodb.run_traces import DynamoRunTraces
    from outbound.flow.erasing import ErasurePorts
    from outbound.flow.forgetting import UnderWay
    from outbound.flow.run_exports.withdrawing import Exported
    from outbound.flow.traces import Traces
    from outbound.flow.unlisting import Lists

    run_traces = DynamoRunTraces(_table("RUNS"))
    return ErasurePorts(
        people=people(),
        messages=messages(),
        ledger=ledger(),
        media=media_catalog(),
        files=media_files(),
        erasures=erasures(),
        tasks=tasks(),
        short_links=short_links(),
        reminders=reminders(),
        alerts=alerts(),
        traces=Traces(secret(), contacts(), ledger(), _testers(), corrections(), _changes()),
        lists=Lists(segments(), campaigns()),
        under_way=UnderWay(contacts(), campaigns(), alerts(), runs(), run_traces),
        exported=Exported(_run_exports(), _export_files()),
        schedules=_schedules,
    )


@cache
def export() -> ExportPorts:
    """What an export looks into."""
    from outbound.flow.exporting import ExportPorts

    return ExportPorts(erasure(), last_words(), coupon_pools())


@cache
def evidence() -> EvidencePorts:
    """What evidence is gathered with."""
    from outbound.adapters.templates.renderer import JinjaRenderer
    from outbound.flow.evidence import EvidencePorts

    return EvidencePorts(
        clock=clock,
        secret=secret(),
        messages=messages(),
        ledger=ledger(),
        templates=templates(),
        renderer=JinjaRenderer(),
        coupons=coupon_pools(),
        pages_url=settings().pages_url,
    )


@cache
def last_words() -> DynamoLastWords:
    """What people have texted last."""
    from outbound.adapters.dynamodb.last_words import DynamoLastWords

    return DynamoLastWords(_table("CATALOG"), secret())


@cache
def tasks() -> SqsTasks:
    """The queue of work in the background."""
    from outbound.adapters.sqs import SqsTasks

    return SqsTasks(client("sqs"), settings().text("UPKEEP_QUEUE"))


@cache
def audit() -> AuditPorts:
    """What the audit is written with."""
    from outbound.flow.auditing import AuditPorts

    return AuditPorts(clock, SystemTokens(), secret(), ledger())


@cache
def revocations() -> RevocationPorts:
    """What a revocation works with."""
    from outbound.flow.manage.revocations import RevocationPorts
    from outbound.flow.opting_out import SCOPES

    return RevocationPorts(people(), mirrored(), SCOPES[settings().text("STOP_SCOPE")])


@cache
def suppression_ports() -> SuppressionPorts:
    """What the keeping of suppressions works with."""
    from outbound.flow.manage.suppressions import SuppressionPorts

    return SuppressionPorts(mirrored(), audit())


@cache
def correlation() -> DynamoCorrelation:
    """What leads from a receipt to its message."""
    from outbound.adapters.dynamodb.correlation import DynamoCorrelation

    return DynamoCorrelation(_table("MESSAGES"), secret())


@cache
def templates() -> DynamoTemplates:
    """The templates."""
    from outbound.adapters.dynamodb.templates import DynamoTemplates

    return DynamoTemplates(_table("CATALOG"))


@cache
def organisations() -> DynamoOrganisations:
    """What tenants say of themselves."""
    from outbound.adapters.dynamodb.organisations import DynamoOrganisations

    return DynamoOrganisations(_table("CATALOG"), clock)


@cache
def organisations_now() -> DynamoOrganisations:
    """The same, for who changes it or is told of it: as it is at this moment."""
    from datetime import timedelta

    from outbound.adapters.dynamodb.organisations import DynamoOrganisations

    return DynamoOrganisations(_table("CATALOG"), clock, kept_for=timedelta())


@cache
def telling() -> TellPorts:
    """What the telling of events works with."""
    from datetime import timedelta

    from outbound.adapters.events.document import text_of
    from outbound.flow.telling import TellPorts

    webhooks = _webhooks(kept_for=timedelta(seconds=30))
    return TellPorts(clock, _bus(), webhooks, _webhook_queue(), text_of)


@cache
def webhook_ports() -> WebhookPorts:
    """What the bringing of events works with."""
    from datetime import timedelta

    from outbound.adapters.signals import LoggedSignals
    from outbound.adapters.webhooks.post import HttpPost
    from outbound.flow.webhooks import WebhookPorts

    return WebhookPorts(
        clock=clock,
        webhooks=_webhooks(kept_for=timedelta(seconds=5)),
        queue=_webhook_queue(),
        post=HttpPost(locally=settings().plain_webhooks),
        bus=_bus(),
        signals=LoggedSignals(),
    )


@cache
def webhook_keeping() -> WebhookKeeping:
    """What the keeping of webhooks works with."""
    from outbound.adapters.events.document import text_of
    from outbound.flow.manage.webhooks import WebhookKeeping

    return WebhookKeeping(clock, SystemTokens(), _webhooks(), _webhook_queue(), text_of)


def _webhooks(kept_for: timedelta | None = None) -> DynamoWebhooks:
    from outbound.adapters.dynamodb.webhooks import NOT_KEPT, DynamoWebhooks

    return DynamoWebhooks(_table("CATALOG"), clock, kept_for or NOT_KEPT)


def _webhook_queue() -> SqsWebhookQueue:
    from outbound.adapters.webhooks.queue import SqsWebhookQueue

    return SqsWebhookQueue(client("sqs"), settings().text("WEBHOOKS_QUEUE"))


def _bus() -> EventBridgeBus | None:
    from outbound.adapters.events.bus import EventBridgeBus

    name = settings().optional("EVENT_BUS")
    return EventBridgeBus(client("events"), name) if name else None


@cache
def testers() -> TesterPorts:
    """What the keeping of testers works with."""
    from outbound.flow.testers import TesterPorts

    return TesterPorts(_testers(), intake())


def _testers() -> DynamoTesters:
    from outbound.adapters.dynamodb.testers import DynamoTesters

    return DynamoTesters(_table("CATALOG"))


@cache
def media_catalog() -> DynamoMedia:
    """The files as they were announced."""
    from outbound.adapters.dynamodb.media import DynamoMedia

    return DynamoMedia(_table("CATALOG"))


@cache
def media_files() -> S3Files:
    """The files themselves."""
    from outbound.adapters.s3 import S3Files

    return S3Files(_s3, settings().text("MEDIA_BUCKET"))


def _s3() -> Any:
    # Made at the first file: most messages have none, and the client takes 100 ms to build.
    # Version 4: S3 takes no other signature for what our own key encrypts, and botocore would
    # choose an older one in some regions.
    return client("s3", read_timeout=10, signature="s3v4")


@cache
def coupon_pools() -> DynamoCouponPools:
    """The pools of coupons."""
    from outbound.adapters.dynamodb.coupons import DynamoCouponPools

    return DynamoCouponPools(_table("CATALOG"), clock)


@cache
def coupons() -> CouponPorts:
    """What the keeping of coupons works with."""
    from outbound.flow.manage.coupons import CouponPorts

    return CouponPorts(clock, coupon_pools(), media_catalog(), media_files(), tasks())


@cache
def stops() -> DynamoStops:
    """The stopped channels."""
    from outbound.adapters.dynamodb.stops import DynamoStops

    return DynamoStops(_table("CATALOG"), clock)


@cache
def queue() -> SqsQueue:
    """The delivery queues."""
    from outbound.adapters.sqs import SqsQueue

    return SqsQueue(client("sqs"), settings().queues)


@cache
def door() -> Doorkeeper:
    """Who may call, and how often."""
    from outbound.adapters.api.authenticate import Authenticator
    from outbound.adapters.api.limits import Limiter
    from outbound.adapters.api.serve import Doorkeeper
    from outbound.adapters.dynamodb.keys import DynamoKeys

    authenticator = Authenticator(DynamoKeys(_table("CATALOG")), clock)
    limiter = Limiter(int(settings().text("KEY_LIMIT_PER_MINUTE")))
    return Doorkeeper(authenticator, limiter, clock)


@cache
def terms() -> Terms:
    """What the environment has settled about prices and voices."""
    from decimal import Decimal

    from outbound.adapters import prices
    from outbound.domain.price import Caps
    from outbound.flow.measure import Terms

    return Terms(
        prices=prices.read(settings().optional("PRICES")),
        caps=Caps(
            sms=Decimal(settings().text("SMS_MAX_PRICE")),
            voice_minute=Decimal(settings().text("VOICE_MAX_PRICE_PER_MINUTE")),
        ),
        voice=settings().text("VOICE_ID"),
    )


@cache
def intake() -> Intake:
    """What intake works with."""
    from outbound.adapters.dynamodb.catalog import DynamoIdempotency
    from outbound.adapters.templates.renderer import JinjaRenderer
    from outbound.flow.enclosures import MediaIntake
    from outbound.flow.intake import Intake

    return Intake(
        clock=clock,
        tokens=SystemTokens(),
        gate=gate(),
        messages=messages(),
        templates=templates(),
        idempotency=DynamoIdempotency(_table("CATALOG")),
        renderer=JinjaRenderer(),
        terms=terms(),
        queue=queue(),
        media=MediaIntake(media_catalog(), media_files(), mms=settings().mms),
        senders=settings().senders,
        coupons=coupon_pools(),
        organisations=organisations(),
        pages_url=settings().pages_url,
    )


@cache
def reminders() -> DynamoReminders:
    """The reminders."""
    from outbound.adapters.dynamodb.reminders import DynamoReminders

    return DynamoReminders(_table("MESSAGES"), settings().retention, clock)


def _reminder_tasks() -> SqsTasks:
    from outbound.adapters.sqs import SqsTasks

    return SqsTasks(client("sqs"), settings().text("REMINDERS_QUEUE"))


@cache
def reminder_ports() -> ReminderPorts:
    """What the keeping of reminders works with."""
    from outbound.flow.reminders.ports import ReminderPorts

    return ReminderPorts(intake(), reminders(), _reminder_tasks())


@cache
def _schedules() -> EventBridgeSchedules:
    from outbound.adapters.scheduler import EventBridgeSchedules

    return EventBridgeSchedules(client("scheduler"), settings().text("SCHEDULE_GROUP"))


@cache
def tending() -> TendingPorts:
    """What the looking after reminders works with."""
    from outbound.adapters.scheduler import EventBridgeScheduler
    from outbound.adapters.signals import LoggedSignals
    from outbound.flow.reminders.ports import TendingPorts

    of = settings()
    scheduler = EventBridgeScheduler(
        client("scheduler"),
        group=of.text("SCHEDULE_GROUP"),
        queue=of.text("REMINDERS_QUEUE_ARN"),
        role=of.text("SCHEDULE_ROLE_ARN"),
        dead_letters=of.text("REMINDERS_DEAD_ARN"),
    )
    return TendingPorts(intake(), reminders(), scheduler, LoggedSignals())


@cache
def rescheduling() -> ReschedulePorts:
    """What rescheduling works with."""
    from outbound.flow.rescheduling import ReschedulePorts

    return ReschedulePorts(clock, messages(), gate())


@cache
def keys() -> KeyPorts:
    """What the making of keys works with."""
    from outbound.adapters.dynamodb.catalog import DynamoIdempotency
    from outbound.adapters.dynamodb.keys import DynamoKeys
    from outbound.flow.manage.keys import KeyPorts

    table = _table("CATALOG")
    return KeyPorts(clock, SystemTokens(), DynamoKeys(table), DynamoIdempotency(table))


@cache
def media() -> MediaPorts:
    """What the keeping of files works with."""
    from outbound.adapters.dynamodb.catalog import DynamoIdempotency
    from outbound.flow.media import MediaPorts

    idempotency = DynamoIdempotency(_table("CATALOG"))
    return MediaPorts(clock, SystemTokens(), secret(), media_catalog(), media_files(), idempotency)


@cache
def template_ports() -> TemplatePorts:
    """What the keeping of templates works with."""
    from outbound.adapters.composing.composer import EmailComposer
    from outbound.adapters.templates.renderer import JinjaRenderer
    from outbound.flow.manage.templates import TemplatePorts

    return TemplatePorts(
        clock,
        templates(),
        JinjaRenderer(),
        settings().senders,
        organisations_now(),
        EmailComposer(),
    )


@cache
def deliver() -> Deliver:
    """What deliver works with, for the channel of this function."""
    from outbound.adapters.carriers.rehearsal import Rehearsal
    from outbound.adapters.signals import LoggedSignals
    from outbound.adapters.templates.renderer import JinjaRenderer
    from outbound.flow.deliver import Deliver

    channel = Channel(settings().text("CHANNEL"))
    return Deliver(
        channel=channel,
        clock=clock,
        messages=messages(),
        gate=gate(),
        suppressions=suppressions(),
        correlation=correlation(),
        templates=templates(),
        renderer=JinjaRenderer(),
        carrier=_CARRIERS[channel](),
        rehearsal=Rehearsal(),
        stops=stops(),
        signals=LoggedSignals(),
        lease=settings().lease,
        media=media_catalog(),
        coupons=coupon_pools(),
        campaigns=campaigns(),
        alerts=alerts(),
        budgets=budgets(),
        short_links=short_links(),
        pages_url=settings().optional("PAGES_URL") or "",
        mms=settings().mms,
        senders=settings().senders if channel is Channel.EMAIL else None,
        links=links() if channel is Channel.EMAIL else None,
    )


@cache
def bulk() -> Bulk:
    """What the delivery of chunks works with, for the channel of this function."""
    from dataclasses import replace

    from outbound.flow.bulk.ports import Bulk

    many = settings().together
    return Bulk(
        deliver=replace(deliver(), messages=_messages_once()) if many else deliver(),
        runs=runs(),
        terms=terms(),
        organisations=organisations(),
        queue=_chunk_queue(),
        carrier=_many_emails() if many else None,
        together=many or 1,
    )


def _chunk_queue() -> SqsChunkQueue:
    from outbound.adapters.sqs import SqsChunkQueue

    return SqsChunkQueue(client("sqs"), settings().queues)


@cache
def campaigns() -> DynamoCampaigns:
    """The campaigns."""
    from outbound.adapters.dynamodb.campaigns import DynamoCampaigns

    return DynamoCampaigns(_table("CATALOG"), clock)


@cache
def runs() -> DynamoRuns:
    """The runs of campaigns."""
    from outbound.adapters.dynamodb.runs import DynamoRuns

    return DynamoRuns(_table("RUNS"), settings().retention, clock)


@cache
def budgets() -> DynamoBudgets:
    """The budgets of tenants."""
    from outbound.adapters.dynamodb.budgets import DynamoBudgets

    return DynamoBudgets(_table("RUNS"), clock)


@cache
def budget_ports() -> BudgetPorts:
    """What the keeping of budgets works with."""
    from datetime import timedelta

    from outbound.adapters.dynamodb.budgets import DynamoBudgets
    from outbound.flow.manage.budgets import BudgetPorts

    return BudgetPorts(clock, DynamoBudgets(_table("RUNS"), clock, kept_for=timedelta()), stats())


@cache
def stats() -> DynamoStats:
    """The statistics of tenants."""
    from outbound.adapters.dynamodb.stats import DynamoStats

    return DynamoStats(_table("RUNS"), clock)


@cache
def campaign_messages() -> CampaignMessages:
    """Where the messages of campaigns are found."""
    from outbound.flow.campaign_messages import CampaignMessages

    return CampaignMessages(campaigns(), runs(), messages(), secret())


@cache
def campaign_ports() -> CampaignPorts:
    """What the keeping of campaigns works with."""
    from outbound.adapters.dynamodb.catalog import DynamoIdempotency
    from outbound.adapters.templates.renderer import JinjaRenderer
    from outbound.flow.manage.campaigns import CampaignPorts

    return CampaignPorts(
        clock=clock,
        tokens=SystemTokens(),
        campaigns=campaigns(),
        runs=runs(),
        templates=templates(),
        coupons=coupon_pools(),
        senders=settings().senders,
        segments=segments(),
        renderer=JinjaRenderer(),
        organisations=organisations_now(),
        idempotency=DynamoIdempotency(_table("CATALOG")),
        tasks=_expand_tasks(),
    )


@cache
def estimating() -> Bulk:
    """What estimates work with: no provider, and nothing that is written."""
    from datetime import timedelta

    from outbound.adapters.carriers.rehearsal import Rehearsal
    from outbound.adapters.signals import LoggedSignals
    from outbound.adapters.templates.renderer import JinjaRenderer
    from outbound.flow.bulk.ports import Bulk
    from outbound.flow.deliver import Deliver

    rehearsing = Deliver(
        channel=Channel.EMAIL,
        clock=clock,
        messages=messages(),
        gate=gate(),
        suppressions=suppressions(),
        correlation=correlation(),
        templates=templates(),
        renderer=JinjaRenderer(),
        carrier=Rehearsal(),
        rehearsal=Rehearsal(),
        stops=stops(),
        signals=LoggedSignals(),
        lease=timedelta(),
        media=media_catalog(),
        coupons=coupon_pools(),
        campaigns=campaigns(),
        alerts=alerts(),
        budgets=budgets(),
        short_links=short_links(),
        pages_url=settings().optional("PAGES_URL") or "",
        mms=settings().mms,
        senders=settings().senders,
    )
    return Bulk(rehearsing, runs(), terms(), organisations(), _chunk_queue())


@cache
def expand() -> Expand:
    """What the expansion of campaigns works with."""
    from outbound.adapters.expressions.expressions import JinjaExpressions
    from outbound.adapters.signals import LoggedSignals
    from outbound.flow.expand.ports import Expand

    return Expand(
        clock=clock,
        secret=secret(),
        campaigns=campaigns(),
        runs=runs(),
        messages=messages(),
        contacts=contacts(),
        segments=segments(),
        expressions=JinjaExpressions(),
        rulebook=gate().rulebook,
        queue=_chunk_queue(),
        tasks=_expand_tasks(),
        stops=stops(),
        signals=LoggedSignals(),
        retention=settings().retention,
    )


@cache
def run_exports() -> RunExportPorts:
    """What the keeping of exports of runs works with."""
    from outbound.flow.run_exports.keeping import ExportPorts

    return ExportPorts(
        clock=clock,
        campaigns=campaigns(),
        runs=runs(),
        exports=_run_exports(),
        files=_export_files(),
        tasks=_expand_tasks(),
    )


@cache
def run_exporting() -> Exporting:
    """What the writing of exports of runs works with."""
    from outbound.adapters.recipient_lines import RecipientLines
    from outbound.flow.run_exports.working import Exporting

    return Exporting(run_exports(), messages(), RecipientLines(), secret())


@cache
def _run_exports() -> DynamoRunExports:
    from outbound.adapters.dynamodb.run_exports import DynamoRunExports

    return DynamoRunExports(_table("RUNS"), _table("CATALOG"))


def _export_files() -> S3ExportFiles:
    from outbound.adapters.s3_run_exports import S3ExportFiles

    return S3ExportFiles(_s3, settings().text("MEDIA_BUCKET"))


def _expand_tasks() -> SqsTasks:
    from outbound.adapters.sqs import SqsTasks

    return SqsTasks(client("sqs"), settings().text("EXPAND_QUEUE"))


@cache
def alerts() -> DynamoAlerts:
    """The alerts."""
    from outbound.adapters.dynamodb.alerts import DynamoAlerts

    return DynamoAlerts(_table("CATALOG"), clock, settings().retention)


def _alert_tasks() -> SqsTasks:
    from outbound.adapters.sqs import SqsTasks

    return SqsTasks(client("sqs"), settings().text("ALERTS_QUEUE"))


@cache
def alert_ports() -> AlertPorts:
    """What the keeping of alerts works with."""
    from outbound.adapters.dynamodb.catalog import DynamoIdempotency
    from outbound.adapters.templates.renderer import JinjaRenderer
    from outbound.flow.alerts.ports import AlertPorts

    return AlertPorts(
        clock=clock,
        tokens=SystemTokens(),
        alerts=alerts(),
        runs=runs(),
        templates=templates(),
        renderer=JinjaRenderer(),
        segments=segments(),
        testers=_testers(),
        gate=gate(),
        organisations=organisations_now(),
        idempotency=DynamoIdempotency(_table("CATALOG")),
        tasks=_alert_tasks(),
    )


@cache
def alert_sending() -> SendPorts:
    """What the sending of alerts works with."""
    from outbound.adapters.expressions.expressions import JinjaExpressions
    from outbound.adapters.templates.renderer import JinjaRenderer
    from outbound.adapters.two_way import read_numbers
    from outbound.flow.alerts.ports import SendPorts

    return SendPorts(
        clock=clock,
        alerts=alerts(),
        runs=runs(),
        gate=gate(),
        segments=segments(),
        expressions=JinjaExpressions(),
        testers=_testers(),
        templates=templates(),
        organisations=organisations(),
        renderer=JinjaRenderer(),
        terms=terms(),
        senders=settings().senders,
        numbers=read_numbers(settings().two_way),
        messages=messages(),
        queue=queue(),
        tasks=_alert_tasks(),
        pages_url=settings().pages_url,
    )


@cache
def acknowledge_ports() -> AcknowledgePorts:
    """What the page of an alert works with."""
    from outbound.flow.alerts.acknowledging import AcknowledgePorts

    return AcknowledgePorts(clock, alerts(), links())


@cache
def feedback() -> Feedback:
    """What feedback works with."""
    from outbound.adapters.dynamodb.soft_bounces import DynamoSoftBounces
    from outbound.adapters.signals import LoggedSignals
    from outbound.adapters.sqs import SqsHeldReceipts
    from outbound.flow.feedback import Feedback

    held = SqsHeldReceipts(client("sqs"), settings().text("RECEIPTS_QUEUE"))
    return Feedback(
        clock=clock,
        messages=messages(),
        suppressions=mirrored(),
        soft_bounces=DynamoSoftBounces(_table("CONTACTS"), secret()),
        gate=gate(),
        correlation=correlation(),
        held=held,
        signals=LoggedSignals(),
    )


@cache
def inbound() -> Inbound:
    """What inbound works with."""
    from outbound.adapters.dynamodb.catalog import DynamoIdempotency
    from outbound.flow.inbound import Inbound

    return Inbound(talking(), DynamoIdempotency(_table("CATALOG")))


@cache
def talking() -> Talking:
    """What people are talked with, who text us."""
    from outbound.adapters.dynamodb.keys import DynamoKeys
    from outbound.adapters.signals import LoggedSignals
    from outbound.adapters.two_way import read_numbers
    from outbound.flow.opting_out import SCOPES
    from outbound.flow.talking import Talking

    catalog = _table("CATALOG")
    return Talking(
        clock=clock,
        people=people(),
        suppressions=mirrored(),
        last_words=last_words(),
        tenants=DynamoKeys(catalog),
        speakers=speakers(),
        answers=notices(),
        signals=LoggedSignals(),
        numbers=read_numbers(settings().two_way),
        stop_scope=SCOPES[settings().text("STOP_SCOPE")],
        programmes=programmes(),
        corrections=corrections(),
    )


@cache
def corrections() -> DynamoCorrections:
    """Addresses that are waited for."""
    from outbound.adapters.dynamodb.corrections import DynamoCorrections

    return DynamoCorrections(_table("CATALOG"))


@cache
def speakers() -> SenderSpeakers:
    """In whose name people are answered and asked."""
    from outbound.adapters.speakers import SenderSpeakers

    return SenderSpeakers(settings().senders, organisations())


@cache
def notices() -> NoticePorts:
    """What messages of our own are sent with."""
    from outbound.flow.notices import NoticePorts

    return NoticePorts(clock, secret(), messages(), queue())


@cache
def sign_up_ports() -> SignUpPorts:
    """What signing up works with."""
    from outbound.adapters.dynamodb.attempts import DynamoAttempts
    from outbound.adapters.two_way import read_numbers
    from outbound.flow.signing_up import SignUpPorts

    return SignUpPorts(
        people=people(),
        programmes=programmes(),
        attempts=DynamoAttempts(_table("CATALOG")),
        notices=notices(),
        speakers=speakers(),
        senders=settings().senders,
        numbers=read_numbers(settings().two_way),
        corrections=corrections(),
    )


@cache
def contact_imports() -> ImportPorts:
    """What the keeping of imports works with."""
    from outbound.adapters.dynamodb.catalog import DynamoIdempotency
    from outbound.adapters.dynamodb.contact_imports import DynamoContactImports
    from outbound.adapters.s3_imports import S3ImportFiles
    from outbound.adapters.sqs import SqsTasks
    from outbound.flow.imports.keeping import ImportPorts

    table = _table("CATALOG")
    return ImportPorts(
        clock=clock,
        tokens=SystemTokens(),
        imports=DynamoContactImports(table),
        files=S3ImportFiles(_s3, settings().text("MEDIA_BUCKET")),
        idempotency=DynamoIdempotency(table),
        tasks=SqsTasks(client("sqs"), settings().text("IMPORTS_QUEUE")),
    )


@cache
def importing() -> Importing:
    """What the reading of imports works with."""
    from outbound.adapters.imports.reader import FileReader
    from outbound.flow.imports.working import Importing

    return Importing(contact_imports(), people(), FileReader(), reminder_ports)


@cache
def segments() -> DynamoSegments:
    """Who is meant, by what is known of them or by name."""
    from outbound.adapters.dynamodb.segments import DynamoSegments

    return DynamoSegments(_table("CATALOG"))


@cache
def segment_ports() -> SegmentPorts:
    """What the keeping of segments works with."""
    from outbound.adapters.expressions.expressions import JinjaExpressions
    from outbound.flow.manage.segments import SegmentPorts

    return SegmentPorts(clock, segments(), JinjaExpressions())


@cache
def reach() -> ReachPorts:
    """What estimates of segments work with."""
    from outbound.adapters.dynamodb.catalog import DynamoIdempotency
    from outbound.adapters.dynamodb.estimates import DynamoEstimates
    from outbound.adapters.expressions.expressions import JinjaExpressions
    from outbound.flow.reaching import ReachPorts

    return ReachPorts(
        clock=clock,
        tokens=SystemTokens(),
        segments=segments(),
        expressions=JinjaExpressions(),
        estimates=DynamoEstimates(_table("RUNS")),
        gate=gate(),
        idempotency=DynamoIdempotency(_table("CATALOG")),
        tasks=_expand_tasks(),
    )


@cache
def programmes() -> DynamoProgrammes:
    """What people can sign up for."""
    from outbound.adapters.dynamodb.programmes import DynamoProgrammes

    return DynamoProgrammes(_table("CATALOG"))


@cache
def programme_ports() -> ProgrammePorts:
    """What the keeping of programmes works with."""
    from outbound.adapters.two_way import read_numbers
    from outbound.flow.manage.programmes import ProgrammePorts

    return ProgrammePorts(clock, programmes(), read_numbers(settings().two_way))


@cache
def event_rule_ports() -> EventRulePorts:
    """What the keeping of rules works with."""
    from outbound.adapters.incoming_events import read_sources
    from outbound.flow.manage.event_rules import EventRulePorts

    return EventRulePorts(_event_rules(), templates(), read_sources(settings().event_sources))


@cache
def rule_ports() -> RulePorts:
    """What the taking of events works with."""
    from outbound.adapters.incoming_events import read_sources
    from outbound.adapters.signals import LoggedSignals
    from outbound.flow.rules import RulePorts

    sources = read_sources(settings().event_sources)
    return RulePorts(intake(), _event_rules(), sources, LoggedSignals())


def _event_rules() -> DynamoEventRules:
    from outbound.adapters.dynamodb.event_rules import DynamoEventRules

    return DynamoEventRules(_table("CATALOG"))


@cache
def anchoring() -> AnchorPorts:
    """What anchoring works with."""
    from outbound.adapters.dynamodb.anchor_days import DynamoAnchorDays
    from outbound.adapters.s3_anchors import S3Anchors
    from outbound.adapters.signals import LoggedSignals
    from outbound.flow.upkeep.anchoring import AnchorPorts

    anchors = S3Anchors(lambda: client("s3", read_timeout=10), settings().text("ANCHORS_BUCKET"))
    days = DynamoAnchorDays(_table("LEDGER"))
    return AnchorPorts(clock, ledger(), days, anchors, tasks(), LoggedSignals())


@cache
def mirroring() -> MirrorPorts:
    """What the mirror works with."""
    from outbound.adapters.account_lists import AwsAccountLists
    from outbound.adapters.signals import LoggedSignals
    from outbound.flow.upkeep.mirroring import MirrorPorts

    lists = AwsAccountLists(
        connect_email=lambda: client("sesv2", attempts=1),
        connect_phone=lambda: client("pinpoint-sms-voice-v2", attempts=1),
        opt_out_lists=settings().opt_out_lists,
    )
    return MirrorPorts(
        clock, suppressions(), _changes(), lists, tasks(), LoggedSignals(), erasures()
    )


@cache
def verification() -> VerifyPorts:
    """What verification works with."""
    from outbound.adapters.dynamodb.contact_heads import DynamoContactHeads
    from outbound.flow.upkeep.verifying import VerifyPorts

    return VerifyPorts(anchoring(), DynamoContactHeads(_table("CONTACTS")), secret())


@cache
def lists() -> ListPorts:
    """What the reading in of AWS's lists works with."""
    from outbound.adapters.dynamodb.imports import DynamoImports
    from outbound.flow.upkeep.importing import ImportPorts

    imports = DynamoImports(_table("CONTACTS"))
    return ImportPorts(suppressions(), imports, audit(), settings().opt_out_lists)


@cache
def schedule() -> Schedule:
    """What the sweep works with."""
    from outbound.adapters.dynamodb.catalog import DynamoCursor
    from outbound.adapters.signals import LoggedSignals
    from outbound.flow.schedule import Schedule

    return Schedule(
        clock=clock,
        messages=_due_messages(),
        queue=queue(),
        cursor=DynamoCursor(_table("CATALOG")),
        stops=stops(),
        signals=LoggedSignals(),
        rates=settings().rates,
        reminders=_due_reminders(),
        tasks=_reminder_tasks(),
    )


def _due_reminders() -> DynamoReminders:
    from datetime import timedelta

    from outbound.adapters.dynamodb.reminders import DynamoReminders

    return DynamoReminders(_table("MESSAGES"), timedelta(), clock)


def _due_messages() -> DynamoMessages:
    from datetime import timedelta

    from outbound.adapters.dynamodb.messages import DynamoMessages

    # The sweep only reads the index, so it is given no secret.
    return DynamoMessages(_table("MESSAGES"), b"", timedelta(), clock)


@cache
def _email() -> Ses:
    from outbound.adapters.carriers.ses import Ses

    return Ses(
        client=_sender("sesv2"),
        sender=settings().text("EMAIL_FROM"),
        configuration_set=settings().text("EMAIL_CONFIGURATION_SET"),
        files=media_files(),
    )


def _many_emails() -> SesBulk:
    from outbound.adapters.carriers.ses_bulk import SesBulk

    return SesBulk(_email())


def _sms() -> Carrier:
    from outbound.adapters.carriers.end_user_messaging import EndUserMessagingSms
    from outbound.adapters.carriers.sns import Sns

    origination = settings().optional("SMS_ORIGINATION")
    max_price = settings().text("SMS_MAX_PRICE")
    if settings().text("SMS_PROVIDER") == "sns":
        return Sns(_sender("sns"), max_price, origination)
    return EndUserMessagingSms(
        client=_sender("pinpoint-sms-voice-v2"),
        configuration_set=settings().text("SMS_CONFIGURATION_SET"),
        max_price=max_price,
        origination=origination,
        files=media_files() if settings().optional("MEDIA_BUCKET") else None,
    )


def _voice() -> Carrier:
    from outbound.adapters.carriers.end_user_messaging import EndUserMessagingVoice

    return EndUserMessagingVoice(
        client=_sender("pinpoint-sms-voice-v2"),
        configuration_set=settings().text("VOICE_CONFIGURATION_SET"),
        max_price_per_minute=settings().text("VOICE_MAX_PRICE_PER_MINUTE"),
        origination=settings().text("VOICE_ORIGINATION"),
        voice=settings().text("VOICE_ID"),
    )


_CARRIERS: dict[Channel, Callable[[], Carrier]] = {
    Channel.EMAIL: _email,
    Channel.SMS: _sms,
    Channel.VOICE: _voice,
}
