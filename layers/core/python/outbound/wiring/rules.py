"""Rules for events: their keeping, and the taking of events."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from outbound.wiring import catalog, intake, process

if TYPE_CHECKING:
    from outbound.flow.manage.event_rules import EventRulePorts
    from outbound.flow.rules import RulePorts


@cache
def event_rule_ports() -> EventRulePorts:
    """What the keeping of rules works with."""
    from outbound.adapters.incoming_events import read_sources
    from outbound.flow.manage.event_rules import EventRulePorts

    return EventRulePorts(
        catalog.event_rules(), catalog.templates(), read_sources(process.settings().event_sources)
    )


@cache
def rule_ports() -> RulePorts:
    """What the taking of events works with."""
    from outbound.adapters.incoming_events import read_sources
    from outbound.adapters.signals import LoggedSignals
    from outbound.flow.rules import RulePorts

    sources = read_sources(process.settings().event_sources)
    return RulePorts(intake.intake(), catalog.event_rules(), sources, LoggedSignals())
