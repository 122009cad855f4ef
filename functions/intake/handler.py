"""`POST /v1/messages`, `GET /v1/messages` and `GET /v1/messages/{id}`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from outbound import wiring
from outbound.adapters.api.answers import accepted, answer, message_body
from outbound.adapters.api.message_request import read_contact_id, read_message
from outbound.adapters.api.paging import check_known, cursor_of, read_cursor, read_limit, required
from outbound.adapters.api.reading import body_of, idempotency_key_of
from outbound.adapters.api.serve import api, caller, serve
from outbound.domain.words import Scope
from outbound.flow.intake import accept
from outbound.flow.messages import find, list_by_contact

if TYPE_CHECKING:
    from aws_lambda_powertools.event_handler import Response
    from aws_lambda_powertools.utilities.typing import LambdaContext

app = api()


@app.post("/v1/messages")
def post_message() -> Response[str]:
    key = caller(app, Scope.MESSAGES_WRITE)
    event = app.current_event
    check_known(event.query_string_parameters, ())
    request = read_message(body_of(event), "POST /v1/messages", idempotency_key_of(event))
    result = accept(request, key, wiring.intake())
    return accepted(result.message, replayed=result.replayed)


@app.get("/v1/messages/<message_id>")
def get_message(message_id: str) -> Response[str]:
    key = caller(app, Scope.MESSAGES_READ)
    return answer(200, message_body(find(message_id, key, wiring.messages())))


@app.get("/v1/messages")
def get_messages() -> Response[str]:
    key = caller(app, Scope.MESSAGES_READ)
    parameters = app.current_event.query_string_parameters
    check_known(parameters, ("contact_id", "limit", "cursor"))
    page = list_by_contact(
        read_contact_id(required(parameters, "contact_id")),
        key,
        wiring.messages(),
        limit=read_limit(parameters),
        after=read_cursor(parameters),
    )
    items = [message_body(message) for message in page.messages]
    return answer(200, {"items": items, "next_cursor": cursor_of(page.after)})


def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    return serve(app, wiring.authenticator(), event, context)
