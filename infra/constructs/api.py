"""The HTTP API: routes to functions, throttling, CORS, and an access log without personal data."""

import aws_cdk as cdk
from aws_cdk import aws_apigatewayv2 as apigateway
from aws_cdk import aws_lambda as lambda_
from aws_cdk.aws_apigatewayv2_integrations import HttpLambdaIntegration
from constructs import Construct

from infra.constructs.foundation import Foundation
from infra.constructs.log_group import log_group
from infra.nag import acknowledge

GET, POST = apigateway.HttpMethod.GET, apigateway.HttpMethod.POST
PUT, PATCH = apigateway.HttpMethod.PUT, apigateway.HttpMethod.PATCH
DELETE, HEAD = apigateway.HttpMethod.DELETE, apigateway.HttpMethod.HEAD

INTAKE_ROUTES = {
    "/v1/messages": [POST, GET],
    "/v1/messages/batch": [POST],
    "/v1/messages/{id}": [GET, PATCH],
    "/v1/messages/{id}/cancel": [POST],
    "/v1/routes/{id}": [GET],
    "/v1/routes/{id}/cancel": [POST],
    "/v1/prices": [GET],
    "/v1/reminders": [POST, GET],
    "/v1/reminders/batch": [POST],
    "/v1/reminders/{id}": [GET, PATCH, DELETE],
    "/v1/reminders/{id}/pause": [POST],
    "/v1/reminders/{id}/resume": [POST],
    "/v1/templates/{id}/preview": [POST],
    "/v1/templates/{id}/test-send": [POST],
    "/v1/testers": [GET],
    "/v1/testers/{id}": [PUT, DELETE],
    "/v1/testers/{id}/verify": [POST],
}
MANAGE_ROUTES = {
    "/v1/segments": [GET],
    "/v1/segments/{id}": [PUT, GET, DELETE],
    "/v1/segments/{id}/estimate": [POST],
    "/v1/estimates/{id}": [GET],
    "/v1/programmes": [GET],
    "/v1/programmes/{id}": [PUT, GET, DELETE],
    "/v1/programmes/{id}/form": [GET],
    "/v1/rules": [GET],
    "/v1/rules/test": [POST],
    "/v1/rules/{id}": [PUT, GET, DELETE],
    "/v1/rules/{id}/refused": [GET],
    "/v1/templates": [GET],
    "/v1/templates/{id}": [PUT, GET, DELETE],
    "/v1/templates/{id}/publish": [POST],
    "/v1/templates/{id}/versions": [GET],
    "/v1/settings": [PUT, GET],
    "/v1/campaigns": [POST, GET],
    "/v1/campaigns/{id}": [GET, PATCH],
    "/v1/campaigns/{id}/estimate": [POST],
    "/v1/campaigns/{id}/approve": [POST],
    "/v1/campaigns/{id}/launch": [POST],
    "/v1/campaigns/{id}/pause": [POST],
    "/v1/campaigns/{id}/resume": [POST],
    "/v1/campaigns/{id}/cancel": [POST],
    "/v1/campaigns/{id}/report": [GET],
    "/v1/campaigns/{id}/report/export": [POST, GET],
    "/v1/alerts": [POST, GET],
    "/v1/alerts/{id}": [GET],
    "/v1/alerts/{id}/estimate": [POST],
    "/v1/alerts/{id}/approve": [POST],
    "/v1/alerts/{id}/cancel": [POST],
    "/v1/keys": [POST, GET],
    "/v1/keys/{id}": [GET, DELETE],
    "/v1/keys/{id}/rotate": [POST],
    "/v1/coupon-pools/{id}": [PUT, GET],
    "/v1/coupon-pools/{id}/codes": [POST],
    "/v1/coupon-pools/{id}/imports": [POST],
    "/v1/media": [POST],
    "/v1/media/{id}": [GET, DELETE],
    "/v1/contacts": [GET],
    "/v1/contacts/{id}": [PUT, PATCH, GET, DELETE],
    "/v1/contacts/{id}/consents": [PUT, GET],
    "/v1/contacts/{id}/checks": [PUT],
    "/v1/contacts/{id}/lookup": [POST],
    "/v1/checks": [PUT],
    "/v1/lists/health": [GET],
    "/v1/contacts/{id}/revocations": [POST],
    "/v1/contacts/{id}/export": [GET],
    "/v1/erasures/{id}": [GET],
    "/v1/imports": [POST, GET],
    "/v1/imports/{id}": [GET],
    "/v1/imports/{id}/start": [POST],
    "/v1/imports/{id}/cancel": [POST],
    "/v1/suppressions": [GET, PUT, DELETE],
    "/v1/decisions": [POST],
    "/v1/messages/{id}/evidence": [GET],
    "/v1/evidence/verify": [POST],
    "/v1/stats": [GET],
    "/v1/budgets": [PUT, GET],
    "/v1/costs": [GET],
    "/v1/stats/export": [GET],
    "/v1/webhooks": [GET],
    "/v1/webhooks/{id}": [PUT, GET, DELETE],
    "/v1/webhooks/{id}/rotate": [POST],
    "/v1/webhooks/{id}/test": [POST],
}
PAGES_ROUTES = {
    "/u/{token}": [GET, HEAD, POST],
    "/p/{token}": [GET, HEAD, POST],
    "/s/{token}": [GET, HEAD, POST],
    "/c/{token}": [GET, HEAD, POST],
    "/a/{token}": [GET, HEAD, POST],
    "/e/{token}": [GET, HEAD, POST],
    "/l/{token}": [GET, HEAD],
    "/m/{token}": [GET, HEAD],
    "/m/{token}/captions": [GET, HEAD],
    "/v1/openapi.json": [GET],
    "/v1/docs": [GET],
    "/problems/{code}": [GET],
}

