"""The keeping of templates."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from outbound.wiring import catalog, process

if TYPE_CHECKING:
    from outbound.flow.manage.templates import TemplatePorts


@cache
def template_ports() -> TemplatePorts:
    """What the keeping of templates works with."""
    from outbound.adapters.composing.composer import EmailComposer
    from outbound.adapters.templates.renderer import JinjaRenderer
    from outbound.flow.manage.templates import TemplatePorts

    return TemplatePorts(
        process.clock,
        catalog.templates(),
        JinjaRenderer(),
        process.settings().senders,
        catalog.organisations_now(),
        EmailComposer(),
    )
