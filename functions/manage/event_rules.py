"""Rules by which events become messages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from outbound.adapters.api.answers import answer
from outbound.adapters.api.paging import check_known, read_limit
from outbound.adapters.api.reading import body_of
from outbound.adapters.api.serve import caller
from outbound.domain.words import Scope
from outbound.wiring import process
from outbound.wiring import rules as wiring

if TYPE_CHECKING:
    from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response

PLACE = re.compile(r"[0-9TZ:.-]{20,30}#[!-~]{1,128}")


def routes(app: APIGatewayHttpResolver) -> None:
    """Add the routes of rules; what only they need is imported by them."""

    @app.post("/v1/rules/test")
    def post_test() -> Response[str]:
        from outbound.adapters.api.event_rule_requests import tried

        caller(app, Scope.RULES_READ)
        return answer(200, tried(body_of(app.current_event)))

    @app.put("/v1/rules/<rule_id>")
    def put_rule(rule_id: str) -> Response[str]:
        from outbound.adapters.api.event_rule_requests import read_rule, read_rule_id, rule_body
        from outbound.flow.manage import event_rules

        key = caller(app, Scope.RULES_WRITE)
        text = body_of(app.current_event)
        wanted = read_rule(read_rule_id(rule_id), text, key, process.clock.now())
        rule, new = event_rules.put(wanted, key, wiring.event_rule_ports())
        return answer(201 if new else 200, rule_body(rule))

    @app.get("/v1/rules/<rule_id>")
    def get_rule(rule_id: str) -> Response[str]:
        from outbound.adapters.api.event_rule_requests import read_rule_id, rule_body
        from outbound.flow.manage import event_rules

        key = caller(app, Scope.RULES_READ)
        found = event_rules.get(read_rule_id(rule_id), key, wiring.event_rule_ports())
        return answer(200, rule_body(found))

    @app.get("/v1/rules")
    def get_rules() -> Response[str]:
        from outbound.adapters.api.event_rule_requests import rule_body

        key = caller(app, Scope.RULES_READ)
        check_known(app.current_event.query_string_parameters, ())
        rules = wiring.event_rule_ports().rules.all(key.tenant)
        return answer(200, {"items": [rule_body(each) for each in rules]})

    @app.get("/v1/rules/<rule_id>/refused")
    def get_refused(rule_id: str) -> Response[str]:
        from outbound.adapters.api.event_rule_requests import (
            read_refused_cursor,
            read_rule_id,
            refused_body,
        )
        from outbound.flow.manage import event_rules

        key = caller(app, Scope.RULES_READ)
        parameters = app.current_event.query_string_parameters
        check_known(parameters, ("limit", "cursor"))
        page = event_rules.refused(
            read_rule_id(rule_id),
            key,
            wiring.event_rule_ports(),
            limit=read_limit(parameters),
            after=read_refused_cursor(parameters, PLACE),
        )
        return answer(200, refused_body(page))

    @app.delete("/v1/rules/<rule_id>")
    def delete_rule(rule_id: str) -> Response[str]:
        from outbound.adapters.api.event_rule_requests import read_rule_id, rule_body
        from outbound.flow.manage import event_rules

        key = caller(app, Scope.RULES_WRITE)
        removed = event_rules.delete(read_rule_id(rule_id), key, wiring.event_rule_ports())
        return answer(200, rule_body(removed))
