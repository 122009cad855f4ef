"""What the API answers. Fields that this version doesn't know are ignored."""

import datetime as dates
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, SecretStr, model_validator


class Answer(BaseModel):
    """Anything that the API answers: immutable, and open to fields of later versions."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Recipient(Answer):
    """Whom a message is for; the address is masked."""

    contact_id: str | None = None
    masked: str | None = None


class TemplateUsed(Answer):
    """The template version that a message was accepted with."""

    id: str
    version: int
    locale: str | None = None


class Decision(Answer):
    """What the gate said: `send`, `defer` until a time or `block`, and the rule that decided."""

    verdict: str
    rule: str | None = None
    source: str | None = None
    reason: str | None = None
    until: datetime | None = None


class SmsParts(Answer):
    """How a text is encoded and in how many parts it is billed."""

    encoding: str
    parts: int
    smart_encoding: bool = False


class VoiceUsed(Answer):
    """Who reads a call aloud, and about how long it takes."""

    voice: str
    seconds: int


class Price(Answer):
    """What a message costs, or is expected to.

    `carrier_fees` says whether what the carriers charge is in it: included, unknown or none.
    """

    amount: Decimal
    currency: str
    estimated: bool = True
    carrier_fees: str | None = None


class Provider(Answer):
    """Who took the message, and under which id."""

    name: str
    id: str | None = None


class TimelineEntry(Answer):
    """One thing that happened to a message."""

    status: str
    at: datetime
    reason: str | None = None
    rule: str | None = None
    code: str | None = None


class Message(Answer):
    """A message. `status` is plain text, so that a status of a later version can be read too.

    `sender` is who an email is from; None is the sender of the deployment.
    """

    id: str
    status: str
    channel: str
    purpose: str
    created_at: datetime
    topic: str | None = None
    to: Recipient = Recipient()
    template: TemplateUsed | None = None
    decision: Decision | None = None
    sms: SmsParts | None = None
    voice: VoiceUsed | None = None
    sender: str | None = Field(default=None, alias="from")
    price: Price | None = None
    price_reason: str | None = None
    provider: Provider | None = None
    route: str | None = None
    timeline: tuple[TimelineEntry, ...] = ()


class RouteEntry(TimelineEntry):
    """One step of a message of a route."""

    channel: str
    message_id: str


class Route(Answer):
    """One message to a person over several channels: `messages` in the order they are tried.

    `status` is the best that one of them has come to. `without_address` are channels that the
    contact has no address for.
    """

    id: str
    status: str
    mode: str
    channels: tuple[str, ...]
    after: str | None = None
    without_address: tuple[str, ...] = ()
    purpose: str
    topic: str | None = None
    contact_id: str | None = None
    created_at: datetime
    messages: tuple[Message, ...]
    timeline: tuple[RouteEntry, ...] = ()


class DryRun(Answer):
    """What would become of a message, and what it would say."""

    channel: str
    purpose: str
    to: Recipient = Recipient()
    template: TemplateUsed | None = None
    decision: Decision
    sms: SmsParts | None = None
    voice: VoiceUsed | None = None
    sender: str | None = Field(default=None, alias="from")
    price: Price | None = None
    price_reason: str | None = None
    send_at: datetime | None = None
    expires_at: datetime
    content: Mapping[str, Any]


class RouteDryRun(Answer):
    """What would become of the messages of a route, and what each would say."""

    mode: str
    channels: tuple[str, ...]
    after: str | None = None
    without_address: tuple[str, ...] = ()
    purpose: str
    messages: tuple[DryRun, ...]


class EventRule(Answer):
    """Which events become messages, to whom, and with what."""

    id: str
    pattern: Mapping[str, Any]
    contact: Mapping[str, str]
    channel: str | None = None
    route: Mapping[str, Any] | None = None
    purpose: str
    topic: str | None = None
    template: Mapping[str, Any]
    data: Mapping[str, str] = Field(default_factory=dict)
    enabled: bool = True
    mode: str
    created_at: datetime
    updated_at: datetime


class EventRules(Answer):
    """All rules of a tenant."""

    items: tuple[EventRule, ...]


class TriedPattern(Answer):
    """Whether a pattern matches an event; `differs_at` is the first place where it doesn't."""

    matches: bool
    differs_at: str | None = None


class RefusedEvent(Answer):
    """An event that a rule wanted and that became no message."""

    event_id: str
    detail_type: str
    at: datetime
    refused_at: datetime
    code: str
    detail: str


