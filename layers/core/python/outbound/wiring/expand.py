"""The expansion of campaigns."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from outbound.wiring import catalog, permission, process, queues, stores

if TYPE_CHECKING:
    from outbound.flow.expand.ports import Expand


@cache
def expand() -> Expand:
    """What the expansion of campaigns works with."""
    from outbound.adapters.expressions.expressions import JinjaExpressions
    from outbound.adapters.signals import LoggedSignals
    from outbound.flow.expand.ports import Expand

    return Expand(
        clock=process.clock,
        secret=process.secret(),
        campaigns=catalog.campaigns(),
        runs=stores.runs(),
        messages=stores.messages(),
        contacts=stores.contacts(),
        segments=catalog.segments(),
        expressions=JinjaExpressions(),
        rulebook=permission.gate().rulebook,
        queue=queues.chunks(),
        tasks=queues.expand(),
        stops=catalog.stops(),
        signals=LoggedSignals(),
        retention=process.settings().retention,
    )
