"""Messages over HTTPS: accepted, rehearsed, found, listed, moved, cancelled; and what they cost."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from functions.intake import previews, reminders, routes, testers
from outbound.adapters.api import answers, batch_answers
from outbound.adapters.api.message_request import (
    LARGEST_BATCH_BODY,
    read_batch,
    read_contact_id,
    read_message,
    read_rescheduling,
)
from outbound.adapters.api.paging import (
    check_known,
    cursor_of,
    one_of,
    read_cursor,
    read_flag,
    read_limit,
    read_run_cursor,
    read_statuses,
)
from outbound.adapters.api.price_list import prices_body, read_country
from outbound.adapters.api.reading import body_of, idempotency_key_of
from outbound.adapters.api.serve import api, caller, charge, request_id_of, serve
from outbound.adapters.log import quietly
from outbound.domain.words import Scope
from outbound.flow.batch import accept_batch, rehearse_batch
from outbound.flow.campaign_messages import list_by_campaign
from outbound.flow.cancel import cancel
from outbound.flow.intake import accept, rehearse
from outbound.flow.messages import find, list_by_contact
from outbound.flow.rescheduling import reschedule
from outbound.flow.routed import RouteRequest
from outbound.wiring import access, prices, process, stores
from outbound.wiring import intake as wiring

if TYPE_CHECKING:
    from aws_lambda_powertools.event_handler import Response
    from aws_lambda_powertools.utilities.typing import LambdaContext

    from outbound.ports import Page

app = api()
testers.routes(app)
reminders.routes(app)
previews.routes(app)
routes.routes(app)


@app.post("/v1/messages")
def post_message() -> Response[str]:
    key = caller(app, Scope.MESSAGES_WRITE)
    event = app.current_event
    check_known(event.query_string_parameters, ("dry_run",))
    dry_run = read_flag(event.query_string_parameters, "dry_run")
    request = read_message(body_of(event), idempotency_key_of(event))
    if isinstance(request, RouteRequest):
        return routes.post(request, key, dry_run=dry_run)
    if dry_run:
        return answers.rehearsed(rehearse(request, key, wiring.intake()))
    result = accept(request, key, wiring.intake())
    return answers.accepted(result.message, replayed=result.replayed)


@app.post("/v1/messages/batch")
def post_batch() -> Response[str]:
    key = caller(app, Scope.MESSAGES_WRITE)
    event = app.current_event
    check_known(event.query_string_parameters, ("dry_run",))
    dry_run = read_flag(event.query_string_parameters, "dry_run")
    batch = read_batch(body_of(event, LARGEST_BATCH_BODY), idempotency_key_of(event))
    charge(app, len(batch.items))
    if dry_run:
        rehearsed = rehearse_batch(batch, key, wiring.intake())
        return batch_answers.rehearsed_batch(rehearsed, request_id_of(event))
    accepted = accept_batch(batch, key, wiring.intake())
    return batch_answers.accepted_batch(accepted, request_id_of(event))


@app.get("/v1/messages/<message_id>")
def get_message(message_id: str) -> Response[str]:
    key = caller(app, Scope.MESSAGES_READ)
    found = find(message_id, key, stores.messages())
    return answers.answer(200, answers.message_body(found))


@app.patch("/v1/messages/<message_id>")
def patch_message(message_id: str) -> Response[str]:
    key = caller(app, Scope.MESSAGES_WRITE)
    moved = read_rescheduling(body_of(app.current_event))
    message = reschedule(message_id, moved, key, wiring.rescheduling())
    return answers.answer(200, answers.message_body(message))


@app.post("/v1/messages/<message_id>/cancel")
def post_cancel(message_id: str) -> Response[str]:
    key = caller(app, Scope.MESSAGES_WRITE)
    cancelled = cancel(message_id, key, stores.messages(), process.clock.now())
    return answers.answer(200, answers.message_body(cancelled))


@app.get("/v1/messages")
def get_messages() -> Response[str]:
    key = caller(app, Scope.MESSAGES_READ)
    parameters = app.current_event.query_string_parameters
    check_known(parameters, ("contact_id", "campaign_id", "status", "limit", "cursor"))
    if one_of(parameters, "contact_id", "campaign_id") == "campaign_id":
        page = list_by_campaign(
            parameters["campaign_id"],
            key,
            wiring.campaign_messages(),
            statuses=read_statuses(parameters),
            limit=read_limit(parameters),
            after=read_run_cursor(parameters),
        )
        return _listed(page)
    page = list_by_contact(
        read_contact_id(parameters["contact_id"]),
        key,
        stores.messages(),
        statuses=read_statuses(parameters),
        limit=read_limit(parameters),
        after=read_cursor(parameters),
    )
    return _listed(page)


def _listed(page: Page) -> Response[str]:
    items = [answers.message_body(message) for message in page.messages]
    return answers.answer(200, {"items": items, "next_cursor": cursor_of(page.after)})


@app.get("/v1/prices")
def get_prices() -> Response[str]:
    caller(app, Scope.MESSAGES_READ)
    country = read_country(app.current_event.query_string_parameters)
    return answers.answer(200, prices_body(prices.terms().prices, country))


@quietly
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    return serve(app, access.door(), event, context)
