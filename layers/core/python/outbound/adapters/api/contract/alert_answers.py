"""What answers hold of alerts."""

from __future__ import annotations

from pydantic import Field

from outbound.adapters.api.alert_requests import Channels
from outbound.adapters.api.contract.answers import ABSENT, Answered
from outbound.adapters.api.contract.campaign_answers import Cost, Count
from outbound.adapters.api.contract.pattern import AlertId, Instant
from outbound.adapters.api.identifiers import Locale, SegmentId, TemplateId
from outbound.domain.alert import (
    AlertState,
    AlertStatus,
    AlertType,
    Category,
    Certainty,
    Severity,
    Urgency,
)
from outbound.domain.message import Status
from outbound.domain.words import Channel
from outbound.flow.alerts.progress import Meant


class MeantBy(Answered):
    """Who an alert is for: one of the two."""

    regions: list[str] = ABSENT
    """Contacts in these."""
    segment: SegmentId = ABSENT
    """Contacts in this."""


class AlertResource(Answered):
    """Something more to see."""

    description: str
    """What it is."""
    media_type: str
    """Of which type."""
    url: str | None
    """Where it is."""


class AlertInfo(Answered):
    """What an alert says in one language."""

    language: Locale
    """The language."""
    event: str
    """What happens."""
    categories: list[Category]
    """Of what kind."""
    urgency: Urgency
    """How soon to act."""
    severity: Severity
    """How bad it is."""
    certainty: Certainty
    """How sure it is."""
    headline: str | None
    """The event, in a line."""
    description: str | None
    """What is known."""
    instruction: str | None
    """What to do."""
    sender_name: str | None
    """Who says it."""
    web: str | None
    """Where more is said."""
    contact: str | None
    """Whom to ask."""
    areas: list[str]
    """Where, in words."""
    resources: list[AlertResource]
    """More to see."""


class AlertStep(Answered):
    """What follows for who hasn't acknowledged it."""

    after: str
    """How long after its begin."""
    channels: Channels
    """By what."""


class AlertWords(Answered):
    """A version of a template."""

    id: TemplateId
    """The template."""
    version: int
    """The version."""


class Alert(Answered):
    """An alert as it is now."""

    id: AlertId
    """Names the alert here."""
    state: AlertState
    """Where it is."""
    reason: str | None
    """Why it has ended, as a stable word."""
    status: AlertStatus
    """Whether it is meant, or a drill."""
    type: AlertType
    """What it does to those that it refers to."""
    sender: str
    """With identifier and sent, names it in the world."""
    identifier: str
    """The sender's own name of it."""
    sent: Instant
    """When it was sent."""
    references: list[AlertId]
    """What it ends."""
    target: MeantBy
    """Who it is for."""
    channels: Channels
    """By what it is sent."""
    expires_at: Instant
    """Until when it holds."""
    info: list[AlertInfo]
    """What it says, by language."""
    calls_again: Count
    """How often who doesn't answer the phone is called again."""
    escalation: list[AlertStep]
    """What follows."""
    template: AlertWords | None
    """The version of a template that has its words; null where they are ours."""
    created_at: Instant
    """When it was asked for."""
    created_by: str | None
    """By which person; null where the key is no person's."""
    approved_at: Instant | None
    """When it was approved."""
    approved_by: str | None
    """By which person."""
    launched_at: Instant | None
    """When it began to be sent."""
    finished_at: Instant | None
    """Since when all are accounted for, or it has expired."""


class AlertList(Answered):
    """Some alerts, newest first."""

    items: list[Alert]
    """The alerts."""
    next_cursor: str | None
    """Where the next page begins; null on the last one."""


class AlertPlace(Answered):
    """Messages in a region on a channel."""

    region: str
    """Where its contacts live; `unknown` for who lives we don't know where."""
    channel: Channel
    """How they are reached."""
    statuses: dict[Status, Count]
    """What their messages have become."""
    acknowledged: Count
    """How many of them have said that they have read it, by the link of this channel."""


class AlertGoingOut(Answered):
    """A step of an alert: to all at first, then to who is left."""

    at: Instant | None
    """When it begins; null as long as the alert isn't approved."""
    after: str
    """The same from when the alert begins, as an ISO 8601 duration."""
    channels: Channels
    """By what."""
    meant: Meant = Field(alias="for")
    """For whom: all; whom no call has reached as yet; or who hasn't acknowledged it."""
    begun: bool
    """Whether it has begun; what is still to come when an alert ends never does."""
    expanded: bool
    """Whether the audience was read to its end."""
    recipients: Count
    """Its messages: one for each contact and channel."""
    statuses: dict[Status, Count]
    """What they have become."""
    cost: Cost
    """What was spent on it so far."""


class Progress(Answered):
    """How far an alert is."""

    waves: Count
    """How often it has gone out: once to all, then to who is left."""
    expanded: bool
    """Whether the audience was read to its end in each."""
    statuses: dict[Status, Count]
    """What the messages have become, each counted once."""
    places: list[AlertPlace]
    """The same by region and channel."""
    acknowledged: dict[Channel, Count]
    """How many contacts have said that they have read it, by the channel of the link."""
    steps: list[AlertGoingOut]
    """All its steps, begun or to come: to all, calls again, and those of its escalation."""
    cost: Cost
    """What was spent so far."""


class AlertProgress(Alert):
    """An alert, and what has become of it so far."""

    progress: Progress
    """How far it is."""
