"""What people text us."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from outbound.wiring import catalog, contacts, notices, permission, process

if TYPE_CHECKING:
    from outbound.flow.inbound import Inbound
    from outbound.flow.talking import Talking


@cache
def inbound() -> Inbound:
    """What inbound works with."""
    from outbound.flow.inbound import Inbound

    return Inbound(talking(), catalog.idempotency())


@cache
def talking() -> Talking:
    """What people are talked with, who text us."""
    from outbound.adapters.signals import LoggedSignals
    from outbound.adapters.two_way import read_numbers
    from outbound.flow.opting_out import SCOPES
    from outbound.flow.talking import Talking

    return Talking(
        clock=process.clock,
        people=contacts.people(),
        suppressions=permission.mirrored(),
        last_words=catalog.last_words(),
        tenants=catalog.keys(),
        speakers=notices.speakers(),
        answers=notices.notice_ports(),
        signals=LoggedSignals(),
        numbers=read_numbers(process.settings().two_way),
        stop_scope=SCOPES[process.settings().text("STOP_SCOPE")],
        programmes=catalog.programmes(),
        corrections=catalog.corrections(),
    )
