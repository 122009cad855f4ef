"""The words for what you say of yourself, what people sign up for, and the codes of offers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outbound_client.command import coupons, programmes, settings
from outbound_client.command.forms import api_command, group_of, paged

if TYPE_CHECKING:
    from outbound_client.command.forms import Commands


def add_settings(commands: Commands) -> None:
    """`outbound settings`."""
    group = group_of(commands, "settings", "say who you are, which messages must")
    get = api_command(group, "get", "show who you say you are")
    get.set_defaults(run=settings.get)
    put = api_command(group, "put", "say it, whole: what isn't given is no longer said")
    put.add_argument("--name", required=True, help="what you call yourself; calls say it first")
    put.add_argument("--postal-address", metavar="TEXT", help="marketing email must show it")
    put.add_argument("--phone", metavar="NUMBER", help="where people reach you; calls must say it")
    put.add_argument("--website", metavar="URL", help="where people read about you")
    put.add_argument("--locale", help="of recipients of whom none is known (en-US)")
    put.add_argument("--timezone", metavar="ZONE", help="of those, too (America/New_York)")
    put.set_defaults(run=settings.put)


def add_programmes(commands: Commands) -> None:
    """`outbound programmes`."""
    group = group_of(commands, "programmes", "keep what people sign up for")
    put = api_command(group, "put", "make or replace a programme")
    get = api_command(group, "get", "show a programme")
    form = api_command(group, "form", "print the form to sign up with, and where our page is")
    remove = api_command(group, "remove", "remove a programme; what people have said stays said")
    runs = (programmes.put, programmes.get, programmes.form, programmes.remove)
    for each, run in zip((put, get, form, remove), runs, strict=True):
        each.add_argument("id", metavar="ID")
        each.set_defaults(run=run)
    put.add_argument("file", metavar="FILE.json", help="what the API takes; - reads stdin")
    form.add_argument("--language", help="en, es, fr or de, of those that its wording has")
    list_ = paged(api_command(group, "list", "list programmes, by their ids"))
    list_.set_defaults(run=programmes.list_)


def add_coupons(commands: Commands) -> None:
    """`outbound coupons`."""
    group = group_of(commands, "coupons", "keep pools of codes, of which each message gets its own")
    put = api_command(group, "put", "make a pool, or change its end")
    get = api_command(group, "get", "show how many codes are free, and how far files are read")
    add = api_command(group, "add", "add codes; those that the pool has or had are left out")
    import_ = api_command(group, "import", "have an uploaded file read in the background")
    runs = (coupons.put, coupons.get, coupons.add, coupons.import_)
    for each, run in zip((put, get, add, import_), runs, strict=True):
        each.add_argument("id", metavar="POOL")
        each.set_defaults(run=run)
    put.add_argument("--expires-at", metavar="TIME", help="when it ends; by default never")
    add.add_argument("file", metavar="FILE", help="codes, one in each line; - reads stdin")
    import_.add_argument("media", metavar="MEDIA", help="what `outbound media upload` has said")
