"""`outbound settings`: get, put."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outbound_client.command import show
from outbound_client.command.access import client

if TYPE_CHECKING:
    from argparse import Namespace

    from outbound_client.command.surroundings import Surroundings
    from outbound_client.models import Settings


def get(asked: Namespace, around: Surroundings) -> None:
    """Show who you say you are."""
    with client(asked, around) as api:
        _show(api.get_settings(), asked)


def put(asked: Namespace, around: Surroundings) -> None:
    """Say who you are, whole."""
    with client(asked, around) as api:
        said = api.put_settings(
            name=asked.name,
            postal_address=asked.postal_address,
            phone=asked.phone,
            website=asked.website,
            locale=asked.locale,
            timezone=asked.timezone,
        )
    _show(said, asked)


def _show(said: Settings, asked: Namespace) -> None:
    if asked.json:
        show.as_json(said)
        return
    show.fields(
        [
            ("name", said.name or "not said"),
            ("postal address", said.postal_address),
            ("phone", said.phone),
            ("website", said.website),
            ("locale", said.locale),
            ("timezone", said.timezone),
        ]
    )
