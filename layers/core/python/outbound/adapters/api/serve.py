"""The one way into the API: authenticate, route, and answer every failure with a problem.

It stands before the router, so a route that somebody adds is closed by default, and one that
doesn't exist is closed too.
"""

from __future__ import annotations

from dataclasses import dataclass
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
    from outbound.adapters.api.limits import Limiter
    from outbound.domain.words import Scope
    from outbound.ports import Clock


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


@dataclass(frozen=True, slots=True)
class Doorkeeper:
    """Who lets requests in: by their key, and by how many it has made."""

    authenticator: Authenticator
    limiter: Limiter
    clock: Clock


def serve(
    app: APIGatewayHttpResolver,
    door: Doorkeeper,
    event: dict[str, Any],
    context: LambdaContext,
) -> dict[str, Any]:
    """Answer one request."""
    request = APIGatewayProxyEventV2(event)
    key: ApiKey | None = None
    try:
        key = door.authenticator.caller(request.headers, _source(event))
        door.limiter.take(key, 1, door.clock.now())
        app.context.update(key=key, door=door)
        answer = app.resolve(event, context)
    except Exception as error:
        refusal = error if isinstance(error, Refusal) else _unexpected(error)
        answer = _event(problem(refusal, request_id_of(request)))
    if key is not None:
        answer["headers"] |= door.limiter.standing(key, door.clock.now()).headers()
    _log(event, request, answer)
    return answer


def serve_public(
    app: APIGatewayHttpResolver, event: dict[str, Any], context: LambdaContext
) -> dict[str, Any]:
    """Answer one request of anybody: for functions that hold nothing of anyone."""
    answer = app.resolve(event, context)
    _log(event, APIGatewayProxyEventV2(event), answer)
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


def charge(app: APIGatewayHttpResolver, units: int) -> None:
    """Count the current request as `units` requests: a batch as its messages.

    Raises:
        Refusal: the key has too few left.
    """
    door = app.context["door"]
    assert isinstance(door, Doorkeeper)
    door.limiter.take(app.context["key"], units - 1, door.clock.now())


def request_id_of(request: Any) -> str:
    """The id under which API Gateway's access log knows a request."""
    return str(request.raw_event.get("requestContext", {}).get("requestId", ""))


def _log(event: dict[str, Any], request: APIGatewayProxyEventV2, answer: dict[str, Any]) -> None:
    logger().info(
        "request",
        request_id=request_id_of(request),
        route=event.get("routeKey"),
        status=answer["statusCode"],
    )


def _source(event: dict[str, Any]) -> str:
    return str(event.get("requestContext", {}).get("http", {}).get("sourceIp", ""))


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
