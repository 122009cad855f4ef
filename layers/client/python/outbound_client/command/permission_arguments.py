"""The words for suppressions, decisions and look-ups, and for what contacts have said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outbound_client.command import checks, consents, decisions, suppressions
from outbound_client.command.forms import api_command, group_of, one_address, paged

if TYPE_CHECKING:
    from argparse import ArgumentParser

    from outbound_client.command.forms import Commands

_REASONS = "bounced, invalid, complained, opted_out or manual"
_PURPOSES = "transactional, informational, healthcare or marketing"
_TIME = "TIME"
_AT = "by default now (2027-01-31T08:00:00Z)"


def add_suppressions(commands: Commands) -> None:
    """`outbound suppressions`."""
    group = group_of(commands, "suppressions", "see, stop and free addresses that are not used")
    list_ = api_command(group, "list", "list all of them, by digests that stand for addresses")
    paged(list_).set_defaults(run=suppressions.list_)
    find = one_address(api_command(group, "find", "show what stands against an address"))
    find.set_defaults(run=suppressions.find)
    add = one_address(api_command(group, "add", "stop the use of an address, at once"))
    add.add_argument("--reason", help=f"{_REASONS}, which is the default")
    add.add_argument("--source", metavar="TEXT", help="who says so; by default api")
    add.add_argument("--purpose", action="append", help="by default all but alerts; repeatable")
    add.add_argument("--expires-at", metavar=_TIME, help="by default never")
    add.set_defaults(run=suppressions.add)
    lift = one_address(api_command(group, "lift", "take back one reason; the others stay"))
    lift.add_argument("--reason", required=True, help=_REASONS)
    lift.add_argument(
        "--proof", metavar="TEXT", help="how its owner took back what they had said themselves"
    )
    lift.set_defaults(run=suppressions.lift)


def add_decide(commands: Commands) -> None:
    """`outbound decide`."""
    decide = api_command(commands, "decide", "ask whether contacts may be written to, and why")
    decide.add_argument("ids", metavar="CONTACT", nargs="+", help="up to 500")
    decide.add_argument("--channel", required=True, help="sms, email or voice")
    decide.add_argument("--purpose", required=True, help=_PURPOSES)
    decide.add_argument("--topic", help="what the message would be about")
    decide.add_argument("--at", metavar=_TIME, help=_AT)
    decide.set_defaults(run=decisions.decide)


def add_checks(commands: Commands) -> None:
    """`outbound checks`."""
    group = group_of(commands, "checks", "record what registers answered of numbers")
    put = api_command(group, "put", "record look-ups, each with all contacts who have the number")
    put.add_argument(
        "file", metavar="FILE", help="a look-up in each line, as JSON of the API; - reads stdin"
    )
    put.set_defaults(run=checks.put)


def add_said(group: Commands) -> None:
    """`outbound contacts consents`, `grant`, `revoke` and `check`."""
    history = api_command(group, "consents", "show what a contact has said, and who wrote it down")
    history.set_defaults(run=consents.history)
    grant = _said(api_command(group, "grant", "write down a yes"))
    grant.add_argument("--channel", required=True, help="sms, email or voice")
    grant.add_argument("--purpose", required=True, help=_PURPOSES)
    grant.add_argument("--level", required=True, help="implied, express or express_written")
    grant.add_argument("--expires-at", metavar=_TIME, help="when it ends; an implied one must")
    grant.add_argument("--wording", metavar="TEXT", help="what they agreed to")
    grant.set_defaults(run=consents.grant)
    revoke = _said(api_command(group, "revoke", "pass on a no that came by phone or letter"))
    revoke.add_argument("--channel", action="append", help="by default all; repeatable")
    revoke.add_argument(
        "--purpose", action="append", help="by default all that a STOP means; repeatable"
    )
    revoke.set_defaults(run=consents.revoke)
    check = api_command(group, "check", "record what a register answered of a contact's number")
    check.add_argument("--phone", required=True, metavar="NUMBER")
    check.add_argument("--kind", required=True, help="do_not_call or reassigned")
    check.add_argument("--answer", required=True, help="yes (speaks against it), no or no_data")
    check.add_argument("--since", metavar="DAY", help="for reassigned: that of the consent")
    _proved(check).set_defaults(run=checks.check)
    for each in (history, grant, revoke, check):
        each.add_argument("id", metavar="ID")


def _said(command: ArgumentParser) -> ArgumentParser:
    command.add_argument("--topic", help="by default about everything")
    return _proved(command)


def _proved(command: ArgumentParser) -> ArgumentParser:
    command.add_argument("--source", required=True, metavar="TEXT", help="how it came")
    command.add_argument("--at", metavar=_TIME, help=_AT)
    command.add_argument("--proof", metavar="TEXT", help="where that can be found")
    return command
