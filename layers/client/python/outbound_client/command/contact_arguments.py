"""The words for contacts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outbound_client.command import contacts
from outbound_client.command.forms import api_command, group_of, one_address, paged
from outbound_client.command.permission_arguments import add_said

if TYPE_CHECKING:
    from argparse import ArgumentParser

    from outbound_client.command.forms import Commands

_SEEN = "only if it still has the `etag` that `get --json` has shown"
_FILE = "JSON, as the API has it; - reads stdin"


def add_contacts(commands: Commands) -> None:
    """`outbound contacts`."""
    group = group_of(commands, "contacts", "keep, find, export and erase the people you write to")
    put = _said(api_command(group, "put", "make or replace a contact; consents stand"))
    put.set_defaults(run=contacts.put)
    change = _said(api_command(group, "change", "change what is said, and nothing else"))
    change.set_defaults(run=contacts.change)
    get = api_command(group, "get", "show a contact")
    get.set_defaults(run=contacts.get)
    lookup = api_command(group, "lookup", "ask the carrier about a contact's number, at its price")
    lookup.set_defaults(run=contacts.look_up)
    add_said(group)
    export = api_command(group, "export", "write all that is held of a contact to a file")
    export.add_argument("--to", required=True, metavar="FILE", help="where it goes")
    export.set_defaults(run=contacts.export)
    erase = api_command(group, "erase", "erase a contact, and wait until nothing is left")
    erase.add_argument("--no-wait", action="store_true", help="only begin")
    erase.set_defaults(run=contacts.erase)
    erasure = api_command(group, "erasure", "show how far an erasure is, by its own id")
    erasure.set_defaults(run=contacts.erasure)
    for each in (put, change, get, lookup, export, erase, erasure):
        each.add_argument("id", metavar="ID")
    for each in (put, change):
        each.add_argument("file", metavar="FILE", nargs="?", help=_FILE)
    change.add_argument("--if-match", metavar="ETAG", help=_SEEN)
    seen = put.add_mutually_exclusive_group()
    seen.add_argument("--if-match", metavar="ETAG", help=_SEEN)
    seen.add_argument("--new", action="store_true", help="only if there is none")
    find = one_address(api_command(group, "find", "show who has an address"))
    find.set_defaults(run=contacts.find)
    stale = paged(api_command(group, "stale", "list who was not reached for long"))
    stale.add_argument("--for", dest="period", required=True, metavar="TIME", help="P6M, P1Y")
    stale.set_defaults(run=contacts.stale)


def _said(command: ArgumentParser) -> ArgumentParser:
    command.add_argument("--email", action="append", metavar="ADDRESS", help="repeatable")
    command.add_argument("--phone", action="append", metavar="NUMBER", help="repeatable")
    command.add_argument("--locale", help="en-US")
    command.add_argument("--timezone", metavar="ZONE", help="America/New_York")
    command.add_argument("--region", help="US-FL, FR")
    command.add_argument(
        "--attribute",
        dest="attributes",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="what you know beside that; repeatable",
    )
    command.add_argument(
        "--forbid",
        dest="forbidden",
        action="append",
        metavar="CHANNEL",
        help="a channel that they want nothing on; repeatable",
    )
    return command
