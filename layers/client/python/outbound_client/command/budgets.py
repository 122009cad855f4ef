"""`outbound budgets`, and `outbound costs`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outbound_client.command import show
from outbound_client.command.access import client

if TYPE_CHECKING:
    from argparse import Namespace

    from outbound_client.command.surroundings import Surroundings
    from outbound_client.models import Budgets, Spent


def get(asked: Namespace, around: Surroundings) -> None:
    """Show what may be spent."""
    with client(asked, around) as api:
        _show(api.get_budgets(), asked)


def put(asked: Namespace, around: Surroundings) -> None:
    """Set what may be spent."""
    with client(asked, around) as api:
        _show(api.put_budgets(monthly=asked.amount), asked)


def remove(asked: Namespace, around: Surroundings) -> None:
    """Set no limit."""
    with client(asked, around) as api:
        _show(api.put_budgets(monthly=None), asked)


def costs(asked: Namespace, around: Surroundings) -> None:
    """Show what a month has cost."""
    with client(asked, around) as api:
        found = api.get_costs(asked.month)
    if asked.json:
        show.as_json(found)
        return
    parts = {"channel": found.channels, "purpose": found.purposes, "campaign": found.campaigns}
    rows = [
        (name, each.value or "none", *_cells(each.cost))
        for name, part in parts.items()
        for each in part
    ]
    show.table(("BY", "", "USD", ""), [*rows, (found.month, "all", *_cells(found.total))])
    if found.budget.left is not None:
        print(f"{found.budget.left.amount:.2f} USD are left of the budget")


def _show(budgets: Budgets, asked: Namespace) -> None:
    if asked.json:
        show.as_json(budgets)
        return
    monthly, left = budgets.monthly, budgets.left
    show.fields(
        [
            ("monthly", f"{monthly.amount:.2f} USD" if monthly else "no limit"),
            ("month", budgets.month),
            ("taken", f"{budgets.taken.amount:.2f} USD"),
            ("left", f"{left.amount:.2f} USD" if left else None),
        ]
    )


def _cells(cost: Spent) -> tuple[str, str]:
    return f"{cost.amount:.2f}", "estimated" if cost.estimated else ""