# The route and never the path, whose ids and queries name people; no address, no header.
ACCESS_LOG = {
    "request_id": "$context.requestId",
    "time": "$context.requestTime",
    "route": "$context.routeKey",
    "protocol": "$context.protocol",
    "status": "$context.status",
    "response_bytes": "$context.responseLength",
    "response_ms": "$context.responseLatency",
    "integration_ms": "$context.integrationLatency",
    "integration_status": "$context.integrationStatus",
    "error": "$context.error.responseType",
}


class Api(Construct):
    def __init__(
        self,
        scope: Construct,
        name: str,
        *,
        foundation: Foundation,
        intake: lambda_.IFunction,
        manage: lambda_.IFunction,
        pages: lambda_.IFunction,
    ) -> None:
        super().__init__(scope, name)
        to_intake = _integration("Intake", intake)
        to_manage = _integration("Manage", manage)
        self.http = apigateway.HttpApi(
            self,
            "Http",
            description=f"Outbound {foundation.config.environment}",
            create_default_stage=False,
            default_integration=to_manage,
            cors_preflight=_cors(foundation.config.cors_origins),
        )
        for routes, integration in (
            (INTAKE_ROUTES, to_intake),
            (MANAGE_ROUTES, to_manage),
            (PAGES_ROUTES, _integration("Pages", pages)),
        ):
            for path, methods in routes.items():
                self.http.add_routes(path=path, methods=methods, integration=integration)
        self.stage = self._stage(foundation)
        acknowledge(
            self.http,
            "AwsSolutions-APIG4",
            reason="Functions authenticate every route but those of pages with one middleware, so "
            "that a refusal is a problem document like any other (design, section 7).",
        )

    def _stage(self, foundation: Foundation) -> apigateway.HttpStage:
        stage = apigateway.HttpStage(
            self,
            "Stage",
            http_api=self.http,
            stage_name="$default",
            auto_deploy=True,
            throttle=apigateway.ThrottleSettings(
                rate_limit=foundation.config.api.rate_per_second,
                burst_limit=foundation.config.api.burst,
            ),
        )
        resource = stage.node.default_child
        assert isinstance(resource, apigateway.CfnStage)
        access_log = log_group(self, "AccessLog", foundation=foundation)
        resource.access_log_settings = apigateway.CfnStage.AccessLogSettingsProperty(
            destination_arn=access_log.log_group_arn,
            format=cdk.Stack.of(self).to_json_string(ACCESS_LOG),
        )
        return stage


def _integration(name: str, function: lambda_.IFunction) -> HttpLambdaIntegration:
    """One permission for the whole API: CloudFormation counts them, and takes 500 resources."""
    return HttpLambdaIntegration(name, function, scope_permission_to_route=False)


def _cors(origins: tuple[str, ...]) -> apigateway.CorsPreflightOptions | None:
    if not origins:
        return None
    return apigateway.CorsPreflightOptions(
        allow_origins=list(origins),
        allow_methods=[
            apigateway.CorsHttpMethod.GET,
            apigateway.CorsHttpMethod.POST,
            apigateway.CorsHttpMethod.PUT,
            apigateway.CorsHttpMethod.PATCH,
            apigateway.CorsHttpMethod.DELETE,
        ],
        allow_headers=[
            "authorization",
            "content-type",
            "idempotency-key",
            "if-match",
            "if-none-match",
        ],
        expose_headers=[
            "etag",
            "idempotent-replayed",
            "location",
            "ratelimit",
            "ratelimit-policy",
            "retry-after",
        ],
        max_age=cdk.Duration.hours(1),
    )
