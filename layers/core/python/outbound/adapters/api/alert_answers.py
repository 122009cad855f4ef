"""Alerts, as answers hold them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from outbound.domain.duration import duration_text
from outbound.domain.instant import rfc3339, rfc3339_or_none

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from outbound.domain.alert import Alert, Info
    from outbound.domain.message import Status
    from outbound.flow.alerts.progress import Progress, Step


def alert_body(alert: Alert) -> dict[str, Any]:
    """An alert as it is now."""
    settings, approval = alert.settings, alert.approval
    target, template = settings.target, settings.template
    return {
        "id": alert.id,
        "state": alert.state,
        "reason": alert.reason,
        "status": settings.status,
        "type": settings.kind,
        "sender": alert.identity.sender,
        "identifier": alert.identity.identifier,
        "sent": rfc3339(alert.identity.sent),
        "references": list(settings.references),
        "target": {"segment": target.segment} if target.segment else {"regions": [*target.regions]},
        "channels": list(settings.channels),
        "expires_at": rfc3339(settings.expires_at),
        "info": [_info(each) for each in settings.infos],
        "calls_again": settings.calls_again,
        "escalation": [
            {"after": duration_text(each.after), "channels": list(each.channels)}
            for each in settings.escalation
        ],
        "template": template and {"id": template.id, "version": template.version},
        "created_at": rfc3339(alert.created_at),
        "created_by": alert.person,
        "approved_at": rfc3339_or_none(approval.at if approval else None),
        "approved_by": approval.person if approval else None,
        "launched_at": rfc3339_or_none(alert.launched_at),
        "finished_at": rfc3339_or_none(alert.finished_at),
    }


def progress_body(alert: Alert, progress: Progress) -> dict[str, Any]:
    """An alert, and what has become of it so far."""
    return {
        **alert_body(alert),
        "progress": {
            "waves": progress.waves,
            "expanded": progress.expanded,
            "statuses": _counts(progress.statuses),
            "places": _places(progress),
            "acknowledged": dict(progress.acknowledged),
            "steps": [_step(each) for each in progress.steps],
            "cost": _cost(progress.cost),
        },
    }


def _places(progress: Progress) -> list[dict[str, Any]]:
    """Regions and channels in which somebody was written to, or has read it."""
    return [
        {
            "region": region,
            "channel": channel,
            "statuses": dict(progress.places.get((region, channel), {})),
            "acknowledged": progress.read.get((region, channel), 0),
        }
        for region, channel in sorted({*progress.places, *progress.read})
    ]


def _step(step: Step) -> dict[str, Any]:
    return {
        "at": rfc3339_or_none(step.at),
        "after": duration_text(step.wave.after),
        "channels": list(step.wave.channels),
        "for": step.meant,
        "begun": step.begun,
        "expanded": step.expanded,
        "recipients": step.recipients,
        "statuses": _counts(step.statuses),
        "cost": _cost(step.cost),
    }


def _counts(statuses: Mapping[Status, int]) -> dict[str, int]:
    return {status: count for status, count in statuses.items() if count}


def _cost(amount: Decimal) -> dict[str, Any]:
    return {"amount": f"{amount:.5f}", "currency": "USD", "estimated": True}


def _info(info: Info) -> dict[str, Any]:
    return {
        "language": info.language,
        "event": info.event,
        "categories": list(info.categories),
        "urgency": info.urgency,
        "severity": info.severity,
        "certainty": info.certainty,
        "headline": info.headline,
        "description": info.description,
        "instruction": info.instruction,
        "sender_name": info.sender_name,
        "web": info.web,
        "contact": info.contact,
        "areas": list(info.areas),
        "resources": [
            {"description": each.description, "media_type": each.media_type, "url": each.url}
            for each in info.resources
        ],
    }
