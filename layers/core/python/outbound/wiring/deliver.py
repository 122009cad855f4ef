"""Delivery, of messages and of chunks."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from outbound.domain.words import Channel
from outbound.wiring import carriers, catalog, links, permission, prices, process, queues, stores

if TYPE_CHECKING:
    from outbound.flow.bulk.ports import Bulk
    from outbound.flow.deliver import Deliver


@cache
def deliver() -> Deliver:
    """What deliver works with, for the channel of this function."""
    from outbound.adapters.carriers.rehearsal import Rehearsal
    from outbound.adapters.signals import LoggedSignals
    from outbound.adapters.templates.renderer import JinjaRenderer
    from outbound.flow.deliver import Deliver

    channel = Channel(process.settings().text("CHANNEL"))
    return Deliver(
        channel=channel,
        clock=process.clock,
        messages=stores.messages(),
        gate=permission.gate(),
        suppressions=stores.suppressions(),
        correlation=stores.correlation(),
        templates=catalog.templates(),
        renderer=JinjaRenderer(),
        carrier=carriers.carrier_of(channel),
        rehearsal=Rehearsal(),
        stops=catalog.stops(),
        signals=LoggedSignals(),
        lease=process.settings().lease,
        media=catalog.media(),
        coupons=catalog.coupon_pools(),
        campaigns=catalog.campaigns(),
        alerts=catalog.alerts(),
        budgets=stores.budgets(),
        short_links=stores.short_links(),
        pages_url=process.settings().optional("PAGES_URL") or "",
        mms=process.settings().mms,
        senders=process.settings().senders if channel is Channel.EMAIL else None,
        links=links.signed() if channel is Channel.EMAIL else None,
    )


@cache
def bulk() -> Bulk:
    """What the delivery of chunks works with, for the channel of this function."""
    from dataclasses import replace

    from outbound.flow.bulk.ports import Bulk

    many = process.settings().together
    return Bulk(
        deliver=replace(deliver(), messages=stores.messages_once()) if many else deliver(),
        runs=stores.runs(),
        terms=prices.terms(),
        organisations=catalog.organisations(),
        queue=queues.chunks(),
        carrier=carriers.many_emails() if many else None,
        together=many or 1,
    )
