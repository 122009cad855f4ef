"""Reminders, made and kept; what only they need is imported by them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outbound.adapters.api.answers import answer, replayed_header
from outbound.adapters.api.message_request import LARGEST_BATCH_BODY, read_contact_id
from outbound.adapters.api.paging import check_known, cursor_of, one_of, read_cursor, read_limit
from outbound.adapters.api.reading import body_of, idempotency_key_of
from outbound.adapters.api.serve import caller, charge, request_id_of
from outbound.domain.words import Scope
from outbound.wiring import reminders as wiring

if TYPE_CHECKING:
    from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response

    from outbound.domain.reminder import Reminder


def routes(app: APIGatewayHttpResolver) -> None:
    """Add the routes of reminders."""

    @app.post("/v1/reminders")
    def post_reminder() -> Response[str]:
        from outbound.adapters.api.reminder_answers import reminder_body
        from outbound.adapters.api.reminder_requests import read_reminder
        from outbound.flow.reminders import keeping

        key = caller(app, Scope.REMINDERS_WRITE)
        event = app.current_event
        request = read_reminder(body_of(event), idempotency_key_of(event))
        made = keeping.create(request, key, wiring.reminder_ports())
        headers = {
            "Location": f"/v1/reminders/{made.reminder.id}",
            **replayed_header(made.replayed),
        }
        return answer(201, reminder_body(made.reminder), headers)

    @app.post("/v1/reminders/batch")
    def post_reminders() -> Response[str]:
        from outbound.adapters.api.reminder_answers import batch_body
        from outbound.adapters.api.reminder_requests import read_reminders
        from outbound.flow.reminders.batch import create_batch
        from outbound.flow.reminders.keeping import Made

        key = caller(app, Scope.REMINDERS_WRITE)
        event = app.current_event
        batch = read_reminders(body_of(event, LARGEST_BATCH_BODY), idempotency_key_of(event))
        charge(app, len(batch.items))
        made = create_batch(batch, key, wiring.reminder_ports())
        replayed = all(isinstance(each, Made) and each.replayed for each in made)
        return answer(200, batch_body(made, request_id_of(event)), replayed_header(replayed))

    @app.get("/v1/reminders")
    def get_reminders() -> Response[str]:
        from outbound.adapters.api.reminder_answers import reminder_body
        from outbound.flow.reminders import keeping

        key = caller(app, Scope.REMINDERS_READ)
        parameters = app.current_event.query_string_parameters
        check_known(parameters, ("contact_id", "limit", "cursor"))
        one_of(parameters, "contact_id")
        page = keeping.page(
            read_contact_id(parameters["contact_id"]),
            key,
            wiring.reminder_ports(),
            limit=read_limit(parameters),
            after=read_cursor(parameters),
        )
        items = [reminder_body(each) for each in page.reminders]
        return answer(200, {"items": items, "next_cursor": cursor_of(page.after)})

    @app.get("/v1/reminders/<reminder_id>")
    def get_reminder(reminder_id: str) -> Response[str]:
        from outbound.flow.reminders import keeping

        key = caller(app, Scope.REMINDERS_READ)
        return _answered(keeping.find(reminder_id, key, wiring.reminder_ports()))

    @app.patch("/v1/reminders/<reminder_id>")
    def patch_reminder(reminder_id: str) -> Response[str]:
        from outbound.adapters.api.reminder_answers import stated
        from outbound.adapters.api.reminder_requests import read_change
        from outbound.flow.reminders import keeping

        key = caller(app, Scope.REMINDERS_WRITE)
        want = read_change(body_of(app.current_event), stated)
        return _answered(keeping.change(reminder_id, want, key, wiring.reminder_ports()))

    @app.delete("/v1/reminders/<reminder_id>")
    def delete_reminder(reminder_id: str) -> Response[str]:
        from outbound.flow.reminders import keeping

        key = caller(app, Scope.REMINDERS_WRITE)
        return _answered(keeping.cancel(reminder_id, key, wiring.reminder_ports()))

    @app.post("/v1/reminders/<reminder_id>/pause")
    def post_pause(reminder_id: str) -> Response[str]:
        from outbound.flow.reminders import keeping

        key = caller(app, Scope.REMINDERS_WRITE)
        return _answered(keeping.pause(reminder_id, key, wiring.reminder_ports()))

    @app.post("/v1/reminders/<reminder_id>/resume")
    def post_resume(reminder_id: str) -> Response[str]:
        from outbound.flow.reminders import keeping

        key = caller(app, Scope.REMINDERS_WRITE)
        return _answered(keeping.resume(reminder_id, key, wiring.reminder_ports()))


def _answered(reminder: Reminder) -> Response[str]:
    from outbound.adapters.api.reminder_answers import reminder_body

    return answer(200, reminder_body(reminder))
