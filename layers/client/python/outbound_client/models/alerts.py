"""Alerts, and how far they are."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from pydantic import Field

from outbound_client.models.answer import Answer, Money


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
