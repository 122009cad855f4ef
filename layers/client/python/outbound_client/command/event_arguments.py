"""The words for rules that make messages of events."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outbound_client.command import rules
from outbound_client.command.forms import api_command, group_of

if TYPE_CHECKING:
    from outbound_client.command.forms import Commands


def add_rules(commands: Commands) -> None:
    """`outbound rules`."""
    group = group_of(commands, "rules", "make messages of events")
    put = api_command(group, "put", "store a rule, over the one with its id")
    put.add_argument("id", metavar="ID")
    put.add_argument("file", metavar="FILE.json", help="what the API takes; - reads stdin")
    put.set_defaults(run=rules.put)
    get = api_command(group, "get", "show a rule")
    get.add_argument("id", metavar="ID")
    get.set_defaults(run=rules.get)
    list_ = api_command(group, "list", "list all rules")
    list_.set_defaults(run=rules.list_)
    test = api_command(group, "test", "try a pattern on an event")
    test.add_argument("pattern", metavar="PATTERN.json", help="a pattern, or a whole rule")
    test.add_argument("event", metavar="EVENT.json", help="an event with its envelope")
    test.set_defaults(run=rules.test)
    refused = api_command(group, "refused", "list the events that became no message, and why")
    refused.add_argument("id", metavar="ID")
    refused.add_argument("--limit", type=int, metavar="N", help="at most so many")
    refused.add_argument("--cursor", help="where the page before ended")
    refused.set_defaults(run=rules.refused)
    remove = api_command(group, "remove", "remove a rule")
    remove.add_argument("id", metavar="ID")
    remove.set_defaults(run=rules.remove)
