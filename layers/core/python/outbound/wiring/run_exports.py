"""Exports of runs."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from outbound.wiring import catalog, files, process, queues, stores

if TYPE_CHECKING:
    from outbound.flow.run_exports.keeping import ExportPorts
    from outbound.flow.run_exports.working import Exporting


@cache
def keeping() -> ExportPorts:
    """What the keeping of exports of runs works with."""
    from outbound.flow.run_exports.keeping import ExportPorts

    return ExportPorts(
        clock=process.clock,
        campaigns=catalog.campaigns(),
        runs=stores.runs(),
        exports=stores.run_exports(),
        files=files.exports(),
        tasks=queues.expand(),
    )


@cache
def working() -> Exporting:
    """What the writing of exports of runs works with."""
    from outbound.adapters.recipient_lines import RecipientLines
    from outbound.flow.run_exports.working import Exporting

    return Exporting(keeping(), stores.messages(), RecipientLines(), process.secret())
