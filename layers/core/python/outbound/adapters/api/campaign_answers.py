"""Campaigns and their reports, as answers hold them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from outbound.domain.address import masked
from outbound.domain.duration import duration_text
from outbound.domain.instant import rfc3339, rfc3339_or_none
from outbound.domain.message import Status
from outbound.domain.run_export import KEPT
from outbound.domain.tally import hour_text
from outbound.domain.words import RouteMode

if TYPE_CHECKING:
    from datetime import timedelta
    from decimal import Decimal

    from outbound.domain.campaign import Audience, Campaign, Route, Settings
    from outbound.domain.content import TemplateRef
    from outbound.domain.message import Decision
    from outbound.domain.run_export import RunExport
    from outbound.domain.tally import Tally
    from outbound.flow.bulk.member import Member
    from outbound.flow.estimating import Estimate
    from outbound.flow.reporting import Report, RunReport


def campaign_body(campaign: Campaign) -> dict[str, Any]:
    """A campaign as it is now."""
    approval = campaign.approval
    return {
        "id": campaign.id,
        "state": campaign.state,
        "reason": campaign.reason,
        **stated(campaign.settings),
        "approved": campaign.approved,
        "approved_at": rfc3339_or_none(approval.at) if approval and campaign.approved else None,
        "created_at": rfc3339(campaign.created_at),
        "updated_at": rfc3339(campaign.updated_at),
        "launched_at": rfc3339_or_none(campaign.launched_at),
        "next_run_at": rfc3339_or_none(campaign.next_at),
    }


def stated(settings: Settings) -> dict[str, Any]:
    """Settings as a request may state them."""
    schedule, pace, canary = settings.schedule, settings.pace, settings.canary
    compared = len(settings.variants) > 1
    times = {
        "at": rfc3339_or_none(schedule.at),
        "local": schedule.local.isoformat(timespec="minutes") if schedule.local else None,
        "timezone": schedule.timezone,
        "rule": schedule.rule,
        "until": rfc3339_or_none(schedule.until),
    }
    return {
        "name": settings.name,
        "channel": None if settings.route else settings.channel,
        "route": _route(settings.route) if settings.route else None,
        "purpose": settings.purpose,
        "topic": settings.topic,
        "template": None if compared else _template(settings.variants[0].template),
        "variants": [
            {"name": each.name, "weight": each.weight, "template": _template(each.template)}
            for each in settings.variants
        ]
        if compared
        else None,
        "hold_out": settings.hold_out,
        "audience": _audience(settings.audience),
        "exclude": _audience(settings.exclude) if settings.exclude else None,
        "data": settings.data,
        "coupon_pool": settings.coupon_pool,
        "schedule": times if any(times.values()) else None,
        "expires_in": duration_text(settings.expires_in),
        "pace": {"per_minute": pace.per_minute, "over": _duration(pace.over)} if pace else None,
        "budget": money(settings.budget) if settings.budget is not None else None,
        "quiet_hours": settings.quiet_hours,
        "canary": {"share": canary.share, "wait": _duration(canary.wait)} if canary else None,
        "needs_approval": settings.needs_approval,
    }


def estimate_body(estimate: Estimate, next_cursor: str | None) -> dict[str, Any]:
    """What a campaign would do; with the cursor it goes on to look, if it does."""
    return {
        "begins_at": rfc3339_or_none(estimate.begins_at),
        "complete": estimate.complete,
        "takes": duration_text(estimate.takes),
        "recipients": estimate.recipients,
        "decisions": [
            decided(verdict, decision, count)
            for (verdict, decision), count in estimate.decisions.items()
        ],
        "deferred": [
            {"hour": hour_text(hour), "count": count}
            for hour, count in sorted(estimate.deferred.items())
        ],
        "parts": estimate.parts,
        "price": {**money(estimate.price), "estimated": True, "unpriced": estimate.unpriced},
        "price_at_most": money(estimate.at_most),
        "channels": [
            {"channel": channel, "count": count}
            for channel, count in sorted(estimate.channels.items())
        ],
        "sample": [_sampled(each) for each in estimate.sample],
        "next_cursor": next_cursor,
    }


def decided(verdict: str, decision: Decision, count: int) -> dict[str, Any]:
    """Of how many the same would be decided."""
    return {
        "verdict": verdict,
        "rule": decision.rule,
        "source": decision.source,
        "reason": decision.reason,
        "count": count,
    }


def _sampled(member: Member) -> dict[str, Any]:
    message = member.message
    return {
        "contact_id": message.contact_id or None,
        "masked": masked(message.address),
        "verdict": message.decision.verdict,
        "reason": message.decision.reason,
        "until": rfc3339_or_none(message.decision.until),
        "rendered": dict(member.outgoing.bodies) if member.outgoing else None,
    }


def report_body(report: Report) -> dict[str, Any]:
    """What has become of a campaign's recipients."""
    return {
        "campaign_id": report.campaign.id,
        "state": report.campaign.state,
        "reason": report.campaign.reason,
        "recipients": report.recipients,
        "waiting": report.waiting,
        **_counts(report.tally),
        "channels": _channels(report),
        "runs": [_run(each) for each in report.runs],
    }


