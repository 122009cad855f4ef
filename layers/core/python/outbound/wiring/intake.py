"""Intake, and what else is done with its rights."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from outbound.wiring import catalog, files, permission, prices, process, queues, stores

if TYPE_CHECKING:
    from outbound.flow.campaign_messages import CampaignMessages
    from outbound.flow.intake import Intake
    from outbound.flow.rescheduling import ReschedulePorts
    from outbound.flow.testers import TesterPorts


@cache
def intake() -> Intake:
    """What intake works with."""
    from outbound.adapters.templates.renderer import JinjaRenderer
    from outbound.flow.enclosures import MediaIntake
    from outbound.flow.intake import Intake

    return Intake(
        clock=process.clock,
        tokens=process.tokens,
        gate=permission.gate(),
        messages=stores.messages(),
        templates=catalog.templates(),
        idempotency=catalog.idempotency(),
        renderer=JinjaRenderer(),
        terms=prices.terms(),
        queue=queues.deliveries(),
        media=MediaIntake(catalog.media(), files.media(), mms=process.settings().mms),
        senders=process.settings().senders,
        coupons=catalog.coupon_pools(),
        organisations=catalog.organisations(),
        pages_url=process.settings().pages_url,
    )


@cache
def rescheduling() -> ReschedulePorts:
    """What rescheduling works with."""
    from outbound.flow.rescheduling import ReschedulePorts

    return ReschedulePorts(process.clock, stores.messages(), permission.gate())


@cache
def campaign_messages() -> CampaignMessages:
    """Where the messages of campaigns are found."""
    from outbound.flow.campaign_messages import CampaignMessages

    return CampaignMessages(catalog.campaigns(), stores.runs(), stores.messages(), process.secret())


@cache
def tester_ports() -> TesterPorts:
    """What the keeping of testers works with."""
    from outbound.flow.testers import TesterPorts

    return TesterPorts(catalog.testers(), intake())
