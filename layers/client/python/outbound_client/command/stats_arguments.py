"""The words for statistics, lists, prices, costs and budgets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outbound_client.command import budgets, lists, prices, stats
from outbound_client.command.forms import api_command, group_of

if TYPE_CHECKING:
    from outbound_client.command.forms import Commands


def add_stats(commands: Commands) -> None:
    """`outbound stats`."""
    show = api_command(commands, "stats", "count what became of messages")
    show.add_argument("--from", dest="first", metavar="DAY", help="in UTC; else the last week")
    show.add_argument("--to", dest="last", metavar="DAY", help="else today")
    show.add_argument("--by", choices=stats.BY, help="by default day")
    show.add_argument("--csv", action="store_true", help="print CSV")
    show.set_defaults(run=stats.table)


def add_lists(commands: Commands) -> None:
    """`outbound lists`."""
    group = group_of(commands, "lists", "see how well the list of contacts is")
    health = api_command(group, "health", "count who can't be written to, or had better not")
    health.add_argument(
        "--stale", metavar="PERIOD", help="also who was not reached for so long: P1Y, P6M"
    )
    health.set_defaults(run=lists.health)


def add_costs(commands: Commands) -> None:
    """`outbound costs` and `outbound budgets`."""
    show = api_command(commands, "costs", "count what a month has cost")
    show.add_argument("--month", metavar="MONTH", help="2026-11, in UTC; else this one")
    show.set_defaults(run=budgets.costs)
    group = group_of(commands, "budgets", "keep what may be spent in each month")
    get = api_command(group, "get", "show what may be spent, and what is left of this month")
    get.set_defaults(run=budgets.get)
    put = api_command(group, "put", "set what may be spent in each month")
    put.add_argument("amount", metavar="USD", help="500.00")
    put.set_defaults(run=budgets.put)
    remove = api_command(group, "remove", "spend as much as there is to send")
    remove.set_defaults(run=budgets.remove)


def add_prices(commands: Commands) -> None:
    """`outbound prices`."""
    show = api_command(commands, "prices", "show what messages cost, with sources and dates")
    show.add_argument("--country", metavar="CODE", help="of one country (US)")
    show.set_defaults(run=prices.table)
