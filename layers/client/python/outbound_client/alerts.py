"""Alerts: asked for in JSON or CAP 1.2, approved by a second person, looked at, cancelled."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from outbound_client.models import Alert, AlertEstimate, AlertPage
from outbound_client.requests import path_to, query_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from outbound_client.connection import Connection

CAP = "application/cap+xml"


class AlertCalls:
    """The calls on alerts."""

    _api: Connection

    def create_alert(self, alert: Mapping[str, Any], idempotency_key: str | None = None) -> Alert:
        """Ask for an alert, as the reference of the API has its fields. A drill begins at once."""
        return self._api.post(Alert, "/v1/alerts", dict(alert), idempotency_key)

    def create_alert_from_cap(
        self,
        document: str | bytes,
        *,
        regions: Collection[str] = (),
        segment: str | None = None,
        channels: Collection[str] = (),
        calls_again: int | None = None,
        escalation: Collection[str] = (),
        template: str | None = None,
    ) -> Alert:
        """Ask for an alert in XML; its sender, identifier and time make it the same one again.

        Steps of its escalation are written as `PT10M:sms:voice`; `template` has its words.
        """
        query = query_of(
            regions=",".join(regions) or None,
            segment=segment,
            channels=",".join(channels) or None,
            calls_again=calls_again,
            escalation=",".join(escalation) or None,
            template=template,
        )
        return self._api.ask(
            Alert,
            "POST",
            "/v1/alerts",
            content=document,
            query=query,
            headers={"Content-Type": CAP},
        )

    def get_alert(self, alert_id: str) -> Alert:
        """An alert, and its progress by region and channel."""
        return self._api.ask(Alert, "GET", path_to("alerts", alert_id))

    def list_alerts(self, limit: int | None = None, cursor: str | None = None) -> AlertPage:
        """A page of alerts, newest first."""
        query = query_of(limit=limit, cursor=cursor)
        return self._api.ask(AlertPage, "GET", "/v1/alerts", query=query)

    def estimate_alert(self, alert_id: str) -> AlertEstimate:
        """Whom an alert would reach if it began now, and at what price. Nothing is sent."""
        return self._api.ask(AlertEstimate, "POST", f"{path_to('alerts', alert_id)}/estimate")

    def approve_alert(self, alert_id: str) -> Alert:
        """Send an alert that another person has asked for."""
        return self._api.ask(Alert, "POST", f"{path_to('alerts', alert_id)}/approve")

    def cancel_alert(self, alert_id: str) -> Alert:
        """Send no more of an alert; who has it isn't told."""
        return self._api.ask(Alert, "POST", f"{path_to('alerts', alert_id)}/cancel")