class RefusedEventPage(Answer):
    """A page of refused events, newest first."""

    items: tuple[RefusedEvent, ...]
    next_cursor: str | None = None


class FieldError(Answer):
    """One place of a request that is wrong: a JSON pointer, or a parameter's or header's name."""

    pointer: str = ""
    code: str = ""
    message: str = ""


class ItemProblem(Answer):
    """Why an item of a batch was refused."""

    code: str
    title: str
    status: int
    detail: str
    errors: tuple[FieldError, ...] = ()


class BatchItem(Answer):
    """What became of the item at `index`: one of the three is set."""

    index: int
    message: Message | None = None
    route: Route | None = None
    problem: ItemProblem | None = None

    @model_validator(mode="before")
    @classmethod
    def _gathered(cls, item: Any) -> Any:
        if not isinstance(item, dict) or "problem" in item:
            return item
        kind = "route" if "messages" in item else "message"
        return {"index": item.get("index"), kind: item}


class BatchAnswer(Answer):
    """The answer to a batch, in the order of its request."""

    items: tuple[BatchItem, ...]


class MessagePage(Answer):
    """Some of a contact's messages, newest first; it may be short while there are more."""

    items: tuple[Message, ...]
    next_cursor: str | None = None


class PriceRow(Answer):
    """What AWS charges for a unit, where and when that was read, and how far it is verified.

    `country` is None where a price is the same everywhere; `carrier_fee` where nobody told it.
    """

    unit: str
    country: str | None = None
    amount: Decimal
    carrier_fee: Decimal | None = None
    currency: str
    source: str
    date: dates.date | None = None
    verified: bool
    note: str = ""


class PriceTable(Answer):
    """The prices that estimates are made of."""

    items: tuple[PriceRow, ...]
    next_cursor: str | None = None


class Finding(Answer):
    """What is wrong with a template: an `error` keeps it from being stored, a `warning` doesn't."""

    rule: str
    severity: str
    place: str
    message: str
    source: str | None = None


class Template(Answer):
    """One version of a template; a partial has no purpose, and is sent as a part of others."""

    id: str
    version: int
    purpose: str | None
    channels: Mapping[str, Mapping[str, Any]]
    created_at: datetime | None = None
    published: bool = True
    partial: bool = False
    locale: str | None = None
    locales: Mapping[str, Mapping[str, Mapping[str, Any]]] = {}
    variables: Mapping[str, Mapping[str, Any]] = {}
    parts: Mapping[str, int] = {}
    findings: tuple[Finding, ...] = ()


class TemplateHead(Answer):
    """A template beside its versions; `published` is None where none is sent by default."""

    id: str
    purpose: str | None
    partial: bool = False
    latest: int
    published: int | None
    updated_at: datetime | None = None


class TemplatePage(Answer):
    """Some of a tenant's templates, in the order of their ids."""

    items: tuple[TemplateHead, ...]
    next_cursor: str | None = None


class TemplateVersion(Answer):
    """A version in a list."""

    version: int
    published: bool
    created_at: datetime


class TemplateVersionPage(Answer):
    """Some versions of a template, newest first."""

    items: tuple[TemplateVersion, ...]
    next_cursor: str | None = None


class PreviewedTemplate(Answer):
    """The version that a preview shows."""

    id: str
    version: int


class Preview(Answer):
    """A template as somebody would get it; `bodies`, `price` and `reading_ease` by channel."""

    template: PreviewedTemplate
    bodies: Mapping[str, Mapping[str, Any]]
    sms: SmsParts | None = None
    voice: VoiceUsed | None = None
    price: Mapping[str, Price | None]
    reading_ease: Mapping[str, int | None] = {}
    findings: tuple[Finding, ...] = ()


class SentTest(Answer):
    """A test to a tester: the message, or the problem that kept it."""

    tester: str
    channel: str
    id: str | None = None
    status: str | None = None
    reason: str | None = None
    problem: ItemProblem | None = None


class SentTests(Answer):
    """All tests of a request."""

    items: tuple[SentTest, ...]


class Settings(Answer):
    """What a tenant says of itself; None is what it hasn't said."""

    name: str | None = None
    postal_address: str | None = None
    phone: str | None = None
    website: str | None = None
    locale: str | None = None
    timezone: str | None = None


class Tester(Answer):
    """Somebody who gets tests of templates, once their address is verified."""

    id: str
    masked: str
    verified_at: datetime | None = None
    code_expires_at: datetime | None = None


class TesterList(Answer):
    """All testers."""

    items: tuple[Tester, ...]


