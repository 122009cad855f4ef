"""The words of evidence and webhooks on the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outbound_client.command import evidence, webhooks
from outbound_client.command.forms import api_command, group_of

if TYPE_CHECKING:
    from outbound_client.command.forms import Commands


def add_evidence(commands: Commands) -> None:
    """`outbound evidence`."""
    group = group_of(commands, "evidence", "show why a message was sent, and prove it")
    get = api_command(group, "get", "print all that shows why, signed: a file to keep")
    get.add_argument("id", metavar="MESSAGE")
    get.set_defaults(run=evidence.get)
    verify = api_command(group, "verify", "say whether such a file is as it was signed")
    verify.add_argument("file", metavar="FILE.json", help="- reads stdin")
    verify.set_defaults(run=evidence.verify)


def add_webhooks(commands: Commands) -> None:
    """`outbound webhooks`."""
    group = group_of(commands, "webhooks", "keep where your systems are told of messages")
    put = api_command(group, "put", "make a webhook, or replace what it is told and where")
    put.add_argument("id", metavar="ID")
    put.add_argument("url", metavar="URL")
    put.add_argument("--types", nargs="+", metavar="TYPE", help="message.delivered …; else all")
    put.set_defaults(run=webhooks.put)
    get = api_command(group, "get", "show a webhook, and what became of its last test")
    rotate = api_command(group, "rotate", "give a webhook a new secret beside the old one")
    rotate.add_argument("--overlap", metavar="DURATION", help="by default P1D, at most P7D")
    test = api_command(group, "test", "send a webhook a test, once")
    remove = api_command(group, "remove", "remove a webhook")
    runs = (webhooks.get, webhooks.rotate, webhooks.test, webhooks.remove)
    for each, run in zip((get, rotate, test, remove), runs, strict=True):
        each.add_argument("id", metavar="ID")
        each.set_defaults(run=run)
    list_ = api_command(group, "list", "list all webhooks, and whether they take events")
    list_.set_defaults(run=webhooks.list_)
