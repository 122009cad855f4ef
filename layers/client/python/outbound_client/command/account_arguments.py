"""The words for the AWS account: what is set up and looked at there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outbound_client.command import doctor, ledger, setup
from outbound_client.command.doctor.checks import CHANNELS
from outbound_client.command.forms import account_command, group_of

if TYPE_CHECKING:
    from outbound_client.command.forms import Commands


def add_setup(commands: Commands) -> None:
    """`outbound setup`."""
    purpose = "set in the AWS account, once, what a deployment can't"
    command = account_command(commands, "setup", purpose)
    command.add_argument("--dry-run", action="store_true", help="show it, and change nothing")
    command.add_argument("--yes", action="store_true", help="change it without asking")
    command.add_argument(
        "--read-lists",
        action="store_true",
        help="read the account's lists of suppressed addresses in again, though they were",
    )
    command.set_defaults(run=setup.run, nameserver=None)


def add_doctor(commands: Commands) -> None:
    """`outbound doctor`."""
    purpose = "look what keeps messages from leaving; changes nothing"
    command = account_command(commands, "doctor", purpose)
    command.add_argument(
        "--channel", action="append", choices=CHANNELS, help="this alone; repeatable"
    )
    command.add_argument(
        "--no-send", dest="send", action="store_false", help="send no test email to AWS's simulator"
    )
    command.add_argument(
        "--nameserver", metavar="ADDRESS[:PORT]", help="by default those of this machine"
    )
    command.epilog = "exit codes: 0 all is well, 1 there are problems, 2 something wasn't looked at"
    command.set_defaults(run=doctor.run)


def add_ledger(commands: Commands) -> None:
    """`outbound ledger`."""
    group = group_of(commands, "ledger", "look whether the ledger is as it was written")
    purpose = "verify the chains of a tenant, or of all; changes nothing"
    command = account_command(group, "verify", purpose)
    command.add_argument("--tenant", help="whose; by default all")
    one = command.add_mutually_exclusive_group()
    one.add_argument("--contact", metavar="ID", help="the chain of this contact alone")
    one.add_argument("--chain", metavar="CHAIN", help="this chain alone (audit#2026-11-24)")
    command.epilog = "exit codes: 0 as it was written, 1 there are faults, 2 not all was looked at"
    command.set_defaults(run=ledger.verify, nameserver=None)
