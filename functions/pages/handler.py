"""The reference of the API and its problems for everybody, and pages for recipients."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from functions.pages import people
from outbound.adapters.api.serve import api, serve_public
from outbound.adapters.log import quietly
from outbound.adapters.pages import public

if TYPE_CHECKING:
    from aws_lambda_powertools.event_handler import Response
    from aws_lambda_powertools.utilities.typing import LambdaContext

app = api()
people.routes(app)


@app.get("/v1/openapi.json", compress=True)
def get_openapi() -> Response[str]:
    return public.openapi(app.current_event.headers)


@app.get("/v1/docs", compress=True)
def get_docs() -> Response[str]:
    return public.reference(app.current_event.headers)


@app.get("/problems/<code>", compress=True)
def get_problem(code: str) -> Response[str]:
    return public.problem(code, app.current_event.headers)


@quietly
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    return serve_public(app, event, context)
