"""What became of messages, counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outbound.adapters.api.answers import answer, text_answer
from outbound.adapters.api.serve import caller
from outbound.adapters.api.stats_answers import CSV, stats_body, stats_csv
from outbound.adapters.api.stats_requests import read_stats
from outbound.domain.words import Scope
from outbound.flow.manage.stats import look
from outbound.wiring import process, stores

if TYPE_CHECKING:
    from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response

    from outbound.flow.manage.stats import Found


def routes(app: APIGatewayHttpResolver) -> None:
    """Add the routes of statistics."""

    def found() -> Found:
        key = caller(app, Scope.STATS_READ)
        span, by = read_stats(app.current_event.query_string_parameters)
        return look(span, by, key, process.clock, stores.stats())

    @app.get("/v1/stats")
    def get_stats() -> Response[str]:
        return answer(200, stats_body(found()))

    @app.get("/v1/stats/export")
    def get_export() -> Response[str]:
        return text_answer(200, stats_csv(found()), CSV)
