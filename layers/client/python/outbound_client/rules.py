"""Rules: events of your own systems that become messages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from outbound_client.models import EventRule, EventRules, RefusedEventPage, TriedPattern
from outbound_client.requests import body_of, path_to, query_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from outbound_client.connection import Connection
    from outbound_client.requests import RouteChoice, TemplateChoice


class RuleCalls:
    """The calls on rules."""

    _api: Connection

    def put_rule(
        self,
        rule_id: str,
        *,
        pattern: Mapping[str, Any],
        contact: Mapping[str, str],
        purpose: str,
        template: TemplateChoice,
        channel: str | None = None,
        route: RouteChoice | None = None,
        topic: str | None = None,
        data: Mapping[str, str] | None = None,
        enabled: bool | None = None,
    ) -> EventRule:
        """Make or replace a rule; `contact` and `data` hold paths in the event (`$.detail.id`)."""
        body = body_of(
            pattern=pattern,
            contact=contact,
            channel=channel,
            route=route,
            purpose=purpose,
            topic=topic,
            template=template,
            data=data,
            enabled=enabled,
        )
        return self._api.ask(EventRule, "PUT", path_to("rules", rule_id), body=body)

    def get_rule(self, rule_id: str) -> EventRule:
        """A rule."""
        return self._api.ask(EventRule, "GET", path_to("rules", rule_id))

    def list_rules(self) -> tuple[EventRule, ...]:
        """All rules, by id."""
        return self._api.ask(EventRules, "GET", "/v1/rules").items

    def delete_rule(self, rule_id: str) -> EventRule:
        """Remove a rule; the messages that it made go on."""
        return self._api.ask(EventRule, "DELETE", path_to("rules", rule_id))

    def test_pattern(self, pattern: Mapping[str, Any], event: Mapping[str, Any]) -> TriedPattern:
        """Whether a pattern matches an event, and where they differ first."""
        body = {"pattern": pattern, "event": event}
        return self._api.ask(TriedPattern, "POST", "/v1/rules/test", body=body)

    def list_refused_events(
        self, rule_id: str, limit: int | None = None, cursor: str | None = None
    ) -> RefusedEventPage:
        """The events of 30 days that a rule wanted and that became no message, newest first."""
        path = f"{path_to('rules', rule_id)}/refused"
        query = query_of(limit=limit, cursor=cursor)
        return self._api.ask(RefusedEventPage, "GET", path, query=query)
