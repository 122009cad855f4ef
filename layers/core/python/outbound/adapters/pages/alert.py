"""The page behind the link of an alert: all that it says, and a button to say that one has read it.

GET shows and POST acts, for scanners follow links and read nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from outbound.adapters.pages.showing import accepted, gone, page
from outbound.adapters.pages.words import language_for, moment
from outbound.domain.alert import AlertState, AlertType
from outbound.domain.alert_text import drill_label, title
from outbound.domain.link import Use
from outbound.flow.alerts.acknowledging import acknowledge, shown

if TYPE_CHECKING:
    from aws_lambda_powertools.event_handler import Response
    from aws_lambda_powertools.utilities.data_classes import APIGatewayProxyEventV2

    from outbound.domain.alert import Alert
    from outbound.flow.alerts.acknowledging import AcknowledgePorts


def alert_page(token: str, event: APIGatewayProxyEventV2, ports: AcknowledgePorts) -> Response[str]:
    """Show an alert, or take that it was read."""
    link = ports.links.read(token, Use.ALERT)
    alert = shown(link, ports) if link else None
    if link is None or alert is None:
        return gone(event)
    done = event.http_method == "POST"
    if done:
        acknowledge(link, ports)
    language = language_for(None, accepted(event))
    infos = [(info, title(info)) for info in alert.settings.infos]
    return page(
        "alert.html",
        language,
        infos=infos,
        labels=[drill_label(alert.settings.status, info.language) for info, _ in infos],
        sent=moment(alert.identity.sent, language),
        expires=moment(alert.settings.expires_at, language),
        over=_is_over(alert, ports),
        done=done,
    )


def _is_over(alert: Alert, ports: AcknowledgePorts) -> bool:
    """Whether it no longer holds: it was updated, or withdrawn, or its time is over."""
    over = alert.state is AlertState.CANCELLED or alert.settings.kind is AlertType.CANCEL
    return over or alert.settings.expires_at <= ports.clock.now()
