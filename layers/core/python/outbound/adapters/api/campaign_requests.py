"""Campaigns, as they are read from requests."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from outbound.adapters.api.campaign_models import CampaignModel, CampaignPatchModel
from outbound.adapters.api.reading import fingerprint_of, parsed, read
from outbound.adapters.api.route_requests import USUAL
from outbound.domain.campaign import Audience, Canary, Pace, QuietHours, Route, Settings
from outbound.domain.content import TemplateRef
from outbound.domain.duration import parse_duration
from outbound.domain.instant import to_milliseconds
from outbound.domain.timing import Schedule
from outbound.domain.variants import Variant
from outbound.flow.manage.campaigns import NewCampaign

if TYPE_CHECKING:
    from collections.abc import Callable

    from outbound.adapters.api.campaign_models import (
        AudienceModel,
        CampaignRouteModel,
        CampaignTemplateModel,
        CanaryModel,
        PaceModel,
        ScheduleModel,
    )
    from outbound.domain.words import Channel

ROUTE = "POST /v1/campaigns"
USUAL_LIFE = timedelta(days=3)


def read_campaign(text: str, idempotency_key: str | None) -> NewCampaign:
    """A campaign that a caller makes.

    Raises:
        Refusal: the body isn't one.
    """
    settings = _settings(read(CampaignModel, text))
    return NewCampaign(settings, idempotency_key, fingerprint_of(ROUTE, text))


def read_patch(
    text: str, stated: Callable[[Settings], dict[str, Any]]
) -> Callable[[Settings], Settings]:
    """What makes other settings of a draft's: a merge patch (RFC 7396) of what it states.

    Raises:
        Refusal: the body isn't one; or later, what it makes isn't a campaign.
    """
    read(CampaignPatchModel, text)
    patch = parsed(text)

    def want(settings: Settings) -> Settings:
        merged = {**stated(settings), **patch}
        if patch.get("template"):
            merged.pop("variants", None)
        if patch.get("variants"):
            merged.pop("template", None)
        if patch.get("channel"):
            merged.pop("route", None)
        if patch.get("route"):
            merged.pop("channel", None)
        kept = {name: value for name, value in merged.items() if value is not None}
        return _settings(read(CampaignModel, json.dumps(kept)))

    return want


def _settings(model: CampaignModel) -> Settings:
    return Settings(
        name=model.name,
        channel=_first_channel(model),
        purpose=model.purpose,
        topic=model.topic,
        variants=_variants(model),
        audience=_audience(model.audience),
        exclude=_audience(model.exclude) if model.exclude else None,
        data=model.data or {},
        coupon_pool=model.coupon_pool,
        schedule=_schedule(model.schedule) if model.schedule else Schedule(),
        expires_in=parse_duration(model.expires_in) if model.expires_in else USUAL_LIFE,
        pace=_pace(model.pace) if model.pace else None,
        hold_out=model.hold_out or 0,
        budget=Decimal(model.budget.amount) if model.budget else None,
        quiet_hours=model.quiet_hours or QuietHours.DEFER,
        canary=_canary(model.canary) if model.canary else None,
        needs_approval=bool(model.needs_approval),
        route=_route(model.route) if model.route else None,
    )


def _first_channel(model: CampaignModel) -> Channel:
    channel = model.route.channels[0] if model.route else model.channel
    assert channel is not None, "the model has one of the two"
    return channel


def _route(model: CampaignRouteModel) -> Route:
    after = parse_duration(model.after) if model.after else USUAL
    return Route(tuple(model.channels), after)


def _variants(model: CampaignModel) -> tuple[Variant, ...]:
    if model.variants is None:
        assert model.template is not None
        return (Variant("", 1, _template(model.template)),)
    return tuple(
        Variant(each.name, each.weight, _template(each.template)) for each in model.variants
    )


def _template(model: CampaignTemplateModel) -> TemplateRef:
    return TemplateRef(model.id, model.version or 0)


def _audience(model: AudienceModel) -> Audience:
    return Audience(model.segment, tuple(dict.fromkeys(model.contact_ids or ())))


def _schedule(model: ScheduleModel) -> Schedule:
    return Schedule(
        at=to_milliseconds(model.at) if model.at else None,
        local=datetime.fromisoformat(model.local) if model.local else None,
        timezone=model.timezone,
        rule=model.rule,
        until=to_milliseconds(model.until) if model.until else None,
    )


def _pace(model: PaceModel) -> Pace:
    return Pace(model.per_minute, parse_duration(model.over) if model.over else None)


def _canary(model: CanaryModel) -> Canary:
    return Canary(model.share, parse_duration(model.wait) if model.wait else None)
