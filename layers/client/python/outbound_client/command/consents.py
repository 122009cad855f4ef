"""`outbound contacts consents`, `grant` and `revoke`: what a contact has said."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from outbound_client.command import show
from outbound_client.command.access import client
from outbound_client.command.contacts import show_contact

if TYPE_CHECKING:
    from argparse import Namespace

    from outbound_client.command.surroundings import Surroundings

FIELDS = ("level", "topic", "source", "at", "expires_at", "wording", "proof")


def history(asked: Namespace, around: Surroundings) -> None:
    """Show what the ledger has of a contact."""
    with client(asked, around) as api:
        found = api.get_consent_history(asked.id)
    if asked.json:
        show.as_json(found)
        return
    rows = [
        (show.when(each.at), each.kind, " ".join(each.facts.values()), each.by)
        for each in found.items
    ]
    show.table(("AT", "WHAT", "ABOUT", "BY"), rows)


def grant(asked: Namespace, around: Surroundings) -> None:
    """Write down a yes."""
    given = {name: value for name in FIELDS if (value := getattr(asked, name)) is not None}
    yes: Any = {"status": "granted", **given}
    with client(asked, around) as api:
        contact = api.put_consents(asked.id, {asked.channel: {asked.purpose: yes}})
    show_contact(contact, asked)


def revoke(asked: Namespace, around: Surroundings) -> None:
    """Pass on a no that came another way."""
    with client(asked, around) as api:
        contact = api.revoke_consents(
            asked.id,
            source=asked.source,
            channels=asked.channel,
            purposes=asked.purpose,
            topic=asked.topic,
            at=asked.at,
            proof=asked.proof,
        )
    show_contact(contact, asked)
