"""The keeping of contacts, their export and their erasure."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from outbound.wiring import catalog, files, permission, process, queues, stores

if TYPE_CHECKING:
    from outbound.adapters.scheduler import EventBridgeSchedules
    from outbound.flow.erasing import ErasurePorts
    from outbound.flow.exporting import ExportPorts
    from outbound.flow.manage.contacts import ContactPorts
    from outbound.flow.manage.lines import LinePorts
    from outbound.flow.manage.lists import ContactListPorts
    from outbound.flow.manage.revocations import RevocationPorts


@cache
def people() -> ContactPorts:
    """What the keeping of contacts works with."""
    from outbound.flow.manage.contacts import ContactPorts

    return ContactPorts(
        process.clock, process.tokens, process.secret(), stores.contacts(), stores.ledger()
    )


@cache
def contact_list() -> ContactListPorts:
    """What looking through contacts works with."""
    from outbound.flow.manage.lists import ContactListPorts

    return ContactListPorts(process.clock, process.secret(), stores.contacts(), stores.messages())


@cache
def line_ports() -> LinePorts:
    """What looking up of numbers works with."""
    from outbound.adapters.carriers.number_lookup import CarrierLookUp
    from outbound.flow.manage.lines import LinePorts

    lookup = CarrierLookUp(lambda: process.client("pinpoint-sms-voice-v2", attempts=2))
    return LinePorts(people(), lookup, permission.mirrored())


@cache
def revocations() -> RevocationPorts:
    """What a revocation works with."""
    from outbound.flow.manage.revocations import RevocationPorts
    from outbound.flow.opting_out import SCOPES

    return RevocationPorts(
        people(), permission.mirrored(), SCOPES[process.settings().text("STOP_SCOPE")]
    )


@cache
def erasure() -> ErasurePorts:
    """What an erasure works with."""
    from outbound.adapters.dynamodb.run_traces import DynamoRunTraces
    from outbound.flow.erasing import ErasurePorts
    from outbound.flow.forgetting import UnderWay
    from outbound.flow.run_exports.withdrawing import Exported
    from outbound.flow.traces import Traces
    from outbound.flow.unlisting import Lists

    run_traces = DynamoRunTraces(process.table("RUNS"))
    return ErasurePorts(
        people=people(),
        messages=stores.messages(),
        ledger=stores.ledger(),
        media=catalog.media(),
        files=files.media(),
        erasures=catalog.erasures(),
        tasks=queues.upkeep(),
        short_links=stores.short_links(),
        reminders=stores.reminders(),
        alerts=catalog.alerts(),
        traces=Traces(
            process.secret(),
            stores.contacts(),
            stores.ledger(),
            catalog.testers(),
            catalog.corrections(),
            stores.changes(),
        ),
        lists=Lists(catalog.segments(), catalog.campaigns()),
        under_way=UnderWay(
            stores.contacts(), catalog.campaigns(), catalog.alerts(), stores.runs(), run_traces
        ),
        exported=Exported(stores.run_exports(), files.exports()),
        schedules=_schedules,
    )


@cache
def export() -> ExportPorts:
    """What an export looks into."""
    from outbound.flow.exporting import ExportPorts

    return ExportPorts(erasure(), catalog.last_words(), catalog.coupon_pools())


@cache
def _schedules() -> EventBridgeSchedules:
    from outbound.adapters.scheduler import EventBridgeSchedules

    return EventBridgeSchedules(
        process.client("scheduler"), process.settings().text("SCHEDULE_GROUP")
    )
