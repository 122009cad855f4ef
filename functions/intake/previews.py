"""Templates as somebody would get them, and tests of them to verified testers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outbound.adapters.api.answers import answer
from outbound.adapters.api.reading import body_of, idempotency_key_of
from outbound.adapters.api.serve import caller, charge, request_id_of
from outbound.domain.key import check_scope
from outbound.domain.words import Scope
from outbound.wiring import intake as wiring

if TYPE_CHECKING:
    from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response


def routes(app: APIGatewayHttpResolver) -> None:
    """Add the routes of previews and tests; what only they need is imported by them."""

    @app.post("/v1/templates/<template_id>/preview")
    def post_preview(template_id: str) -> Response[str]:
        from outbound.adapters.api.preview_answers import preview_body
        from outbound.adapters.api.preview_requests import read_preview
        from outbound.adapters.api.template_requests import read_template_id
        from outbound.flow.preview import preview

        key = caller(app, Scope.TEMPLATES_READ)
        wish = read_preview(body_of(app.current_event), read_template_id(template_id))
        if wish.contact_id is not None:
            check_scope(key, Scope.CONTACTS_READ)
        return answer(200, preview_body(preview(wish, key, wiring.intake())))

    @app.post("/v1/templates/<template_id>/test-send")
    def post_test_send(template_id: str) -> Response[str]:
        from outbound.adapters.api.preview_answers import trial_body
        from outbound.adapters.api.preview_requests import read_trial
        from outbound.adapters.api.template_requests import read_template_id
        from outbound.flow.trial import send_tests

        key = caller(app, Scope.MESSAGES_WRITE)
        event = app.current_event
        trial = read_trial(
            body_of(event),
            read_template_id(template_id),
            idempotency_key_of(event),
            wiring.intake().tokens,
        )
        charge(app, len(trial.tester_ids))
        tried = send_tests(trial, key, wiring.tester_ports())
        return answer(202, trial_body(tried, request_id_of(event)))