class SignedEvidence(Answer):
    """Why a message was sent and what became of it; `jws` is the same with its signature."""

    evidence: Mapping[str, Any]
    jws: str


class VerifiedEvidence(Answer):
    """Whether evidence is as this deployment has signed it, and what it says."""

    valid: bool
    evidence: Mapping[str, Any] | None = None


class LastTest(Answer):
    """What became of the last test of a webhook; `failure` is None where it was taken."""

    event_id: str
    at: datetime
    failure: str | None = None


class Webhook(Answer):
    """Where you are told what becomes of messages.

    `state` is active, failing or disabled. `secret` is there only where it is new: keep it.
    """

    id: str
    url: str
    types: tuple[str, ...]
    state: str
    failing_since: datetime | None = None
    failure: str | None = None
    tried_again_at: datetime | None = None
    disabled_at: datetime | None = None
    disabled_reason: str | None = None
    tested: LastTest | None = None
    created_at: datetime
    updated_at: datetime
    secret: str | None = None


class WebhookList(Answer):
    """All webhooks."""

    items: tuple[Webhook, ...]


class WebhookTest(Answer):
    """A test that is on its way; `tested` of its webhook says what became of it."""

    event_id: str


class Programme(Answer):
    """What people sign up for; `wording` is what they agree to, by language."""

    id: str
    name: str
    purpose: str
    topic: str | None = None
    channels: tuple[str, ...]
    level: str
    wording: Mapping[str, str]
    keyword: str | None = None
    brand: str | None = None
    continue_to: str | None = None
    created_at: datetime
    updated_at: datetime


class Exclusion(Answer):
    """Who is left out of a segment, by any of these; lists of segments don't name contacts."""

    expression: str | None = None
    segments: tuple[str, ...] = ()
    contact_ids: tuple[str, ...] | None = None


class Segment(Answer):
    """Who is meant: whoever `expression` is true of, or `contact_ids`; lists have no contacts."""

    id: str
    expression: str | None = None
    contact_ids: tuple[str, ...] | None = None
    exclude: Exclusion
    created_at: datetime
    updated_at: datetime


class SegmentPage(Answer):
    """Some segments, by id."""

    items: tuple[Segment, ...]
    next_cursor: str | None = None


class GateAnswer(Answer):
    """What the gate would say."""

    verdict: str
    reason: str | None = None
    rule: str | None = None


class CountedDecision(GateAnswer):
    """What the gate would say of so many."""

    count: int


class ChannelReach(Answer):
    """What the gate would say on a channel."""

    channel: str
    decisions: tuple[CountedDecision, ...]


class SampledContact(GateAnswer):
    """One of those who are selected."""

    contact_id: str
    masked: str | None = None
    channel: str


class CountedShards(Answer):
    """How far an estimate is."""

    counted: int
    of: int


class SegmentEstimate(Answer):
    """How far a segment reaches; exact once `state` is finished."""

    id: str
    state: str
    segment: str
    purpose: str
    topic: str | None = None
    at: datetime
    shards: CountedShards
    read: int
    selected: int
    channels: tuple[ChannelReach, ...]
    unknown_attributes: tuple[str, ...]
    sample: tuple[SampledContact, ...]
    created_at: datetime


class SignUpForm(Answer):
    """Where people sign up for a programme: a page, and a form for a page of yours."""

    url: str
    language: str
    html: str


class ProgrammePage(Answer):
    """Some programmes, by id."""

    items: tuple[Programme, ...]
    next_cursor: str | None = None


class UploadForm(Answer):
    """A form that takes a file: its fields, and the content as the last one, `file`."""

    url: str
    fields: Mapping[str, str]
    expires_at: datetime


class ImportRows(Answer):
    """What became of the rows of a file."""

    created: int
    changed: int
    unchanged: int
    refused: int


class ImportPlace(Answer):
    """How far a file is read: of what is unpacked, with the header."""

    bytes: int
    lines: int


class Import(Answer):
    """A file of contacts or of appointments: `report` is a link, once it has ended; `upload` a
    form, before."""

    id: str
    type: str
    format: str
    source: str
    columns: Mapping[str, str | None]
    constants: Mapping[str, str]
    state: str
    reason: str | None = None
    size: int | None = None
    read: ImportPlace
    rows: ImportRows
    reported: int
    ignored_columns: tuple[str, ...]
    created_at: datetime
    started_at: datetime | None = None
    finished_at: datetime | None = None
    upload: UploadForm | None = None
    report: str | None = None


class ImportPage(Answer):
    """Some imports, newest first."""

    items: tuple[Import, ...]
    next_cursor: str | None = None


