"""The words for templates, and for who gets tests of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outbound_client import ready_made
from outbound_client.command import previews, templates, testers
from outbound_client.command.forms import api_command, group_of, paged

if TYPE_CHECKING:
    from outbound_client.command.forms import Commands


def add_templates(commands: Commands) -> None:
    """`outbound templates`."""
    group = group_of(commands, "templates", "keep templates")
    _add_previews(group)
    put = api_command(group, "put", "store a template; new content makes a new version")
    put.add_argument("id", metavar="ID")
    put.add_argument("file", metavar="FILE.json", help="what the API takes; - reads stdin")
    put.set_defaults(run=templates.put)
    get = api_command(group, "get", "show a template")
    get.add_argument("id", metavar="ID")
    get.add_argument("--version", type=int, metavar="N", help="by default the latest")
    get.set_defaults(run=templates.get)
    list_ = api_command(group, "list", "list templates, by their ids")
    versions = api_command(group, "versions", "list the versions of a template, newest first")
    versions.add_argument("id", metavar="ID")
    for each, run in ((list_, templates.list_), (versions, templates.versions)):
        paged(each).set_defaults(run=run)
    publish = api_command(group, "publish", "send a version where none is named, an old one too")
    publish.add_argument("id", metavar="ID")
    publish.add_argument("version", type=int, metavar="VERSION")
    publish.set_defaults(run=templates.publish)
    install = api_command(group, "install", "store ready-made templates and their layout")
    install.add_argument(
        "names", nargs="*", metavar="NAME", help=f"by default all: {', '.join(ready_made.NAMES)}"
    )
    install.set_defaults(run=templates.install)
    withdraw = api_command(group, "withdraw", "send no version where none is named")
    withdraw.add_argument("id", metavar="ID")
    withdraw.set_defaults(run=templates.withdraw)


def add_testers(commands: Commands) -> None:
    """`outbound testers`."""
    group = group_of(commands, "testers", "keep who gets tests of templates")
    add = api_command(group, "add", "send somebody a code that verifies their address")
    add.add_argument("id", metavar="ID")
    add.add_argument("--to", required=True, help="a phone number (+14155550123) or email address")
    add.set_defaults(run=testers.add)
    verify = api_command(group, "verify", "verify an address by the code that it was sent")
    verify.add_argument("id", metavar="ID")
    verify.add_argument("code", metavar="CODE")
    verify.set_defaults(run=testers.verify)
    list_ = api_command(group, "list", "list all testers")
    list_.set_defaults(run=testers.list_)
    remove = api_command(group, "remove", "remove a tester")
    remove.add_argument("id", metavar="ID")
    remove.set_defaults(run=testers.remove)


def _add_previews(group: Commands) -> None:
    preview = api_command(group, "preview", "show a template as somebody would get it")
    preview.add_argument("--contact", metavar="ID", help="for this contact")
    preview.set_defaults(run=previews.preview)
    test = api_command(group, "test", "send a template to verified testers")
    test.add_argument("--to", required=True, nargs="+", metavar="TESTER")
    test.set_defaults(run=previews.test)
    for command in (preview, test):
        command.add_argument("id", metavar="ID")
        command.add_argument("--version", type=int, metavar="N", help="by default the latest")
        command.add_argument("--locale", help="by default that of the reader")
        command.add_argument("--channel", help="by default all")
        command.add_argument(
            "--data",
            metavar="NAME=VALUE",
            action="append",
            default=[],
            help="a variable; repeatable",
        )
