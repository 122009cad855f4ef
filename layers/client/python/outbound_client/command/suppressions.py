"""`outbound suppressions`: list, find, add, lift."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outbound_client.command import show
from outbound_client.command.access import client

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Sequence

    from outbound_client.command.surroundings import Surroundings
    from outbound_client.models import Suppression

_HEADS = ("REASON", "SINCE", "SOURCE", "PURPOSES", "UNTIL")


def list_(asked: Namespace, around: Surroundings) -> None:
    """List a page of suppressed addresses, by the digests that stand for them."""
    with client(asked, around) as api:
        page = api.list_suppressions(asked.limit, asked.cursor)
    if asked.json:
        show.as_json(page)
        return
    rows = [(each.address_key, *_row(reason)) for each in page.items for reason in each.reasons]
    show.table(("ADDRESS", *_HEADS), rows)
    show.more(page.next_cursor)


def find(asked: Namespace, around: Surroundings) -> None:
    """Show what stands against an address."""
    with client(asked, around) as api:
        _show(api.find_suppressions(email=asked.email, phone=asked.phone), asked)


def add(asked: Namespace, around: Surroundings) -> None:
    """Stop the use of an address."""
    with client(asked, around) as api:
        standing = api.put_suppression(
            email=asked.email,
            phone=asked.phone,
            reason=asked.reason,
            source=asked.source,
            purposes=asked.purpose,
            expires_at=asked.expires_at,
        )
    _show(standing, asked)


def lift(asked: Namespace, around: Surroundings) -> None:
    """Take back one reason against an address."""
    with client(asked, around) as api:
        left = api.lift_suppression(
            asked.reason, email=asked.email, phone=asked.phone, proof=asked.proof
        )
    _show(left, asked)


def _show(standing: Sequence[Suppression], asked: Namespace) -> None:
    if asked.json:
        show.as_json({"items": [each.model_dump(mode="json") for each in standing]})
    elif standing:
        show.table(_HEADS, [_row(each) for each in standing])
    else:
        print("Nothing stands against the address any longer.")


def _row(reason: Suppression) -> tuple[str, ...]:
    purposes, until = reason.purposes, reason.expires_at
    return (
        reason.reason,
        show.when(reason.at),
        reason.source,
        "all" if purposes is None else ", ".join(purposes),
        show.when(until) if until else "",
    )
