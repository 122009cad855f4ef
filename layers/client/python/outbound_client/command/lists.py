"""`outbound lists`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outbound_client.command import show
from outbound_client.command.access import client

if TYPE_CHECKING:
    from argparse import Namespace

    from outbound_client.command.surroundings import Surroundings


def health(asked: Namespace, around: Surroundings) -> None:
    """Show how well all contacts are."""
    with client(asked, around) as api:
        found = api.get_list_health(stale=asked.stale)
    if asked.json:
        show.as_json(found)
        return
    suppressed = ((f"suppressed, {reason}", each) for reason, each in found.suppressed.items())
    show.fields(
        (
            ("contacts", found.contacts),
            ("no address", found.no_address),
            ("no consent", found.no_consent),
            ("role address", found.role),
            ("disposable address", found.disposable),
            (f"not reached for {asked.stale}", found.stale),
            *suppressed,
        )
    )
