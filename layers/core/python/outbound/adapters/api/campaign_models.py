"""The models of campaigns in requests."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import (
    AwareDatetime,
    BeforeValidator,
    Field,
    field_validator,
    model_validator,
)

from outbound.adapters.api.forms import form, name
from outbound.adapters.api.identifiers import (
    ContactId,
    PoolId,
    SegmentId,
    TemplateId,
    Topic,
)
from outbound.adapters.api.moments import Local, Zone, within
from outbound.adapters.api.reading import WHOLE, Model
from outbound.adapters.api.route_requests import After, Channels
from outbound.domain.campaign import QuietHours
from outbound.domain.words import Channel, Purpose, RouteMode

if TYPE_CHECKING:
    from typing import Self

LARGEST_AUDIENCE = 500
MOST_VARIANTS = 10
LARGEST_DATA = 16_000
LIFE = (timedelta(minutes=5), timedelta(days=30))
SPAN = (timedelta(minutes=10), timedelta(days=7))


def _one_after_another(mode: Any) -> Any:
    if mode == RouteMode.ALL:
        raise ValueError(
            "must be first: a run counts each recipient once. "
            "To write to all by several channels at once, make a campaign for each"
        )
    return mode


Life = Annotated[str, within(*LIFE, "from PT5M to P30D")]
Span = Annotated[str, within(*SPAN, "from PT10M to P7D")]
Amount = Annotated[
    str,
    form(
        r"^[0-9]{1,7}(\.[0-9]{1,5})?$",
        "Must be an amount as a text, with at most 7 digits before its point and 5 behind it, "
        "such as 250.00.",
    ),
]
Share = Annotated[float, Field(ge=0, le=0.5)]


class CampaignTemplateModel(Model):
    """A stored template; the version that is published now when none is named."""

    id: TemplateId
    version: Annotated[int, Field(ge=1, le=99_999_999), WHOLE] | None = None


class VariantModel(Model):
    """One of the versions that are compared."""

    name: Annotated[str, name(20)]
    weight: Annotated[int, Field(ge=1, le=1000), WHOLE] = 1
    template: CampaignTemplateModel


class AudienceModel(Model):
    """Who: a segment, or contacts by id."""

    segment: SegmentId | None = None
    contact_ids: (
        Annotated[list[ContactId], Field(min_length=1, max_length=LARGEST_AUDIENCE)] | None
    ) = None

    @model_validator(mode="after")
    def _one(self) -> Self:
        if (self.segment is None) == (self.contact_ids is None):
            raise ValueError("must have exactly one of segment and contact_ids")
        return self


class ScheduleModel(Model):
    """When: `at`; `local`, on each recipient's clock; or `rule`, from `local` on in `timezone`."""

    at: AwareDatetime | None = None
    local: Local | None = None
    timezone: Zone | None = None
    rule: Annotated[str, Field(min_length=1, max_length=200)] | None = None
    until: AwareDatetime | None = None

    @model_validator(mode="after")
    def _form(self) -> Self:
        given = {name for name in type(self).model_fields if getattr(self, name) is not None}
        if given not in SCHEDULES:
            raise ValueError(
                "must have at, or local with timezone, or these two with rule and perhaps until"
            )
        return self


SCHEDULES = (
    {"at"},
    {"local", "timezone"},
    {"local", "timezone", "rule"},
    {"local", "timezone", "rule", "until"},
)


class PaceModel(Model):
    """How quickly: one of the two."""

    per_minute: Annotated[int, Field(ge=1, le=1_000_000), WHOLE] | None = None
    over: Span | None = None

    @model_validator(mode="after")
    def _one(self) -> Self:
        if (self.per_minute is None) == (self.over is None):
            raise ValueError("must have exactly one of per_minute and over")
        return self


class CanaryModel(Model):
    """A few first; the others after `wait`, or when the campaign is resumed."""

    share: Annotated[float, Field(ge=0.001, le=0.5)] = 0.01
    wait: Span | None = None


class BudgetModel(Model):
    """What a campaign may cost."""

    amount: Amount
    currency: Literal["USD"] = "USD"


class CampaignRouteModel(Model):
    """Channels that are tried one after another."""

    mode: Annotated[Literal["first"], BeforeValidator(_one_after_another)]
    channels: Channels
    after: After | None = None


class CampaignPatchModel(Model):
    """What is to be changed of a draft."""

    name: Annotated[str, Field(min_length=1, max_length=200)] | None = None
    channel: Channel | None = None
    route: CampaignRouteModel | None = None
    purpose: Purpose | None = None
    topic: Topic | None = None
    template: CampaignTemplateModel | None = None
    variants: (
        Annotated[list[VariantModel], Field(min_length=2, max_length=MOST_VARIANTS)] | None
    ) = None
    hold_out: Share | None = None
    audience: AudienceModel | None = None
    exclude: AudienceModel | None = None
    data: dict[str, Any] | None = None
    coupon_pool: PoolId | None = None
    schedule: ScheduleModel | None = None
    expires_in: Life | None = None
    pace: PaceModel | None = None
    budget: BudgetModel | None = None
    quiet_hours: QuietHours | None = None
    canary: CanaryModel | None = None
    needs_approval: bool | None = None

    @field_validator("data")
    @classmethod
    def _small(cls, data: dict[str, Any] | None) -> dict[str, Any] | None:
        try:
            length = len(json.dumps(data, allow_nan=False))
        except (ValueError, RecursionError):
            raise ValueError("has numbers or a depth out of range") from None
        if length > LARGEST_DATA:
            raise ValueError(f"may have {LARGEST_DATA:,} characters as JSON")
        return data

    @field_validator("variants")
    @classmethod
    def _named_once(cls, variants: list[VariantModel] | None) -> list[VariantModel] | None:
        if variants is not None and len({each.name for each in variants}) < len(variants):
            raise ValueError("must have names that differ")
        return variants


class CampaignModel(CampaignPatchModel):
    """A campaign to make: one of `channel` and `route`, and one of `template` and `variants`."""

    name: Annotated[str, Field(min_length=1, max_length=200)]
    purpose: Purpose
    audience: AudienceModel

    @model_validator(mode="after")
    def _one(self) -> Self:
        if (self.channel is None) == (self.route is None):
            raise ValueError("must have exactly one of channel and route")
        if self.route is not None and self.coupon_pool is not None:
            raise ValueError("can't have a coupon_pool and a route: each channel would take a code")
        if (self.template is None) == (self.variants is None):
            raise ValueError("must have exactly one of template and variants")
        return self
