"""The models of reminders in requests."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import AfterValidator, Field, field_validator, model_validator

from outbound.adapters.api.forms import form, line
from outbound.adapters.api.identifiers import (
    ContactId,
    IdempotencyKey,
    TemplateId,
    Topic,
)
from outbound.adapters.api.moments import LOCAL_TIME, Local, Moment, Zone, that_there_is, within
from outbound.adapters.api.reading import WHOLE, Model
from outbound.adapters.api.route_requests import RouteModel
from outbound.domain.duration import parse_duration
from outbound.domain.offset import OFFSET, parse_offset
from outbound.domain.recurrence_rule import AT_MOST, bounded
from outbound.domain.reminder import Past
from outbound.domain.words import Channel, Purpose

if TYPE_CHECKING:
    from typing import Self

LARGEST_BATCH = 500
LARGEST_DATA = 8_000
MOST_OFFSETS, MOST_TIMES, MOST_EXCEPT = 20, 24, 200
DAY_OR_TIME = LOCAL_TIME.replace("T(", "(T(").replace("$", ")?$")
BEFORE = r"^P(\d{1,2}W)?(\d{1,2}D)?$"
LIFE = (timedelta(minutes=5), timedelta(days=7))


def _offset(value: str) -> str:
    parse_offset(value)
    return value


def _before(value: str) -> str:
    if not timedelta() < parse_duration(value) <= timedelta(days=60):
        raise ValueError("must be from P1D to P60D")
    return value


def _no_alert(purpose: Purpose) -> Purpose:
    if purpose is Purpose.EMERGENCY:
        raise ValueError("must not be emergency: that purpose is for alerts alone")
    return purpose


SentFor = Annotated[Purpose, AfterValidator(_no_alert)]
Left = Annotated[
    str,
    form(
        DAY_OR_TIME,
        "Must be a day, perhaps with its time on the clock, such as 2026-12-24 or "
        "2026-12-24T09:00.",
    ),
    AfterValidator(that_there_is),
]
Clock = Annotated[
    str,
    form(
        r"^([01][0-9]|2[0-3]):[0-5][0-9]$",
        "Must be a time on the clock from 00:00 to 23:59, such as 08:00.",
    ),
]
Offset = Annotated[
    str,
    form(
        OFFSET, "Must be a duration from the moment, before it with a minus, such as -P1D or -PT2H."
    ),
    AfterValidator(_offset),
]
Line = Annotated[str, line(200)]


class ReminderTemplateModel(Model):
    """A stored template; the version that is published now when none is named."""

    id: TemplateId
    version: Annotated[int, Field(ge=1, le=99_999_999), WHOLE] | None = None


class ReminderEventModel(Model):
    """What goes into calendars."""

    duration: Annotated[str, within(timedelta(minutes=1), timedelta(days=7), "from PT1M to P7D")]
    uid: Line | None = None
    summary: Line | None = None
    location: Line | None = None
    description: Annotated[str, Field(max_length=2000)] | None = None


class RefillModel(Model):
    """A message so long before a supply is used up."""

    before: Annotated[
        str,
        form(BEFORE, "Must be a duration in weeks and days, such as P3D."),
        AfterValidator(_before),
    ]
    template: ReminderTemplateModel


class RepeatModel(Model):
    """Times that come again, from `start` on: each day at `times`, or by `rule`; with an end."""

    start: Local
    times: Annotated[list[Clock], Field(min_length=1, max_length=MOST_TIMES)] | None = None
    rule: Annotated[str, Field(min_length=1, max_length=200)] | None = None
    until: Local | None = None
    count: Annotated[int, Field(ge=1, le=AT_MOST), WHOLE] | None = None
    days_supply: Annotated[int, Field(ge=1, le=366), WHOLE] | None = None
    left_out: Annotated[list[Left], Field(max_length=MOST_EXCEPT)] | None = Field(
        None, alias="except"
    )

    @field_validator("rule")
    @classmethod
    def _rule(cls, rule: str | None) -> str | None:
        if rule is not None:
            bounded(rule)
        return rule

    @model_validator(mode="after")
    def _one(self) -> Self:
        if (self.times is None) == (self.rule is None):
            raise ValueError("must have exactly one of times and rule")
        return self


class ReminderPatchModel(Model):
    """What is to be changed of a reminder."""

    topic: Topic | None = None
    template: ReminderTemplateModel | None = None
    data: dict[str, Any] | None = None
    at: Moment | None = None
    timezone: Zone | None = None
    offsets: Annotated[list[Offset], Field(min_length=1, max_length=MOST_OFFSETS)] | None = None
    past: Past | None = None
    calendar: ReminderEventModel | None = None
    moved: ReminderTemplateModel | None = None
    cancelled: ReminderTemplateModel | None = None
    repeat: RepeatModel | None = None
    refill: RefillModel | None = None
    expires_in: Annotated[str, within(*LIFE, "from PT5M to P7D")] | None = None

    @field_validator("data")
    @classmethod
    def _small(cls, data: dict[str, Any] | None) -> dict[str, Any] | None:
        try:
            length = len(json.dumps(data, allow_nan=False))
        except (ValueError, RecursionError):
            raise ValueError("has numbers or a depth out of range") from None
        if length > LARGEST_DATA:
            raise ValueError(f"may have {LARGEST_DATA:,} characters as JSON")
        if data is not None and "reminder" in data:
            raise ValueError("must not have the name reminder: bodies find the reminder there")
        return data

    @field_validator("offsets")
    @classmethod
    def _each_once(cls, offsets: list[str] | None) -> list[str] | None:
        if offsets is not None and len({*map(parse_offset, offsets)}) < len(offsets):
            raise ValueError("must have offsets that differ")
        return offsets


OF_A_MOMENT, OF_TIMES = ("at", "offsets"), ("repeat",)
NOT_OF_A_MOMENT = ("repeat", "refill")
NOT_OF_TIMES = ("at", "offsets", "past", "calendar", "moved")


class ReminderModel(ReminderPatchModel):
    """A reminder to make: of a moment (`at`, `offsets`), or of times that come again (`repeat`)."""

    contact_id: ContactId
    channel: Channel | None = None
    route: RouteModel | None = None
    purpose: SentFor
    template: ReminderTemplateModel

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if (self.channel is None) == (self.route is None):
            raise ValueError("must have exactly one of channel and route")
        return self

    @model_validator(mode="after")
    def _one_kind(self) -> Self:
        given = {name for name in type(self).model_fields if getattr(self, name) is not None}
        for needed, absent in ((OF_A_MOMENT, NOT_OF_A_MOMENT), (OF_TIMES, NOT_OF_TIMES)):
            if given.issuperset(needed) and given.isdisjoint(absent):
                return self
        raise ValueError(
            "must have at with offsets, and neither repeat nor refill; or else repeat, and neither "
            "at, offsets, past, calendar nor moved"
        )


class ReminderItemModel(ReminderModel):
    """A reminder of a batch, with an idempotency key of its own where it has one."""

    client_token: IdempotencyKey | None = None


class ReminderBatchModel(Model):
    """Many reminders."""

    reminders: Annotated[list[Any], Field(min_length=1, max_length=LARGEST_BATCH)]
