"""The HTTP API: its routes, its limits, and a log that names nobody."""

import json
from typing import Any

import pytest

from outbound.adapters.api.contract.document import OPERATIONS
from tests.infra.template import Template

ROUTES = {
    "GET /v1/segments": "Manage",
    "PUT /v1/segments/{id}": "Manage",
    "GET /v1/segments/{id}": "Manage",
    "DELETE /v1/segments/{id}": "Manage",
    "PUT /v1/checks": "Manage",
    "POST /v1/contacts/{id}/lookup": "Manage",
    "GET /v1/lists/health": "Manage",
    "PUT /v1/contacts/{id}/checks": "Manage",
    "POST /v1/segments/{id}/estimate": "Manage",
    "GET /v1/estimates/{id}": "Manage",
    "POST /v1/imports": "Manage",
    "GET /v1/imports": "Manage",
    "GET /v1/imports/{id}": "Manage",
    "POST /v1/imports/{id}/start": "Manage",
    "POST /v1/imports/{id}/cancel": "Manage",
    "POST /v1/messages": "Intake",
    "GET /v1/messages": "Intake",
    "POST /v1/messages/batch": "Intake",
    "GET /v1/messages/{id}": "Intake",
    "PATCH /v1/messages/{id}": "Intake",
    "POST /v1/messages/{id}/cancel": "Intake",
    "GET /v1/routes/{id}": "Intake",
    "POST /v1/routes/{id}/cancel": "Intake",
    "POST /v1/reminders": "Intake",
    "GET /v1/reminders": "Intake",
    "POST /v1/reminders/batch": "Intake",
    "GET /v1/reminders/{id}": "Intake",
    "PATCH /v1/reminders/{id}": "Intake",
    "DELETE /v1/reminders/{id}": "Intake",
    "POST /v1/reminders/{id}/pause": "Intake",
    "POST /v1/reminders/{id}/resume": "Intake",
    "GET /v1/prices": "Intake",
    "POST /v1/templates/{id}/preview": "Intake",
    "POST /v1/templates/{id}/test-send": "Intake",
    "GET /v1/testers": "Intake",
    "PUT /v1/testers/{id}": "Intake",
    "DELETE /v1/testers/{id}": "Intake",
    "POST /v1/testers/{id}/verify": "Intake",
    "GET /v1/rules": "Manage",
    "POST /v1/rules/test": "Manage",
    "PUT /v1/rules/{id}": "Manage",
    "GET /v1/rules/{id}": "Manage",
    "DELETE /v1/rules/{id}": "Manage",
    "GET /v1/rules/{id}/refused": "Manage",
    "PUT /v1/templates/{id}": "Manage",
    "GET /v1/templates/{id}": "Manage",
    "DELETE /v1/templates/{id}": "Manage",
    "GET /v1/templates": "Manage",
    "GET /v1/templates/{id}/versions": "Manage",
    "POST /v1/templates/{id}/publish": "Manage",
    "GET /v1/contacts": "Manage",
    "PUT /v1/contacts/{id}": "Manage",
    "PATCH /v1/contacts/{id}": "Manage",
    "GET /v1/contacts/{id}": "Manage",
    "DELETE /v1/contacts/{id}": "Manage",
    "PUT /v1/contacts/{id}/consents": "Manage",
    "GET /v1/contacts/{id}/consents": "Manage",
    "POST /v1/contacts/{id}/revocations": "Manage",
    "GET /v1/contacts/{id}/export": "Manage",
    "GET /v1/erasures/{id}": "Manage",
    "GET /v1/suppressions": "Manage",
    "PUT /v1/suppressions": "Manage",
    "DELETE /v1/suppressions": "Manage",
    "POST /v1/decisions": "Manage",
    "GET /v1/messages/{id}/evidence": "Manage",
    "POST /v1/evidence/verify": "Manage",
    "GET /v1/stats": "Manage",
    "PUT /v1/budgets": "Manage",
    "GET /v1/budgets": "Manage",
    "GET /v1/costs": "Manage",
    "GET /v1/stats/export": "Manage",
    "GET /v1/webhooks": "Manage",
    "PUT /v1/webhooks/{id}": "Manage",
    "GET /v1/webhooks/{id}": "Manage",
    "DELETE /v1/webhooks/{id}": "Manage",
    "POST /v1/webhooks/{id}/rotate": "Manage",
    "POST /v1/webhooks/{id}/test": "Manage",
    "GET /u/{token}": "Pages",
    "HEAD /u/{token}": "Pages",
    "POST /u/{token}": "Pages",
    "GET /p/{token}": "Pages",
    "HEAD /p/{token}": "Pages",
    "POST /p/{token}": "Pages",
    "GET /s/{token}": "Pages",
    "HEAD /s/{token}": "Pages",
    "POST /s/{token}": "Pages",
    "GET /c/{token}": "Pages",
    "HEAD /c/{token}": "Pages",
    "POST /c/{token}": "Pages",
    "GET /a/{token}": "Pages",
    "HEAD /a/{token}": "Pages",
    "POST /a/{token}": "Pages",
    "POST /v1/media": "Manage",
    "GET /v1/media/{id}": "Manage",
    "DELETE /v1/media/{id}": "Manage",
    "GET /v1/programmes": "Manage",
    "PUT /v1/programmes/{id}": "Manage",
    "GET /v1/programmes/{id}": "Manage",
    "DELETE /v1/programmes/{id}": "Manage",
    "GET /v1/programmes/{id}/form": "Manage",
    "PUT /v1/coupon-pools/{id}": "Manage",
    "GET /v1/coupon-pools/{id}": "Manage",
    "POST /v1/coupon-pools/{id}/codes": "Manage",
    "POST /v1/coupon-pools/{id}/imports": "Manage",
    "GET /e/{token}": "Pages",
    "HEAD /e/{token}": "Pages",
    "POST /e/{token}": "Pages",
    "GET /l/{token}": "Pages",
    "HEAD /l/{token}": "Pages",
    "GET /m/{token}": "Pages",
    "HEAD /m/{token}": "Pages",
    "GET /m/{token}/captions": "Pages",
    "HEAD /m/{token}/captions": "Pages",
    "POST /v1/campaigns": "Manage",
    "GET /v1/campaigns": "Manage",
    "GET /v1/campaigns/{id}": "Manage",
    "PATCH /v1/campaigns/{id}": "Manage",
    "POST /v1/campaigns/{id}/estimate": "Manage",
    "POST /v1/campaigns/{id}/approve": "Manage",
    "POST /v1/campaigns/{id}/launch": "Manage",
    "POST /v1/campaigns/{id}/pause": "Manage",
    "POST /v1/campaigns/{id}/resume": "Manage",
    "POST /v1/campaigns/{id}/cancel": "Manage",
    "GET /v1/campaigns/{id}/report": "Manage",
    "POST /v1/campaigns/{id}/report/export": "Manage",
    "GET /v1/campaigns/{id}/report/export": "Manage",
    "POST /v1/alerts": "Manage",
    "GET /v1/alerts": "Manage",
    "GET /v1/alerts/{id}": "Manage",
    "POST /v1/alerts/{id}/estimate": "Manage",
    "POST /v1/alerts/{id}/approve": "Manage",
    "POST /v1/alerts/{id}/cancel": "Manage",
    "PUT /v1/settings": "Manage",
    "GET /v1/settings": "Manage",
    "POST /v1/keys": "Manage",
    "GET /v1/keys": "Manage",
    "GET /v1/keys/{id}": "Manage",
    "POST /v1/keys/{id}/rotate": "Manage",
    "DELETE /v1/keys/{id}": "Manage",
    "GET /v1/openapi.json": "Pages",
    "GET /v1/docs": "Pages",
    "GET /problems/{code}": "Pages",
    "$default": "Manage",
}


