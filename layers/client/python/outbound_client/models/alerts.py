"""Alerts, and how far they are."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from pydantic import Field

from outbound_client.models.answer import Answer, EstimatedCost


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
    cost: EstimatedCost


class AlertProgress(Answer):
    """How far an alert is."""

    waves: int
    expanded: bool
    statuses: Mapping[str, int]
    places: tuple[AlertPlace, ...]
    acknowledged: Mapping[str, int]
    steps: tuple[AlertStep, ...]
    cost: EstimatedCost


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
    references: tuple[str, ...] = ()
    target: Mapping[str, Any] = {}
    channels: tuple[str, ...]
    calls_again: int = 0
    escalation: tuple[Mapping[str, Any], ...] = ()
    template: Mapping[str, Any] | None = None
    expires_at: datetime
    info: tuple[Mapping[str, Any], ...]
    created_at: datetime | None = None
    created_by: str | None
    approved_at: datetime | None = None
    approved_by: str | None
    launched_at: datetime | None
    finished_at: datetime | None
    progress: AlertProgress | None = None


class AlertPage(Answer):
    """Some alerts, newest first."""

    items: tuple[Alert, ...]
    next_cursor: str | None = None
