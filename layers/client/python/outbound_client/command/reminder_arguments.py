"""The words for reminders."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outbound_client.command import reminders
from outbound_client.command.forms import api_command, group_of, paged

if TYPE_CHECKING:
    from outbound_client.command.forms import Commands


def add_reminders(commands: Commands) -> None:
    """`outbound reminders`."""
    group = group_of(commands, "reminders", "remind contacts of a moment, or again and again")
    _add_reminder(group)
    list_ = api_command(group, "list", "list a contact's reminders, newest first")
    list_.add_argument("--contact", required=True, metavar="ID")
    paged(list_).set_defaults(run=reminders.list_)
    for name, purpose, run in (
        ("get", "show a reminder, with what was sent and will be", reminders.get),
        ("move", "move the moment: what was not sent moves with it", reminders.move),
        ("pause", "send nothing until it is resumed", reminders.pause),
        ("resume", "go on; what would have been sent meanwhile is left out", reminders.resume),
        ("cancel", "send nothing more", reminders.cancel),
    ):
        command = api_command(group, name, purpose)
        command.add_argument("id", metavar="ID")
        if name == "move":
            command.add_argument("at", metavar="TIME", help="2027-01-11T09:30, or with its offset")
        command.set_defaults(run=run)


def _add_reminder(group: Commands) -> None:
    add = api_command(group, "add", "remind a contact")
    for name in ("--contact", "--purpose", "--template"):
        add.add_argument(name, required=True)
    add.add_argument("--channel", help="how it reaches them; or else --route")
    add.add_argument("--route", metavar="CHANNELS", help="one after another: sms,voice")
    add.add_argument("--after", metavar="DURATION", help="with --route: how long each may take")
    add.add_argument("--at", metavar="TIME", help="the moment: 2027-01-11T09:30")
    add.add_argument(
        "--offset", metavar="DURATION", action="append", default=[], help="-P1D; repeatable"
    )
    add.add_argument("--past", choices=("skip", "send"), help="what has passed already")
    add.add_argument("--start", metavar="TIME", help="from when on it repeats")
    add.add_argument(
        "--time", metavar="HH:MM", action="append", default=[], help="each day; repeatable"
    )
    add.add_argument("--rule", help="or by an RRULE: FREQ=WEEKLY;BYDAY=MO")
    add.add_argument("--until", metavar="TIME", help="the last time")
    add.add_argument("--count", type=int, metavar="N", help="how many")
    add.add_argument("--days", type=int, metavar="N", help="for a supply of so many days")
    add.add_argument("--timezone", help="whose clocks; by default the contact's")
    add.add_argument(
        "--data", metavar="NAME=VALUE", action="append", default=[], help="a variable; repeatable"
    )
    add.add_argument("--topic", help="what it is about, for the recipient's choice")
    add.add_argument("--idempotency-key", metavar="KEY", help="the same key makes one reminder")
    add.set_defaults(run=reminders.add)
