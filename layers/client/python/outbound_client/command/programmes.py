"""`outbound programmes`: put, get, list, form, remove."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outbound_client.client import OutboundClient
from outbound_client.command import show
from outbound_client.command.access import client
from outbound_client.command.reading import fields_of

if TYPE_CHECKING:
    from argparse import Namespace

    from outbound_client.command.surroundings import Surroundings
    from outbound_client.models import Programme


def put(asked: Namespace, around: Surroundings) -> None:
    """Make or replace a programme from a file."""
    fields = fields_of(asked.file, OutboundClient.put_programme)
    with client(asked, around) as api:
        _show(api.put_programme(asked.id, **fields), asked)


def get(asked: Namespace, around: Surroundings) -> None:
    """Show a programme."""
    with client(asked, around) as api:
        _show(api.get_programme(asked.id), asked)


def list_(asked: Namespace, around: Surroundings) -> None:
    """Show a page of programmes."""
    with client(asked, around) as api:
        page = api.list_programmes(asked.limit, asked.cursor)
    if asked.json:
        show.as_json(page)
        return
    rows = [
        (each.id, each.name, each.purpose, ", ".join(each.channels), each.keyword or "")
        for each in page.items
    ]
    show.table(("ID", "NAME", "PURPOSE", "CHANNELS", "KEYWORD"), rows)
    show.more(page.next_cursor)


def form(asked: Namespace, around: Surroundings) -> None:
    """Print the form for a page of yours; where our page is comes beside it."""
    with client(asked, around) as api:
        found = api.get_sign_up_form(asked.id, asked.language)
    if asked.json:
        show.as_json(found)
        return
    show.remark(f"the page to link to, in {found.language}: {found.url}")
    print(found.html)


def remove(asked: Namespace, around: Surroundings) -> None:
    """Remove a programme."""
    with client(asked, around) as api:
        _show(api.delete_programme(asked.id), asked)


def _show(programme: Programme, asked: Namespace) -> None:
    if asked.json:
        show.as_json(programme)
        return
    show.fields(
        [
            ("id", programme.id),
            ("name", programme.name),
            ("purpose", programme.purpose),
            ("topic", programme.topic),
            ("channels", ", ".join(programme.channels)),
            ("level", programme.level),
            ("keyword", programme.keyword),
            ("brand", programme.brand),
            ("goes on to", programme.continue_to),
            *((f"wording.{language}", text) for language, text in programme.wording.items()),
            ("changed", show.when(programme.updated_at)),
        ]
    )
