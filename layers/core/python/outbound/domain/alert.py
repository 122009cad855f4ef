"""The alert: an emergency message to many, by every way at once, in the terms of CAP 1.2.

https://docs.oasis-open.org/emergency/cap/v1.2/CAP-v1.2.html
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from outbound.domain import ids
from outbound.domain.run import RunRef
from outbound.domain.words import Channel

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from outbound.domain.content import TemplateRef
    from outbound.domain.words import Mode

NOWHERE = "unknown"
"""The region of who has none."""
AGAIN = (timedelta(minutes=2), timedelta(minutes=6), timedelta(minutes=14))
"""When who wasn't reached by phone is called again, from when the alert began."""


class AlertStatus(StrEnum):
    """Whether it is meant: all but `Actual` are drills, and reach only testers."""

    ACTUAL = "Actual"
    EXERCISE = "Exercise"
    TEST = "Test"


class AlertType(StrEnum):
    """What it does to those that it refers to: an update or a cancellation ends them."""

    ALERT = "Alert"
    UPDATE = "Update"
    CANCEL = "Cancel"


class Category(StrEnum):
    """What kind of event it is about."""

    GEO = "Geo"
    MET = "Met"
    SAFETY = "Safety"
    SECURITY = "Security"
    RESCUE = "Rescue"
    FIRE = "Fire"
    HEALTH = "Health"
    ENV = "Env"
    TRANSPORT = "Transport"
    INFRA = "Infra"
    CBRNE = "CBRNE"
    OTHER = "Other"


class Urgency(StrEnum):
    """How soon to act."""

    IMMEDIATE = "Immediate"
    EXPECTED = "Expected"
    FUTURE = "Future"
    PAST = "Past"
    UNKNOWN = "Unknown"


class Severity(StrEnum):
    """How bad it is."""

    EXTREME = "Extreme"
    SEVERE = "Severe"
    MODERATE = "Moderate"
    MINOR = "Minor"
    UNKNOWN = "Unknown"


class Certainty(StrEnum):
    """How sure it is."""

    OBSERVED = "Observed"
    LIKELY = "Likely"
    POSSIBLE = "Possible"
    UNLIKELY = "Unlikely"
    UNKNOWN = "Unknown"


class AlertState(StrEnum):
    """Where an alert is."""

    AWAITING_APPROVAL = "awaiting_approval"
    SENDING = "sending"
    FINISHED = "finished"
    CANCELLED = "cancelled"


FOLLOWS: Mapping[AlertState, frozenset[AlertState]] = {
    AlertState.AWAITING_APPROVAL: frozenset({AlertState.SENDING, AlertState.CANCELLED}),
    AlertState.SENDING: frozenset({AlertState.FINISHED, AlertState.CANCELLED}),
    AlertState.FINISHED: frozenset(),
    AlertState.CANCELLED: frozenset(),
}


@dataclass(frozen=True, slots=True)
class Resource:
    """Something more to see; we link to it and never fetch it."""

    description: str
    media_type: str
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Info:
    """What is said in one language. `areas` are names of places, for people."""

    language: str
    event: str
    urgency: Urgency
    severity: Severity
    certainty: Certainty
    categories: tuple[Category, ...]
    headline: str | None = None
    description: str | None = None
    instruction: str | None = None
    sender_name: str | None = None
    web: str | None = None
    contact: str | None = None
    areas: tuple[str, ...] = ()
    resources: tuple[Resource, ...] = ()


@dataclass(frozen=True, slots=True)
class Identity:
    """What names an alert in the world: together they are unique."""

    sender: str
    identifier: str
    sent: datetime


@dataclass(frozen=True, slots=True)
class Target:
    """Who: contacts in regions, or in a segment. One of the two is set."""

    regions: tuple[str, ...] = ()
    segment: str | None = None

    def covers(self, region: str | None) -> bool:
        """Whether who lives in a region is meant; a country is all its states."""
        return region is not None and any(
            region == each or region.startswith(f"{each}-") for each in self.regions
        )


