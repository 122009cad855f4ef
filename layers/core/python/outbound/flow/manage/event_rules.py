"""Rules by which events become messages: kept, tried, and looked at."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from outbound.domain.errors import Refusal, refused_at
from outbound.domain.event_rule import MOST_RULES, check_pattern
from outbound.domain.key import check_purpose

if TYPE_CHECKING:
    from outbound.domain.event_rule import EventRule, EventSources
    from outbound.domain.key import ApiKey
    from outbound.ports import EventRules, RefusedPage, Versions


@dataclass(frozen=True, slots=True)
class EventRulePorts:
    """What the keeping of rules works with."""

    rules: EventRules
    templates: Versions
    sources: EventSources


def put(rule: EventRule, key: ApiKey, ports: EventRulePorts) -> tuple[EventRule, bool]:
    """The rule as it is now, and whether it was made just now.

    Raises:
        Refusal: the key may not send for its purpose, its pattern is none or names what isn't the
            tenant's, or there is no such template.
    """
    check_purpose(key, rule.purpose)
    check_pattern(rule.pattern, key.tenant, ports.sources)
    _check_template(rule, ports)
    before = ports.rules.get(key.tenant, rule.id)
    if before is not None:
        rule = replace(rule, created_at=before.created_at)
    elif len(ports.rules.all(key.tenant)) >= MOST_RULES:
        raise Refusal("too_many_rules", f"A tenant has at most {MOST_RULES} rules.")
    ports.rules.put(rule)
    return rule, before is None


def get(rule_id: str, key: ApiKey, ports: EventRulePorts) -> EventRule:
    """A rule.

    Raises:
        Refusal: the tenant has none with this id.
    """
    rule = ports.rules.get(key.tenant, rule_id)
    if rule is None:
        raise Refusal("unknown_rule", "There is no rule with this id.")
    return rule


def delete(rule_id: str, key: ApiKey, ports: EventRulePorts) -> EventRule:
    """Remove a rule; what it has made goes on.

    Raises:
        Refusal: the tenant has none with this id.
    """
    rule = get(rule_id, key, ports)
    ports.rules.delete(key.tenant, rule_id)
    return rule


def refused(
    rule_id: str, key: ApiKey, ports: EventRulePorts, *, limit: int, after: str | None
) -> RefusedPage:
    """The events that a rule wanted and that became no message, newest first."""
    return ports.rules.refused(key.tenant, rule_id, limit=limit, after=after)


def _check_template(rule: EventRule, ports: EventRulePorts) -> None:
    template = ports.templates.get(rule.tenant, rule.template, rule.version)
    if template is None or template.purpose is None:
        message = "No template has this id and version, and can be sent."
        raise refused_at("/template", "unknown_template", message)
    if template.purpose is not rule.purpose:
        message = f"The template is for {template.purpose} messages; purpose must say the same."
        raise refused_at("/purpose", "wrong_purpose", message)
    for index, channel in enumerate(rule.way.channels):
        if channel not in template.contents:
            pointer = "/channel" if rule.way.mode is None else f"/route/channels/{index}"
            message = f"The template has no content for {channel}."
            raise refused_at(pointer, "channel_without_content", message)
