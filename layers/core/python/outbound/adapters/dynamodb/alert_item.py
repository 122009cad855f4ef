"""How an alert is written down: one item, its settings as JSON."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from outbound.domain.alert import (
    Alert,
    AlertSettings,
    AlertState,
    AlertStatus,
    AlertType,
    Approval,
    Category,
    Certainty,
    Escalation,
    Identity,
    Info,
    Resource,
    Severity,
    Target,
    Urgency,
)
from outbound.domain.content import TemplateRef
from outbound.domain.instant import parse_rfc3339, rfc3339
from outbound.domain.words import Channel, Mode

if TYPE_CHECKING:
    from collections.abc import Mapping


def alert_item(alert: Alert) -> dict[str, Any]:
    """An alert without its keys."""
    return {
        "mode": alert.mode,
        "identity": _text(asdict(alert.identity)),
        "settings": _text(asdict(alert.settings)),
        "state": alert.state,
        "created_at": rfc3339(alert.created_at),
        "created_by": alert.created_by,
        "updated_at": rfc3339(alert.updated_at),
        "says": alert.says,
        "person": alert.person,
        "approval": _text(asdict(alert.approval)) if alert.approval else None,
        "launched_at": rfc3339(alert.launched_at) if alert.launched_at else None,
        "finished_at": rfc3339(alert.finished_at) if alert.finished_at else None,
        "reason": alert.reason,
        "version": alert.version,
    }


def alert_of(item: Mapping[str, Any], tenant: str) -> Alert:
    """The alert that `alert_item` wrote."""
    return Alert(
        tenant=tenant,
        id=item["sk"],
        mode=Mode(item["mode"]),
        identity=_identity(json.loads(item["identity"])),
        settings=_settings(json.loads(item["settings"])),
        state=AlertState(item["state"]),
        created_at=parse_rfc3339(item["created_at"]),
        created_by=item["created_by"],
        updated_at=parse_rfc3339(item["updated_at"]),
        says=int(item["says"]),
        person=item.get("person"),
        approval=_approval(json.loads(item["approval"])) if "approval" in item else None,
        launched_at=_instant(item.get("launched_at")),
        finished_at=_instant(item.get("finished_at")),
        reason=item.get("reason"),
        version=int(item["version"]),
    )


def _text(value: Any) -> str:
    return json.dumps(value, default=_plain, ensure_ascii=False, separators=(",", ":"))


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    assert isinstance(value, timedelta)
    return value.total_seconds()


def _instant(text: str | None) -> datetime | None:
    return parse_rfc3339(text) if text else None


def _identity(value: Mapping[str, Any]) -> Identity:
    return Identity(**{**value, "sent": datetime.fromisoformat(value["sent"])})


def _approval(value: Mapping[str, Any]) -> Approval:
    return Approval(**{**value, "at": datetime.fromisoformat(value["at"])})


def _settings(value: Mapping[str, Any]) -> AlertSettings:
    target = value["target"]
    return AlertSettings(
        status=AlertStatus(value["status"]),
        kind=AlertType(value["kind"]),
        infos=tuple(map(_info, value["infos"])),
        target=Target(tuple(target["regions"]), target["segment"]),
        channels=tuple(map(Channel, value["channels"])),
        expires_at=datetime.fromisoformat(value["expires_at"]),
        references=tuple(value["references"]),
        calls_again=value["calls_again"],
        escalation=tuple(
            Escalation(timedelta(seconds=each["after"]), tuple(map(Channel, each["channels"])))
            for each in value["escalation"]
        ),
        template=TemplateRef(**value["template"]) if value.get("template") else None,
    )


def _info(value: Mapping[str, Any]) -> Info:
    return Info(
        **{
            **value,
            "urgency": Urgency(value["urgency"]),
            "severity": Severity(value["severity"]),
            "certainty": Certainty(value["certainty"]),
            "categories": tuple(map(Category, value["categories"])),
            "areas": tuple(value["areas"]),
            "resources": tuple(Resource(**each) for each in value["resources"]),
        }
    )
