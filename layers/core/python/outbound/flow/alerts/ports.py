"""What alerts work with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from outbound.domain.sender import Senders
    from outbound.domain.two_way import TwoWayNumbers
    from outbound.flow.asking import Gate
    from outbound.flow.measure import Terms
    from outbound.ports import (
        Alerts,
        Clock,
        Expressions,
        Idempotency,
        Messages,
        Organisations,
        Queue,
        Renderer,
        Runs,
        SegmentReader,
        Tasks,
        Templates,
        Testers,
        Tokens,
        Versions,
    )


@dataclass(frozen=True, slots=True)
class AlertPorts:
    """What the keeping of alerts works with; `tasks` is the queue of their sending."""

    clock: Clock
    tokens: Tokens
    alerts: Alerts
    runs: Runs
    templates: Templates
    renderer: Renderer
    segments: SegmentReader
    testers: Testers
    gate: Gate
    organisations: Organisations
    idempotency: Idempotency
    tasks: Tasks


@dataclass(frozen=True, slots=True)
class DecidePorts:
    """What it takes to say whom an alert is for and what each gets; nothing is written by it.

    `pages_url` is as long as where the pages are.
    """

    clock: Clock
    gate: Gate
    segments: SegmentReader
    expressions: Expressions
    testers: Testers
    templates: Versions
    organisations: Organisations
    renderer: Renderer
    terms: Terms
    senders: Senders
    numbers: TwoWayNumbers
    pages_url: str


@dataclass(frozen=True, slots=True)
class SendPorts(DecidePorts):
    """What the sending of alerts works with."""

    alerts: Alerts
    runs: Runs
    messages: Messages
    queue: Queue
    tasks: Tasks
