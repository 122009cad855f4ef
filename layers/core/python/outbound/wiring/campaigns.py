"""The keeping of campaigns, and estimates of them."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from outbound.domain.words import Channel
from outbound.wiring import catalog, permission, prices, process, queues, stores

if TYPE_CHECKING:
    from outbound.flow.bulk.ports import Bulk
    from outbound.flow.manage.campaigns import CampaignPorts


@cache
def campaign_ports() -> CampaignPorts:
    """What the keeping of campaigns works with."""
    from outbound.adapters.templates.renderer import JinjaRenderer
    from outbound.flow.manage.campaigns import CampaignPorts

    return CampaignPorts(
        clock=process.clock,
        tokens=process.tokens,
        campaigns=catalog.campaigns(),
        runs=stores.runs(),
        templates=catalog.templates(),
        coupons=catalog.coupon_pools(),
        senders=process.settings().senders,
        segments=catalog.segments(),
        renderer=JinjaRenderer(),
        organisations=catalog.organisations_now(),
        idempotency=catalog.idempotency(),
        tasks=queues.expand(),
    )


@cache
def estimating() -> Bulk:
    """What estimates work with: no provider, and nothing that is written."""
    from datetime import timedelta

    from outbound.adapters.carriers.rehearsal import Rehearsal
    from outbound.adapters.signals import LoggedSignals
    from outbound.adapters.templates.renderer import JinjaRenderer
    from outbound.flow.bulk.ports import Bulk
    from outbound.flow.deliver import Deliver

    rehearsing = Deliver(
        channel=Channel.EMAIL,
        clock=process.clock,
        messages=stores.messages(),
        gate=permission.gate(),
        suppressions=stores.suppressions(),
        correlation=stores.correlation(),
        templates=catalog.templates(),
        renderer=JinjaRenderer(),
        carrier=Rehearsal(),
        rehearsal=Rehearsal(),
        stops=catalog.stops(),
        signals=LoggedSignals(),
        lease=timedelta(),
        media=catalog.media(),
        coupons=catalog.coupon_pools(),
        campaigns=catalog.campaigns(),
        alerts=catalog.alerts(),
        budgets=stores.budgets(),
        short_links=stores.short_links(),
        pages_url=process.settings().optional("PAGES_URL") or "",
        mms=process.settings().mms,
        senders=process.settings().senders,
    )
    return Bulk(rehearsing, stores.runs(), prices.terms(), catalog.organisations(), queues.chunks())
