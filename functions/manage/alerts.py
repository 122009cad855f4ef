"""Alerts: asked for in JSON or CAP, approved by a second person, cancelled, looked at."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from outbound.adapters.api.alert_answers import alert_body, progress_body
from outbound.adapters.api.alert_estimate_answers import estimate_body
from outbound.adapters.api.answers import answer, replayed_header
from outbound.adapters.api.paging import (
    alert_cursor_of,
    check_known,
    read_alert_cursor,
    read_limit,
)
from outbound.adapters.api.reading import body_of, idempotency_key_of, kind_of, text_of
from outbound.adapters.api.serve import caller
from outbound.domain.words import Scope
from outbound.flow.alerts import making, steering
from outbound.flow.alerts.estimating import estimate
from outbound.flow.alerts.progress import progress_of
from outbound.wiring import alerts as wiring
from outbound.wiring import catalog, process, stores

if TYPE_CHECKING:
    from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response
    from aws_lambda_powertools.utilities.data_classes import APIGatewayProxyEventV2

    from outbound.flow.alerts.making import NewAlert

AT_ONCE = timedelta(seconds=5)
"""How long somebody who waits for an estimate is looked for."""


def routes(app: APIGatewayHttpResolver) -> None:
    """Add the routes of alerts."""

    @app.post("/v1/alerts")
    def post_alert() -> Response[str]:
        key = caller(app, Scope.ALERTS_WRITE)
        made = making.create(_request(app.current_event), key, wiring.alert_ports())
        headers = {"Location": f"/v1/alerts/{made.alert.id}", **replayed_header(made.replayed)}
        return answer(202, alert_body(made.alert), headers)

    @app.get("/v1/alerts")
    def get_alerts() -> Response[str]:
        key = caller(app, Scope.ALERTS_READ)
        parameters = app.current_event.query_string_parameters
        check_known(parameters, ("limit", "cursor"))
        page = making.page(
            key,
            catalog.alerts(),
            limit=read_limit(parameters),
            after=read_alert_cursor(parameters),
        )
        items = [alert_body(each) for each in page.alerts]
        return answer(200, {"items": items, "next_cursor": alert_cursor_of(page.after)})

    @app.get("/v1/alerts/<alert_id>")
    def get_alert(alert_id: str) -> Response[str]:
        key = caller(app, Scope.ALERTS_READ)
        alert = making.find(alert_id, key, catalog.alerts())
        return answer(
            200, progress_body(alert, progress_of(alert, catalog.alerts(), stores.runs()))
        )

    @app.post("/v1/alerts/<alert_id>/estimate")
    def estimate_alert(alert_id: str) -> Response[str]:
        key, until = caller(app, Scope.ALERTS_READ), process.clock.now() + AT_ONCE
        alert = making.find(alert_id, key, catalog.alerts())
        found = estimate(
            alert,
            process.settings().rates,
            wiring.alert_sending(),
            may_go_on=lambda: process.clock.now() < until,
        )
        return answer(200, estimate_body(found))

    @app.post("/v1/alerts/<alert_id>/approve")
    def approve_alert(alert_id: str) -> Response[str]:
        key = caller(app, Scope.ALERTS_APPROVE)
        alert = making.find(alert_id, key, catalog.alerts())
        return answer(200, alert_body(steering.approve(alert, key, wiring.alert_ports())))

    @app.post("/v1/alerts/<alert_id>/cancel")
    def cancel_alert(alert_id: str) -> Response[str]:
        key = caller(app, Scope.ALERTS_WRITE)
        alert = making.find(alert_id, key, catalog.alerts())
        return answer(200, alert_body(steering.cancel(alert, wiring.alert_ports())))


def _request(event: APIGatewayProxyEventV2) -> NewAlert:
    # Imported when they are asked for: manage answers much else.
    from outbound.adapters.api.cap_requests import MEDIA_TYPE, read_wanted

    if kind_of(event) == MEDIA_TYPE:
        from outbound.adapters.cap.reading import read_cap

        wanted = read_wanted(event.query_string_parameters)
        return read_cap(text_of(event), wanted, idempotency_key_of(event))
    from outbound.adapters.api.alert_requests import read_alert

    check_known(event.query_string_parameters, ())
    return read_alert(body_of(event), idempotency_key_of(event))
