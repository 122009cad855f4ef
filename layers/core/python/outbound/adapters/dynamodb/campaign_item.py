"""A campaign as an item of DynamoDB, and back: what can be sought, and its settings as JSON."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from outbound.domain.campaign import (
    Approval,
    Audience,
    Campaign,
    Canary,
    Pace,
    QuietHours,
    Route,
    Settings,
    State,
)
from outbound.domain.content import TemplateRef
from outbound.domain.instant import parse_rfc3339, rfc3339, rfc3339_or_none
from outbound.domain.timing import Schedule
from outbound.domain.variants import Variant
from outbound.domain.words import Channel, Mode, Purpose

if TYPE_CHECKING:
    from collections.abc import Mapping


def campaign_item(campaign: Campaign) -> dict[str, Any]:
    """All but the keys."""
    approval = campaign.approval
    return {
        "mode": campaign.mode,
        "settings": json.dumps(_settings(campaign.settings), ensure_ascii=False),
        "state": campaign.state,
        "created_at": rfc3339(campaign.created_at),
        "created_by": campaign.created_by,
        "updated_at": rfc3339(campaign.updated_at),
        "reason": campaign.reason,
        "approval": [approval.key_id, rfc3339(approval.at), approval.digest] if approval else None,
        "launched_at": rfc3339_or_none(campaign.launched_at),
        "next_at": rfc3339_or_none(campaign.next_at),
        "run_at": rfc3339_or_none(campaign.run_at),
        "excused": campaign.excused or None,
        "version": campaign.version,
    }


def campaign_of(item: Mapping[str, Any], tenant: str) -> Campaign:
    """The campaign that `campaign_item` wrote under its id."""
    approval = item.get("approval")
    return Campaign(
        tenant=tenant,
        id=item["sk"],
        mode=Mode(item["mode"]),
        settings=_settings_of(json.loads(item["settings"])),
        state=State(item["state"]),
        created_at=parse_rfc3339(item["created_at"]),
        created_by=item["created_by"],
        updated_at=parse_rfc3339(item["updated_at"]),
        reason=item.get("reason"),
        approval=Approval(approval[0], parse_rfc3339(approval[1]), approval[2])
        if approval
        else None,
        launched_at=_read(item.get("launched_at")),
        next_at=_read(item.get("next_at")),
        run_at=_read(item.get("run_at")),
        excused=bool(item.get("excused")),
        version=int(item["version"]),
    )


def _settings(settings: Settings) -> dict[str, Any]:
    schedule, pace, canary = settings.schedule, settings.pace, settings.canary
    return {
        "name": settings.name,
        "channel": settings.channel,
        "purpose": settings.purpose,
        "topic": settings.topic,
        "variants": [
            [each.name, each.weight, each.template.id, each.template.version]
            for each in settings.variants
        ],
        "audience": _audience(settings.audience),
        "exclude": _audience(settings.exclude) if settings.exclude else None,
        "data": settings.data,
        "schedule": {
            "at": rfc3339_or_none(schedule.at),
            "local": schedule.local.isoformat() if schedule.local else None,
            "timezone": schedule.timezone,
            "rule": schedule.rule,
            "until": rfc3339_or_none(schedule.until),
        },
        "expires_in": settings.expires_in.total_seconds(),
        "coupon_pool": settings.coupon_pool,
        "pace": [pace.per_minute, _seconds(pace.over)] if pace else None,
        "hold_out": settings.hold_out,
        "budget": str(settings.budget) if settings.budget is not None else None,
        "quiet_hours": settings.quiet_hours,
        "canary": [canary.share, _seconds(canary.wait)] if canary else None,
        "needs_approval": settings.needs_approval,
        "route": [_seconds(settings.route.after), *settings.route.channels]
        if settings.route
        else None,
    }


def _settings_of(value: Mapping[str, Any]) -> Settings:
    schedule, pace, canary = value["schedule"], value["pace"], value["canary"]
    return Settings(
        name=value["name"],
        channel=Channel(value["channel"]),
        purpose=Purpose(value["purpose"]),
        topic=value["topic"],
        variants=tuple(
            Variant(name, weight, TemplateRef(template, version))
            for name, weight, template, version in value["variants"]
        ),
        audience=_audience_of(value["audience"]),
        exclude=_audience_of(value["exclude"]) if value["exclude"] else None,
        data=value["data"],
        schedule=Schedule(
            at=_read(schedule["at"]),
            local=datetime.fromisoformat(schedule["local"]) if schedule["local"] else None,
            timezone=schedule["timezone"],
            rule=schedule["rule"],
            until=_read(schedule["until"]),
        ),
        expires_in=timedelta(seconds=value["expires_in"]),
        coupon_pool=value["coupon_pool"],
        pace=Pace(pace[0], _duration(pace[1])) if pace else None,
        hold_out=value["hold_out"],
        budget=Decimal(value["budget"]) if value["budget"] is not None else None,
        quiet_hours=QuietHours(value["quiet_hours"]),
        canary=Canary(canary[0], _duration(canary[1])) if canary else None,
        needs_approval=value["needs_approval"],
        route=_route_of(*value["route"]) if value.get("route") else None,
    )


def _route_of(after: float, *channels: str) -> Route:
    return Route(tuple(map(Channel, channels)), timedelta(seconds=after))


def _audience(audience: Audience) -> dict[str, Any]:
    return {
        "segment": audience.segment,
        "contact_ids": list(audience.contact_ids),
        "version": audience.version,
    }


def _audience_of(value: Mapping[str, Any]) -> Audience:
    version = value.get("version")
    ids = tuple(value["contact_ids"])
    return Audience(value["segment"], ids, str(version) if version is not None else None)


def _seconds(duration: timedelta | None) -> float | None:
    return duration.total_seconds() if duration is not None else None


def _duration(seconds: float | None) -> timedelta | None:
    return timedelta(seconds=seconds) if seconds is not None else None


def _read(text: str | None) -> datetime | None:
    return parse_rfc3339(text) if text else None
