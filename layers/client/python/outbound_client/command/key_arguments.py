"""The words for keys: those of the API, and those that sign links."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outbound_client.command import keys, links
from outbound_client.command.forms import deployment_command, group_of, operator_command

if TYPE_CHECKING:
    from outbound_client.command.forms import Commands

_SCOPES = (
    "messages:write messages:read templates:write templates:read keys:write media:write media:read "
    "contacts:write contacts:read contacts:erase contacts:export "
    "programmes:write programmes:read segments:write segments:read "
    "suppressions:write suppressions:read settings:write settings:read "
    "testers:write testers:read coupons:write coupons:read "
    "campaigns:write campaigns:read campaigns:launch webhooks:write webhooks:read stats:read "
    "budgets:write budgets:read "
    "rules:write rules:read alerts:write alerts:read alerts:approve "
    "reminders:write reminders:read"
)
_PURPOSES = "transactional informational healthcare marketing emergency"


def add_keys(commands: Commands) -> None:
    """`outbound keys`."""
    group = group_of(commands, "keys", "make, list, replace and revoke API keys")
    create = deployment_command(group, "create", "make an API key; its secret is shown once")
    create.add_argument("--name", required=True, help="what the key is for")
    create.add_argument("--mode", required=True, choices=["live", "test"])
    create.add_argument("--scopes", required=True, nargs="+", metavar="SCOPE", help=_SCOPES)
    create.add_argument("--purposes", required=True, nargs="+", metavar="PURPOSE", help=_PURPOSES)
    create.add_argument("--person", metavar="NAME", help="whose it is: two persons send an alert")
    create.add_argument("--expires", metavar="WHEN", help="P90D, or 2027-01-31T00:00:00Z")
    create.add_argument(
        "--allow", nargs="+", default=[], metavar="NETWORK", help="only from here: 192.0.2.0/24"
    )
    create.add_argument("--limit-per-minute", type=int, metavar="N", help="requests a minute")
    create.set_defaults(run=keys.create)
    list_ = deployment_command(group, "list", "list a tenant's API keys, newest first")
    list_.add_argument("--cursor", help="where the page before ended")
    list_.set_defaults(run=keys.list_)
    rotate = deployment_command(group, "rotate", "replace an API key by one with the same rights")
    rotate.add_argument("id", metavar="KEY_ID")
    rotate.add_argument(
        "--overlap", metavar="DURATION", help="how long the old one goes on; by default PT24H"
    )
    rotate.set_defaults(run=keys.rotate)
    revoke = deployment_command(group, "revoke", "revoke an API key")
    revoke.add_argument("id", metavar="KEY_ID")
    revoke.set_defaults(run=keys.revoke)


def add_links(commands: Commands) -> None:
    """`outbound links`."""
    group = group_of(commands, "links", "replace the key that signs the links in messages")
    rotate = operator_command(group, "rotate", "have a new key sign from two hours on")
    rotate.set_defaults(run=links.rotate)
