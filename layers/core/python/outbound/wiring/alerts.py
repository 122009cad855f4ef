"""Alerts: their keeping, and their sending."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from outbound.wiring import catalog, permission, prices, process, queues, stores

if TYPE_CHECKING:
    from outbound.flow.alerts.ports import AlertPorts, SendPorts


@cache
def alert_ports() -> AlertPorts:
    """What the keeping of alerts works with."""
    from outbound.adapters.templates.renderer import JinjaRenderer
    from outbound.flow.alerts.ports import AlertPorts

    return AlertPorts(
        clock=process.clock,
        tokens=process.tokens,
        alerts=catalog.alerts(),
        runs=stores.runs(),
        templates=catalog.templates(),
        renderer=JinjaRenderer(),
        segments=catalog.segments(),
        testers=catalog.testers(),
        gate=permission.gate(),
        organisations=catalog.organisations_now(),
        idempotency=catalog.idempotency(),
        tasks=queues.alerts(),
    )


@cache
def alert_sending() -> SendPorts:
    """What the sending of alerts works with."""
    from outbound.adapters.expressions.expressions import JinjaExpressions
    from outbound.adapters.templates.renderer import JinjaRenderer
    from outbound.adapters.two_way import read_numbers
    from outbound.flow.alerts.ports import SendPorts

    return SendPorts(
        clock=process.clock,
        alerts=catalog.alerts(),
        runs=stores.runs(),
        gate=permission.gate(),
        segments=catalog.segments(),
        expressions=JinjaExpressions(),
        testers=catalog.testers(),
        templates=catalog.templates(),
        organisations=catalog.organisations(),
        renderer=JinjaRenderer(),
        terms=prices.terms(),
        senders=process.settings().senders,
        numbers=read_numbers(process.settings().two_way),
        messages=stores.messages(),
        queue=queues.deliveries(),
        tasks=queues.alerts(),
        pages_url=process.settings().pages_url,
    )
