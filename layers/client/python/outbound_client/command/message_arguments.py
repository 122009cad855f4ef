"""The words for messages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outbound_client.command import messages
from outbound_client.command.forms import api_command, group_of, paged

if TYPE_CHECKING:
    from outbound_client.command.forms import Commands

_PURPOSES = "transactional, informational, healthcare, marketing"


def add_send(commands: Commands) -> None:
    """`outbound send`."""
    send = api_command(commands, "send", "send one message")
    send.add_argument(
        "--to", required=True, help="a phone number (+14155550123), an email address or a contact"
    )
    send.add_argument("--channel", help="sms, email or voice")
    send.add_argument(
        "--route", metavar="CHANNELS", help="several instead, one after another: sms,voice"
    )
    send.add_argument("--after", metavar="TIME", help="how long each has to deliver it (PT5M)")
    send.add_argument("--all", action="store_true", help="with --route: on all of them at once")
    send.add_argument("--purpose", required=True, help=_PURPOSES)
    send.add_argument("--text", help="the text, or the spoken words")
    send.add_argument("--subject", help="the subject of an email")
    send.add_argument(
        "--from",
        dest="sender",
        metavar="SENDER",
        help='who an email is from, of the addresses you may use ("Clinic <hello@clinic.org>")',
    )
    send.add_argument("--ssml", help="the spoken words as SSML")
    send.add_argument("--voice", help="who reads a call aloud (JOANNA)")
    send.add_argument("--locale", help="a call's language (fr-CA), which decides on a voice")
    send.add_argument("--template", metavar="ID[@VERSION]", help="a stored template")
    send.add_argument(
        "--data", metavar="NAME=VALUE", action="append", default=[], help="a variable; repeatable"
    )
    send.add_argument("--topic", help="what the message is about, for the recipient's choice")
    send.add_argument("--send-at", metavar="TIME", help="not before (2027-01-31T08:00:00Z)")
    send.add_argument("--expires-at", metavar="TIME", help="not after")
    send.add_argument(
        "--idempotency-key", metavar="KEY", help="the same key sends once, however often it is run"
    )
    send.add_argument(
        "--dry-run", action="store_true", help="show what would be sent, and send nothing"
    )
    send.set_defaults(run=messages.send)


def add_messages(commands: Commands) -> None:
    """`outbound messages`."""
    group = group_of(commands, "messages", "look at messages, and cancel them")
    get = api_command(group, "get", "show one message, or a route, and its timeline")
    get.add_argument("id", metavar="ID")
    get.set_defaults(run=messages.get)
    list_ = api_command(group, "list", "list a contact's messages, or a campaign's")
    whose = list_.add_mutually_exclusive_group(required=True)
    whose.add_argument("--contact", metavar="ID", help="newest first")
    whose.add_argument("--campaign", metavar="ID")
    list_.add_argument("--status", action="append", default=[], help="only these; repeatable")
    paged(list_).set_defaults(run=messages.list_)
    move = api_command(group, "move", "let a message that has not left leave at another time")
    move.add_argument("id", metavar="ID")
    move.add_argument(
        "send_at", metavar="TIME", help="2027-01-31T08:00:00Z, or on their clock 2027-01-31T09:00"
    )
    move.add_argument("--expires-at", metavar="TIME", help="not after")
    move.set_defaults(run=messages.move)
    cancel = api_command(group, "cancel", "cancel a message or route that has not left")
    cancel.add_argument("id", metavar="ID")
    cancel.set_defaults(run=messages.cancel)
