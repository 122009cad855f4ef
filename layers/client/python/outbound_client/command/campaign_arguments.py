"""The words for segments and campaigns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outbound_client.command import campaigns, exports, segments
from outbound_client.command.forms import api_command, group_of, paged

if TYPE_CHECKING:
    from outbound_client.command.forms import Commands

STEPS = {
    "approve": "approve a draft as it is, with another key than the one that made it",
    "launch": "let a campaign begin when its schedule says so",
    "pause": "hold back what has not left",
    "resume": "go on where a campaign was paused",
    "cancel": "send no more of a campaign",
}


def add_segments(commands: Commands) -> None:
    """`outbound segments`."""
    group = group_of(commands, "segments", "say who is meant")
    put = api_command(group, "put", "make or replace a segment")
    put.add_argument("id", metavar="ID")
    who = put.add_mutually_exclusive_group(required=True)
    who.add_argument("--expression", help='attributes.plan == "pro" and contact.region == "US-FL"')
    who.add_argument("--contacts", metavar="FILE", help="ids, one in each line; - reads stdin")
    put.add_argument("--exclude", metavar="EXPRESSION", help="who is left out")
    put.add_argument(
        "--exclude-segment", metavar="ID", action="append", default=[], help="repeatable"
    )
    put.set_defaults(run=segments.put)
    get = api_command(group, "get", "show a segment")
    get.add_argument("id", metavar="ID")
    get.set_defaults(run=segments.get)
    list_ = api_command(group, "list", "list segments, by their ids")
    paged(list_).set_defaults(run=segments.list_)
    delete = api_command(group, "delete", "remove a segment that no other leaves out")
    delete.add_argument("id", metavar="ID")
    delete.set_defaults(run=segments.delete)
    estimate = api_command(group, "estimate", "count who is in it, and what the gate would say")
    estimate.add_argument("id", metavar="ID")
    estimate.add_argument("--purpose", required=True, help="what would be sent for")
    estimate.add_argument(
        "--channel", action="append", help="by default all that have an address; repeatable"
    )
    estimate.add_argument("--topic", help="what it would be about")
    estimate.add_argument("--at", metavar="TIME", help="by default now (2027-01-31T08:00:00Z)")
    estimate.set_defaults(run=segments.estimate)


def add_campaigns(commands: Commands) -> None:
    """`outbound campaigns`."""
    group = group_of(
        commands, "campaigns", "send a template to many, and follow what becomes of it"
    )
    create = api_command(group, "create", "make a draft of a campaign")
    create.add_argument("file", metavar="FILE.json", help="what the API takes; - reads stdin")
    create.add_argument(
        "--idempotency-key", metavar="KEY", help="the same key makes one, however often it is run"
    )
    create.set_defaults(run=campaigns.create)
    change = api_command(group, "change", "change a draft")
    change.add_argument("id", metavar="ID")
    change.add_argument("file", metavar="FILE.json", help="what is to be another; null takes away")
    change.set_defaults(run=campaigns.change)
    list_ = api_command(group, "list", "list campaigns, newest first")
    paged(list_).set_defaults(run=campaigns.list_)
    for name, purpose, run in (
        ("get", "show a campaign", campaigns.get),
        ("estimate", "show what a campaign would do if it were launched now", campaigns.estimate),
        ("report", "show what has become of its recipients, and why", campaigns.report),
        ("watch", "follow a campaign until it ends or pauses", campaigns.watch),
    ):
        command = api_command(group, name, purpose)
        command.add_argument("id", metavar="ID")
        command.set_defaults(run=run)
    export = api_command(group, "export", "list every recipient of a run in a file")
    export.add_argument("id", metavar="ID")
    export.add_argument("--to", metavar="FILE.csv", required=True, help="what is written, anew")
    export.add_argument("--run", dest="run_id", metavar="RUN", help="by default the newest")
    export.set_defaults(run=exports.export)
    for name, purpose in STEPS.items():
        step = api_command(group, name, purpose)
        step.add_argument("id", metavar="ID")
        step.set_defaults(run=campaigns.step, step=name)