@dataclass(frozen=True, slots=True)
class Escalation:
    """Whoever hasn't acknowledged the alert so long after its begin gets it again, so."""

    after: timedelta
    channels: tuple[Channel, ...]


@dataclass(frozen=True, slots=True)
class AlertSettings:
    """What an alert says and whom it is for. It never changes: another one updates it.

    `references` are the ids of the alerts that it ends. `calls_again` is how often who didn't
    answer the phone is called again. `template` has its words, where they aren't ours.
    """

    status: AlertStatus
    kind: AlertType
    infos: tuple[Info, ...]
    target: Target
    channels: tuple[Channel, ...]
    expires_at: datetime
    references: tuple[str, ...] = ()
    calls_again: int = 2
    escalation: tuple[Escalation, ...] = ()
    template: TemplateRef | None = None

    @property
    def drill(self) -> bool:
        """Whether it reaches only testers."""
        return self.status is not AlertStatus.ACTUAL


@dataclass(frozen=True, slots=True)
class Wave:
    """One going out to the whole audience: at first by all channels, later to who is left.

    `missed`: only those whom the calls so far haven't reached.
    """

    number: int
    after: timedelta
    channels: tuple[Channel, ...]
    missed: bool = False


@dataclass(frozen=True, slots=True)
class Approval:
    """Who said yes, with which key, and when."""

    person: str
    key_id: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Alert:
    """`says` is the version of the template of its id that has its words.

    `person` is who asked for it; `reason` says why it has ended; `version` counts the writes.
    """

    tenant: str
    id: str
    mode: Mode
    identity: Identity
    settings: AlertSettings
    state: AlertState
    created_at: datetime
    created_by: str
    updated_at: datetime
    says: int = 1
    person: str | None = None
    approval: Approval | None = None
    launched_at: datetime | None = None
    finished_at: datetime | None = None
    reason: str | None = None
    version: int = 1

    @property
    def waves(self) -> tuple[Wave, ...]:
        """All its goings out, in the order of their time."""
        return waves_of(self.settings)


def waves_of(settings: AlertSettings) -> tuple[Wave, ...]:
    """All goings out of an alert, in the order of their time."""
    calls = settings.calls_again if Channel.VOICE in settings.channels else 0
    later = [
        *((after, (Channel.VOICE,), True) for after in AGAIN[:calls]),
        *((each.after, each.channels, False) for each in settings.escalation),
    ]
    ordered = sorted(later, key=lambda each: each[0])
    return (
        Wave(0, timedelta(), settings.channels),
        *(Wave(number, *each) for number, each in enumerate(ordered, start=1)),
    )


def place(region: str | None, channel: Channel) -> str:
    """Where somebody is reached, as one word: what messages are counted under."""
    return f"{region or NOWHERE}.{channel}"


def split_place(text: str) -> tuple[str, str]:
    """Region and channel of such a word."""
    region, _, channel = text.rpartition(".")
    return region or NOWHERE, channel


def may_become(alert: Alert, state: AlertState) -> bool:
    """Whether an alert may take this step."""
    return state in FOLLOWS[alert.state]


def begins(alert: Alert, wave: Wave) -> datetime:
    """When a wave of a launched alert begins."""
    assert alert.launched_at is not None
    return alert.launched_at + wave.after


def run_of(alert: Alert, wave: Wave) -> RunRef:
    """What a wave's messages are counted under."""
    run = ids.run_id(f"{alert.id}#{wave.number}", begins(alert, wave))
    return RunRef(alert.tenant, alert.id, run)


def message_of_wave(contact_key: str, alert: Alert, wave: Wave, *cause: str) -> str:
    """The id of the one message that a wave has for a contact on a channel (its `cause`)."""
    run = run_of(alert, wave)
    return ids.message_id(contact_key, run.at, alert.tenant, alert.mode, alert.id, run.id, *cause)
