"""The one way into the API: authenticate, route, and answer every failure with a problem.

It stands before the router, so a route that somebody adds is closed by default, and one that
doesn't exist is closed too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aws_lambda_powertools.event_handler import APIGatewayHttpResolver
from aws_lambda_powertools.event_handler.exceptions import NotFoundError
from aws_lambda_powertools.utilities.data_classes import APIGatewayProxyEventV2

from outbound.adapters.api.problems import problem
from outbound.adapters.log import logger, place_of
from outbound.domain.errors import Refusal
from outbound.domain.key import ApiKey, check_scope

if TYPE_CHECKING:
    from aws_lambda_powertools.event_handler import Response
    from aws_lambda_powertools.utilities.typing import LambdaContext

    from outbound.adapters.api.authenticate import Authenticator
    from outbound.domain.words import Scope


def api() -> APIGatewayHttpResolver:
    """A router whose failures are problem documents."""
    app = APIGatewayHttpResolver()

    def refused(refusal: Refusal) -> Response[str]:
        return problem(refusal, request_id_of(app.current_event))

    def unknown(_: NotFoundError) -> Response[str]:
        refusal = Refusal("unknown_route", "There is no such address, or not with this method.")
        return problem(refusal, request_id_of(app.current_event))

    def failed(error: Exception) -> Response[str]:
        return problem(_unexpected(error), request_id_of(app.current_event))

    app.exception_handler(Refusal)(refused)
    app.exception_handler(NotFoundError)(unknown)
    app.exception_handler(Exception)(failed)

    return app


def serve(
    app: APIGatewayHttpResolver,
    authenticator: Authenticator,
    event: dict[str, Any],
    context: LambdaContext,
) -> dict[str, Any]:
    """Answer one request."""
    request = APIGatewayProxyEventV2(event)
    try:
        app.context["key"] = authenticator.caller(request.headers)
        answer = app.resolve(event, context)
    except Exception as error:
        refusal = error if isinstance(error, Refusal) else _unexpected(error)
        answer = _event(problem(refusal, request_id_of(request)))
    logger().info(
        "request",
        request_id=request_id_of(request),
        route=event.get("routeKey"),
        status=answer["statusCode"],
    )
    return answer


def caller(app: APIGatewayHttpResolver, scope: Scope) -> ApiKey:
    """The key of the current request, which must have the scope.

    Raises:
        Refusal: it hasn't.
    """
    key = app.context["key"]
    assert isinstance(key, ApiKey)
    check_scope(key, scope)
    return key


def request_id_of(request: Any) -> str:
    """The id under which API Gateway's access log knows a request."""
    return str(request.raw_event.get("requestContext", {}).get("requestId", ""))


def _unexpected(error: Exception) -> Refusal:
    logger().error("request failed", extra=place_of(error))
    return Refusal("internal_error", "Try again. If it stays so, tell us the request_id.")


def _event(response: Response[str]) -> dict[str, Any]:
    headers = {"Content-Type": str(response.content_type), **response.headers}
    return {
        "statusCode": response.status_code,
        "headers": headers,
        "body": response.body,
        "isBase64Encoded": False,
    }