class Media(Answer):
    """A file: `waiting`, `ready`, or `rejected` for a reason. `upload` is there while it waits."""

    id: str
    state: str
    reason: str | None = None
    name: str
    type: str
    size: int
    expires_at: datetime
    upload: UploadForm | None = None


class CouponCounts(Answer):
    """The codes of a pool."""

    added: int
    taken: int
    free: int


class CouponImport(Answer):
    """How far a file of codes is read: `running`, `finished`, or `failed` for a reason."""

    media_id: str
    state: str
    reason: str | None = None
    lines: int
    added: int
    duplicates: int
    invalid: int


class CouponPool(Answer):
    """A pool of codes."""

    id: str
    created_at: datetime
    expires_at: datetime | None = None
    codes: CouponCounts
    imports: tuple[CouponImport, ...] = ()


class AddedCodes(Answer):
    """What became of codes: new ones, and those that the pool had."""

    added: int
    duplicates: int


class Campaign(Answer):
    """A campaign; what it is made of is as the reference of the API has it."""

    id: str
    state: str
    reason: str | None
    name: str
    channel: str | None
    purpose: str
    topic: str | None
    approved: bool
    created_at: datetime
    updated_at: datetime
    launched_at: datetime | None
    next_run_at: datetime | None
    template: Mapping[str, Any] | None
    variants: tuple[Mapping[str, Any], ...] | None
    schedule: Mapping[str, Any] | None
    route: Mapping[str, Any] | None = None

    @property
    def way(self) -> str:
        """Its channel, or those that it tries one after another."""
        return self.channel or ", then ".join((self.route or {}).get("channels", ()))


class CampaignPage(Answer):
    """Some campaigns, newest first."""

    items: tuple[Campaign, ...]
    next_cursor: str | None = None


class Money(Answer):
    """An amount of money."""

    amount: Decimal
    currency: str


class AlertPlace(Answer):
    """What has become of an alert in a region on a channel."""

    region: str
    channel: str
    statuses: Mapping[str, int]
    acknowledged: int


class AlertStep(Answer):
    """A going out of an alert, done or to come: to `all`, or to who is left."""

    at: datetime | None
    after: str
    channels: tuple[str, ...]
    meant: str = Field(alias="for")
    begun: bool
    expanded: bool
    recipients: int
    statuses: Mapping[str, int]
    cost: Money


class AlertProgress(Answer):
    """How far an alert is."""

    waves: int
    expanded: bool
    statuses: Mapping[str, int]
    places: tuple[AlertPlace, ...]
    acknowledged: Mapping[str, int]
    steps: tuple[AlertStep, ...]
    cost: Money


class Alert(Answer):
    """An alert; `progress` is there where one is looked at alone."""

    id: str
    state: str
    reason: str | None
    status: str
    type: str
    sender: str
    identifier: str
    sent: datetime
    channels: tuple[str, ...]
    expires_at: datetime
    info: tuple[Mapping[str, Any], ...]
    created_by: str | None
    approved_by: str | None
    launched_at: datetime | None
    finished_at: datetime | None
    progress: AlertProgress | None = None


class AlertPage(Answer):
    """Some alerts, newest first."""

    items: tuple[Alert, ...]
    next_cursor: str | None = None


class DecisionCount(Answer):
    """Of how many recipients the same would be decided."""

    verdict: str
    rule: str | None
    reason: str | None
    count: int


class CampaignEstimate(Answer):
    """What a campaign would do."""

    begins_at: datetime | None
    complete: bool
    takes: str
    recipients: int
    decisions: tuple[DecisionCount, ...]
    parts: int
    price: Money
    sample: tuple[Mapping[str, Any], ...]
    price_at_most: Money | None = None
    channels: tuple[Mapping[str, Any], ...] = ()


class CampaignReport(Answer):
    """What has become of a campaign's recipients: `waiting` ones have no message as yet."""

    campaign_id: str
    state: str
    reason: str | None
    recipients: int
    waiting: int
    statuses: Mapping[str, int]
    marks: Mapping[str, int]
    reasons: tuple[Mapping[str, Any], ...]
    variants: tuple[Mapping[str, Any], ...]
    hours: tuple[Mapping[str, Any], ...]
    cost: Money
    runs: tuple[Mapping[str, Any], ...]
    channels: tuple[Mapping[str, Any], ...] = ()
    fell_back: int = 0


