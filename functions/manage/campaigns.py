"""Campaigns, made and steered."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from outbound.adapters.api.answers import answer, replayed_header
from outbound.adapters.api.campaign_answers import (
    campaign_body,
    estimate_body,
    export_body,
    report_body,
    stated,
)
from outbound.adapters.api.campaign_requests import read_campaign, read_patch
from outbound.adapters.api.estimate_cursor import estimate_cursor, read_estimate_cursor
from outbound.adapters.api.paging import (
    campaign_cursor_of,
    check_known,
    read_campaign_cursor,
    read_limit,
    read_run_id,
)
from outbound.adapters.api.reading import body_of, idempotency_key_of
from outbound.adapters.api.serve import caller
from outbound.domain.run_export import ExportState
from outbound.domain.words import Scope
from outbound.flow.estimating import estimate
from outbound.flow.manage import campaigns, steering
from outbound.flow.reporting import report
from outbound.flow.run_exports import keeping
from outbound.wiring import campaigns as wiring
from outbound.wiring import catalog, process, run_exports, segments, stores

if TYPE_CHECKING:
    from collections.abc import Callable

    from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response

    from outbound.domain.campaign import Campaign
    from outbound.domain.key import ApiKey
    from outbound.domain.run_export import RunExport
    from outbound.flow.manage.campaigns import CampaignPorts
    from outbound.flow.run_exports.keeping import ExportPorts

    Step = Callable[[str, ApiKey, CampaignPorts], Campaign]
    Export = Callable[[str, str | None, ApiKey, ExportPorts], RunExport]


AT_ONCE = timedelta(seconds=8)
"""How long an estimate looks at recipients while somebody waits for it."""


def routes(app: APIGatewayHttpResolver) -> None:
    """Add the routes of campaigns."""

    @app.post("/v1/campaigns")
    def post_campaign() -> Response[str]:
        key = caller(app, Scope.CAMPAIGNS_WRITE)
        event = app.current_event
        request = read_campaign(body_of(event), idempotency_key_of(event))
        made = campaigns.create(request, key, wiring.campaign_ports())
        headers = {
            "Location": f"/v1/campaigns/{made.campaign.id}",
            **replayed_header(made.replayed),
        }
        return answer(201, campaign_body(made.campaign), headers)

    @app.get("/v1/campaigns")
    def get_campaigns() -> Response[str]:
        key = caller(app, Scope.CAMPAIGNS_READ)
        parameters = app.current_event.query_string_parameters
        check_known(parameters, ("limit", "cursor"))
        page = campaigns.page(
            key,
            catalog.campaigns(),
            limit=read_limit(parameters),
            after=read_campaign_cursor(parameters),
        )
        items = [campaign_body(each) for each in page.campaigns]
        return answer(200, {"items": items, "next_cursor": campaign_cursor_of(page.after)})

    @app.get("/v1/campaigns/<campaign_id>")
    def get_campaign(campaign_id: str) -> Response[str]:
        key = caller(app, Scope.CAMPAIGNS_READ)
        return answer(200, campaign_body(campaigns.find(campaign_id, key, catalog.campaigns())))

    @app.patch("/v1/campaigns/<campaign_id>")
    def patch_campaign(campaign_id: str) -> Response[str]:
        key = caller(app, Scope.CAMPAIGNS_WRITE)
        want = read_patch(body_of(app.current_event), stated)
        changed = campaigns.change(campaign_id, want, key, wiring.campaign_ports())
        return answer(200, campaign_body(changed))

    @app.get("/v1/campaigns/<campaign_id>/report")
    def get_report(campaign_id: str) -> Response[str]:
        key = caller(app, Scope.CAMPAIGNS_READ)
        found = report(campaign_id, key, catalog.campaigns(), stores.runs())
        return answer(200, report_body(found))

    @app.post("/v1/campaigns/<campaign_id>/report/export")
    def post_export(campaign_id: str) -> Response[str]:
        return _exported(app, campaign_id, keeping.start, 202)

    @app.get("/v1/campaigns/<campaign_id>/report/export")
    def get_export(campaign_id: str) -> Response[str]:
        return _exported(app, campaign_id, keeping.look, 200)

    @app.post("/v1/campaigns/<campaign_id>/estimate")
    def post_estimate(campaign_id: str) -> Response[str]:
        key = caller(app, Scope.CAMPAIGNS_READ)
        rates, until = process.settings().rates, process.clock.now() + AT_ONCE
        ports, secret = segments.segment_ports(), process.secret()
        looked = read_estimate_cursor(
            app.current_event.query_string_parameters, key.tenant, campaign_id, secret
        )
        found = estimate(
            campaign_id,
            key,
            wiring.estimating(),
            rates,
            ports.expressions,
            ports.segments,
            may_go_on=lambda: process.clock.now() < until,
            looked=looked,
        )
        cursor = estimate_cursor(found.looked, key.tenant, campaign_id, secret)
        return answer(200, estimate_body(found, cursor))

    @app.post("/v1/campaigns/<campaign_id>/approve")
    def post_approve(campaign_id: str) -> Response[str]:
        return _stepped(app, campaign_id, steering.approve)

    @app.post("/v1/campaigns/<campaign_id>/launch")
    def post_launch(campaign_id: str) -> Response[str]:
        return _stepped(app, campaign_id, steering.launch)

    @app.post("/v1/campaigns/<campaign_id>/pause")
    def post_pause(campaign_id: str) -> Response[str]:
        return _stepped(app, campaign_id, steering.pause)

    @app.post("/v1/campaigns/<campaign_id>/resume")
    def post_resume(campaign_id: str) -> Response[str]:
        return _stepped(app, campaign_id, steering.resume)

    @app.post("/v1/campaigns/<campaign_id>/cancel")
    def post_cancel(campaign_id: str) -> Response[str]:
        return _stepped(app, campaign_id, steering.cancel)


def _exported(
    app: APIGatewayHttpResolver, campaign_id: str, do: Export, status: int
) -> Response[str]:
    key = caller(app, Scope.CAMPAIGNS_READ)
    parameters = app.current_event.query_string_parameters
    check_known(parameters, ("run_id",))
    ports = run_exports.keeping()
    export = do(campaign_id, read_run_id(parameters), key, ports)
    finished = export.state is ExportState.FINISHED
    return answer(status, export_body(export, ports.files.link(export) if finished else None))


def _stepped(app: APIGatewayHttpResolver, campaign_id: str, step: Step) -> Response[str]:
    key = caller(app, Scope.CAMPAIGNS_LAUNCH)
    return answer(200, campaign_body(step(campaign_id, key, wiring.campaign_ports())))
