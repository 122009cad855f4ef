"""The words for files: those that go with messages, and those that are read in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outbound_client.command import imports, media
from outbound_client.command.forms import api_command, group_of, paged

if TYPE_CHECKING:
    from outbound_client.command.forms import Commands


def add_media(commands: Commands) -> None:
    """`outbound media`."""
    group = group_of(commands, "media", "keep files that go with messages")
    upload = api_command(group, "upload", "upload a file; messages name it by its id")
    upload.add_argument("file", metavar="FILE")
    upload.add_argument("--type", help="application/pdf; by default what its name tells")
    upload.add_argument("--expires-in", metavar="DURATION", help="by default P30D")
    upload.add_argument("--contact", metavar="ID", help="whom it is about: erased with them")
    upload.set_defaults(run=media.upload)
    get = api_command(group, "get", "show a file, and whether it can be sent")
    remove = api_command(group, "remove", "remove a file; messages that still need it will fail")
    for each, run in ((get, media.get), (remove, media.remove)):
        each.add_argument("id", metavar="ID")
        each.set_defaults(run=run)


def add_import(commands: Commands) -> None:
    """`outbound import`."""
    command = api_command(commands, "import", "import contacts or appointments from files")
    command.add_argument(
        "files", metavar="FILE", nargs="+", help="CSV or lines of JSON, packed by gzip or not"
    )
    command.add_argument(
        "--from",
        dest="source",
        choices=("outbound", "pinpoint"),
        default="outbound",
        help="whose columns they have; of Amazon Pinpoint also saved templates are taken",
    )
    command.add_argument(
        "--type",
        dest="kind",
        choices=("contacts", "reminders"),
        default="contacts",
        help="what their rows are: contacts, or appointments to remind of",
    )
    command.add_argument("--format", choices=("csv", "ndjson"), help="else told by the file")
    command.add_argument(
        "--column", metavar="HEADER=FIELD", action="append", default=[], help="what a header means"
    )
    command.add_argument(
        "--set", metavar="FIELD=VALUE", action="append", default=[], help="what every row has"
    )
    command.add_argument("--purpose", help="what saved templates of Pinpoint are for")
    command.add_argument(
        "--no-wait", dest="wait", action="store_false", help="don't wait for the end"
    )
    command.set_defaults(run=imports.run)


def add_imports(commands: Commands) -> None:
    """`outbound imports`."""
    group = group_of(commands, "imports", "look at imports, and cancel them")
    list_ = api_command(group, "list", "list imports, newest first")
    paged(list_).set_defaults(run=imports.list_)
    get = api_command(group, "get", "show how far an import is, and what became of its rows")
    cancel = api_command(group, "cancel", "read no further; what was read stays")
    for each, run in ((get, imports.get), (cancel, imports.cancel)):
        each.add_argument("id", metavar="ID")
        each.set_defaults(run=run)
