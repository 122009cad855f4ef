"""Who may call."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from outbound.wiring import catalog, process

if TYPE_CHECKING:
    from outbound.adapters.api.serve import Doorkeeper
    from outbound.flow.manage.keys import KeyPorts


@cache
def door() -> Doorkeeper:
    """Who may call, and how often."""
    from outbound.adapters.api.authenticate import Authenticator
    from outbound.adapters.api.limits import Limiter
    from outbound.adapters.api.serve import Doorkeeper

    authenticator = Authenticator(catalog.keys(), process.clock)
    limiter = Limiter(int(process.settings().text("KEY_LIMIT_PER_MINUTE")))
    return Doorkeeper(authenticator, limiter, process.clock)


@cache
def keys() -> KeyPorts:
    """What the making of keys works with."""
    from outbound.flow.manage.keys import KeyPorts

    return KeyPorts(process.clock, process.tokens, catalog.keys(), catalog.idempotency())