def test_each_route_leads_to_its_function(service: Template) -> None:
    integrations = service.of("AWS::ApiGatewayV2::Integration")
    found = {}
    for route in service.of("AWS::ApiGatewayV2::Route").values():
        integration = integrations[route["Target"]["Fn::Join"][1][1]["Ref"]]
        found[route["RouteKey"]] = integration["IntegrationUri"]["Fn::GetAtt"][0]
        assert integration["PayloadFormatVersion"] == "2.0"

    assert set(found) == set(ROUTES)
    assert all(found[route].startswith(function) for route, function in ROUTES.items())


def test_each_route_is_an_operation_of_the_contract() -> None:
    operations = {f"{operation.method} {operation.path}" for operation in OPERATIONS}

    for_recipients = {route for route in ROUTES if "{token}" in route}
    assert operations == set(ROUTES) - {"$default"} - for_recipients


def test_requests_are_throttled(service: Template) -> None:
    stage = service.only("AWS::ApiGatewayV2::Stage")

    assert stage["DefaultRouteSettings"] == {
        "ThrottlingRateLimit": 200,
        "ThrottlingBurstLimit": 400,
    }


@pytest.mark.parametrize(
    "personal", ["path", "sourceIp", "authorizer", "identity", "uthorization", "userAgent", "query"]
)
def test_the_access_log_holds_no_personal_value(service: Template, personal: str) -> None:
    written = service.only("AWS::ApiGatewayV2::Stage")["AccessLogSettings"]["Format"]

    assert json.loads(written)["route"] == "$context.routeKey"
    assert personal not in written


def test_browsers_may_call_only_from_the_origins_in_the_settings(
    service: Template, local: Any
) -> None:
    cors = local.service.only("AWS::ApiGatewayV2::Api")["CorsConfiguration"]

    assert "CorsConfiguration" not in service.only("AWS::ApiGatewayV2::Api")
    assert cors["AllowOrigins"] == ["http://127.0.0.1:4570"]
    assert {"authorization", "idempotency-key"} <= set(cors["AllowHeaders"])
    assert "idempotent-replayed" in cors["ExposeHeaders"]


def test_the_outputs_are_those_the_tools_read(service: Template) -> None:
    assert {
        "ApiUrl",
        "ApiId",
        "ManageFunction",
        "EmailReceiptsTopic",
        "PhoneReceiptsTopic",
    } <= set(service.body["Outputs"])