def export_body(export: RunExport, file: str | None) -> dict[str, Any]:
    """The export of a run, with a link to its file."""
    return {
        "campaign_id": export.run.campaign,
        "run_id": export.run.id,
        "state": export.state,
        "reason": export.reason,
        "complete": export.complete,
        "recipients": export.recipients,
        "rows": export.rows,
        "began_at": rfc3339(export.began_at),
        "finished_at": rfc3339_or_none(export.finished_at),
        "expires_at": rfc3339(export.began_at + KEPT),
        "file": file,
    }


def _channels(report: Report) -> list[dict[str, Any]]:
    """Messages by channel; without a route all of them have the campaign's."""
    settings = report.campaign.settings
    if settings.route is not None:
        return _split(report.tally.under("channel"), "channel", "status")
    return [
        {"channel": settings.channel, "status": status, "count": count}
        for status, count in _statuses(report.tally).items()
    ]


def _run(each: RunReport) -> dict[str, Any]:
    return {
        "id": each.run.ref.id,
        "at": rfc3339(each.run.at),
        "expanded": each.expanded,
        "finished_at": rfc3339_or_none(each.run.closed_at),
        "recipients": each.recipients,
        "waiting": each.waiting,
        "statuses": _statuses(each.tally),
        "lost_chunks": list(each.run.lost),
        "lost_recipients": each.run.unnamed,
    }


def _counts(tally: Tally) -> dict[str, Any]:
    return {
        "statuses": _statuses(tally),
        "marks": tally.under("mark"),
        "reasons": _split(tally.under("reason"), "status", "reason"),
        "variants": _split(tally.under("variant"), "variant", "status"),
        "hours": [
            {"hour": name.rpartition(":")[0], "status": name.rpartition(":")[2], "count": count}
            for name, count in tally.under("hour").items()
        ],
        "cost": {**money(tally.cost), "estimated": True},
        "fell_back": tally.fell_back,
    }


def _statuses(tally: Tally) -> dict[str, int]:
    return {status: tally.of(status) for status in Status if tally.of(status)}


def _split(counts: dict[str, int], first: str, second: str) -> list[dict[str, Any]]:
    return [
        {first: name.partition(":")[0], second: name.partition(":")[2], "count": count}
        for name, count in counts.items()
    ]


def _template(ref: TemplateRef) -> dict[str, Any]:
    return {"id": ref.id, "version": ref.version}


def _route(route: Route) -> dict[str, Any]:
    channels, after = list(route.channels), duration_text(route.after)
    return {"mode": RouteMode.FIRST, "channels": channels, "after": after}


def _audience(audience: Audience) -> dict[str, Any]:
    if audience.segment is not None:
        return {"segment": audience.segment}
    return {"contact_ids": list(audience.contact_ids)}


def money(amount: Decimal) -> dict[str, str]:
    """An amount of money."""
    return {"amount": f"{amount:.5f}", "currency": "USD"}


def _duration(duration: timedelta | None) -> str | None:
    return duration_text(duration) if duration is not None else None