class CampaignExport(Answer):
    """A run's recipients in a file: `file` is a link to it, once it is finished."""

    campaign_id: str
    run_id: str
    state: str
    reason: str | None
    complete: bool
    recipients: int
    rows: int
    began_at: datetime
    finished_at: datetime | None
    expires_at: datetime
    file: str | None


class Key(Answer):
    """An API key without its secret."""

    id: str
    name: str
    mode: str
    tenant: str
    scopes: tuple[str, ...]
    purposes: tuple[str, ...]
    created_at: datetime
    expires_at: datetime | None = None
    revoked_at: datetime | None = None
    allowed_addresses: tuple[str, ...] = ()
    limit_per_minute: int | None = None
    last_used_at: datetime | None = None
    replaces: str | None = None
    replaced_by: str | None = None
    person: str | None = None


class KeyPage(Answer):
    """Some of a tenant's keys, newest first."""

    items: tuple[Key, ...]
    next_cursor: str | None = None


class CreatedKey(Key):
    """A new key. Its secret is told once: a repeated request gets the key with no secret."""

    secret: SecretStr | None = None


class ReminderMessage(Answer):
    """A message of a reminder: its offset or time, and what became of it."""

    key: str = Field(alias="for")
    at: datetime
    state: str
    reason: str | None
    message_id: str | None


class Reminder(Answer):
    """A reminder; what it is made of is as the reference of the API has it."""

    id: str
    state: str
    reason: str | None
    contact_id: str
    channel: str | None
    purpose: str
    topic: str | None
    at: datetime | None
    timezone: str
    offsets: tuple[str, ...] | None
    repeat: Mapping[str, Any] | None
    calendar: Mapping[str, Any] | None
    sequence: int
    next_at: datetime | None
    messages: tuple[ReminderMessage, ...]
    counts: Mapping[str, int]
    created_at: datetime
    updated_at: datetime
    route: Mapping[str, Any] | None = None

    @property
    def way(self) -> str:
        """Its channel, or those of its route."""
        return self.channel or ",".join((self.route or {}).get("channels", ()))


class ReminderPage(Answer):
    """Some reminders of a contact, newest first."""

    items: tuple[Reminder, ...]
    next_cursor: str | None = None


class ReminderItem(Answer):
    """What became of one reminder of a batch: the reminder, or the problem that kept it."""

    index: int
    reminder: Reminder | None = None
    problem: ItemProblem | None = None

    @model_validator(mode="before")
    @classmethod
    def _one(cls, value: Any) -> Any:
        if isinstance(value, dict) and "problem" not in value and "reminder" not in value:
            return {"index": value.get("index"), "reminder": value}
        return value


class ReminderBatch(Answer):
    """What became of each reminder, in the order of the request."""

    items: tuple[ReminderItem, ...]


class Spent(Money):
    """What was spent; `estimated` where receipts don't say all of it."""

    estimated: bool


class Budgets(Answer):
    """What may be spent in each month, and what of this one is taken and left; None: no limit."""

    monthly: Money | None = None
    month: str
    taken: Money
    left: Money | None = None


class CostOfPart(Answer):
    """What messages have cost that have something in common."""

    value: str | None = None
    cost: Spent


class Costs(Answer):
    """What a month has cost."""

    month: str
    total: Spent
    channels: tuple[CostOfPart, ...]
    purposes: tuple[CostOfPart, ...]
    campaigns: tuple[CostOfPart, ...]
    budget: Budgets


class DeliveryTimes(Answer):
    """Seconds that half of all messages, and all but one of twenty, took at most to arrive."""

    p50: float | None = None
    p95: float | None = None


class StatsCounts(Answer):
    """What became of messages: `sent` are all that were handed over, `statuses` each once."""

    accepted: int
    sent: int
    statuses: Mapping[str, int]
    marks: Mapping[str, int]
    parts: int
    cost: Spent
    seconds_to_deliver: DeliveryTimes


class StatsGroup(StatsCounts):
    """What became of messages that have something in common; None for those that have none."""

    value: str | None = None


class Stats(Answer):
    """What became of the messages of some days."""

    first: dates.date = Field(alias="from")
    last: dates.date = Field(alias="to")
    by: str
    total: StatsCounts
    items: tuple[StatsGroup, ...]


class ListHealth(Answer):
    """How well all contacts are: how many of them each thing is to be said of.

    `stale` is None where nobody asked for it; `suppressed` counts by reason.
    """

    contacts: int
    no_address: int
    no_consent: int
    role: int
    disposable: int
    stale: int | None
    suppressed: Mapping[str, int]
    next_cursor: str | None = None
