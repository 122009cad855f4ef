"""The keeping of programmes."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from outbound.wiring import catalog, process

if TYPE_CHECKING:
    from outbound.flow.manage.programmes import ProgrammePorts


@cache
def programme_ports() -> ProgrammePorts:
    """What the keeping of programmes works with."""
    from outbound.adapters.two_way import read_numbers
    from outbound.flow.manage.programmes import ProgrammePorts

    return ProgrammePorts(
        process.clock, catalog.programmes(), read_numbers(process.settings().two_way)
    )
