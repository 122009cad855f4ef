"""Evidence of messages, and whether it is ours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outbound.adapters.api.answers import answer
from outbound.adapters.api.evidence_answers import evidence_body, read_evidence, verified_body
from outbound.adapters.api.reading import body_of
from outbound.adapters.api.serve import caller
from outbound.domain.words import Scope
from outbound.flow.evidence import gather
from outbound.wiring import evidence as wiring
from outbound.wiring import process

if TYPE_CHECKING:
    from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response


def routes(app: APIGatewayHttpResolver) -> None:
    """Add the routes of evidence."""

    @app.get("/v1/messages/<message_id>/evidence")
    def get_evidence(message_id: str) -> Response[str]:
        key = caller(app, Scope.CONTACTS_EXPORT)
        found = gather(message_id, key, wiring.evidence())
        return answer(200, evidence_body(found, process.secret()))

    @app.post("/v1/evidence/verify")
    def post_verify() -> Response[str]:
        key = caller(app, Scope.CONTACTS_EXPORT)
        jws = read_evidence(body_of(app.current_event))
        return answer(200, verified_body(jws, key.tenant, process.secret()))
