"""The stores of what comes and goes: messages, contacts, runs, and the ledger."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from outbound.wiring import process

if TYPE_CHECKING:
    from outbound.adapters.dynamodb.budgets import DynamoBudgets
    from outbound.adapters.dynamodb.changes import DynamoChanges
    from outbound.adapters.dynamodb.contacts import DynamoContacts
    from outbound.adapters.dynamodb.correlation import DynamoCorrelation
    from outbound.adapters.dynamodb.ledger import DynamoLedger
    from outbound.adapters.dynamodb.messages import DynamoMessages
    from outbound.adapters.dynamodb.reminders import DynamoReminders
    from outbound.adapters.dynamodb.run_exports import DynamoRunExports
    from outbound.adapters.dynamodb.runs import DynamoRuns
    from outbound.adapters.dynamodb.short_links import DynamoShortLinks
    from outbound.adapters.dynamodb.stats import DynamoStats
    from outbound.adapters.dynamodb.suppressions import DynamoSuppressions


@cache
def messages() -> DynamoMessages:
    """The messages."""
    from outbound.adapters.dynamodb.messages import DynamoMessages

    return DynamoMessages(
        process.table("MESSAGES"), process.secret(), process.settings().retention, process.clock
    )


def messages_once() -> DynamoMessages:
    """The same, for who writes many at once: what may not be repeated is sent only once."""
    from dataclasses import replace

    from outbound.adapters.dynamodb.table import Table

    once = Table(process.client("dynamodb", attempts=1), process.settings().text("MESSAGES_TABLE"))
    return replace(messages(), once=once)


@cache
def short_links() -> DynamoShortLinks:
    """Where short links lead."""
    from outbound.adapters.dynamodb.short_links import DynamoShortLinks

    return DynamoShortLinks(process.table("MESSAGES"), process.clock)


@cache
def correlation() -> DynamoCorrelation:
    """What leads from a receipt to its message."""
    from outbound.adapters.dynamodb.correlation import DynamoCorrelation

    return DynamoCorrelation(process.table("MESSAGES"), process.secret())


@cache
def reminders() -> DynamoReminders:
    """The reminders."""
    from outbound.adapters.dynamodb.reminders import DynamoReminders

    return DynamoReminders(process.table("MESSAGES"), process.settings().retention, process.clock)


@cache
def contacts() -> DynamoContacts:
    """The contacts."""
    from outbound.adapters.dynamodb.contacts import DynamoContacts

    return DynamoContacts(
        process.table("CONTACTS"),
        process.secret(),
        process.settings().optional("LEDGER_TABLE") or "",
    )


@cache
def suppressions() -> DynamoSuppressions:
    """The addresses that must not be used."""
    from outbound.adapters.dynamodb.suppressions import DynamoSuppressions

    return DynamoSuppressions(process.table("CONTACTS"), process.secret())


def changes() -> DynamoChanges:
    """What AWS's own lists have yet to hear of."""
    from outbound.adapters.dynamodb.changes import DynamoChanges

    return DynamoChanges(process.table("CONTACTS"))


@cache
def ledger() -> DynamoLedger:
    """The ledger."""
    from outbound.adapters.dynamodb.ledger import DynamoLedger

    return DynamoLedger(process.table("LEDGER"))


@cache
def runs() -> DynamoRuns:
    """The runs of campaigns."""
    from outbound.adapters.dynamodb.runs import DynamoRuns

    return DynamoRuns(process.table("RUNS"), process.settings().retention, process.clock)


@cache
def budgets() -> DynamoBudgets:
    """The budgets of tenants."""
    from outbound.adapters.dynamodb.budgets import DynamoBudgets

    return DynamoBudgets(process.table("RUNS"), process.clock)


@cache
def stats() -> DynamoStats:
    """The statistics of tenants."""
    from outbound.adapters.dynamodb.stats import DynamoStats

    return DynamoStats(process.table("RUNS"), process.clock)


@cache
def run_exports() -> DynamoRunExports:
    """How far exports of runs are."""
    from outbound.adapters.dynamodb.run_exports import DynamoRunExports

    return DynamoRunExports(process.table("RUNS"), process.table("CATALOG"))
