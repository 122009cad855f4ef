"""The command line: which words there are, and what they mean."""

from __future__ import annotations

from argparse import ArgumentParser, RawDescriptionHelpFormatter
from typing import TYPE_CHECKING

from outbound_client import ready_made
from outbound_client.command import (
    doctor,
    imports,
    keys,
    ledger,
    links,
    media,
    messages,
    previews,
    prices,
    rules,
    setup,
    templates,
    testers,
)
from outbound_client.command.alerts import add_alerts
from outbound_client.command.campaign_arguments import add_campaigns, add_segments
from outbound_client.command.doctor.checks import CHANNELS
from outbound_client.command.feedback_arguments import add_evidence, add_webhooks
from outbound_client.command.forms import (
    account_command,
    api_command,
    deployment_command,
    group_of,
    operator_command,
    paged,
)
from outbound_client.command.reminder_arguments import add_reminders
from outbound_client.command.stats_arguments import add_costs, add_lists, add_stats

if TYPE_CHECKING:
    from outbound_client.command.forms import Commands

_EPILOG = """\
The API's URL and key come from --url and --api-key, else from OUTBOUND_URL and OUTBOUND_API_KEY,
else from .local/outbound.json, which a local run writes. `keys`, `setup`, `doctor` and `ledger`
need no API key: they ask the deployment and the account, with your AWS credentials.

exit codes: 0 done, 1 refused, 2 wrong usage, 3 no usable answer (try again)
"""
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
_PURPOSES = "transactional informational healthcare marketing"
_KEY_PURPOSES = f"{_PURPOSES} emergency"


def parser() -> ArgumentParser:
    """The parser; what it parses has `run`, the function that does it."""
    command = ArgumentParser(
        prog="outbound",
        description="Send messages with Outbound, and manage its keys and templates.",
        epilog=_EPILOG,
        formatter_class=RawDescriptionHelpFormatter,
    )
    commands = command.add_subparsers(required=True, metavar="COMMAND")
    _add_send(commands)
    _add_messages(commands)
    add_reminders(commands)
    _add_templates(commands)
    _add_testers(commands)
    add_evidence(commands)
    add_webhooks(commands)
    _add_rules(commands)
    _add_prices(commands)
    add_stats(commands)
    add_costs(commands)
    add_lists(commands)
    _add_media(commands)
    _add_import(commands)
    add_segments(commands)
    add_campaigns(commands)
    add_alerts(commands)
    _add_keys(commands)
    _add_links(commands)
    _add_setup(commands)
    _add_doctor(commands)
    _add_ledger(commands)
    return command


def _add_send(commands: Commands) -> None:
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
    send.add_argument("--purpose", required=True, help=_PURPOSES.replace(" ", ", "))
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


def _add_messages(commands: Commands) -> None:
    group = group_of(commands, "messages", "look at messages, and cancel them")
    get = api_command(group, "get", "show one message, or a route, and its timeline")
    get.add_argument("id", metavar="ID")
    get.set_defaults(run=messages.get)
    list_ = api_command(group, "list", "list a contact's messages, newest first")
    list_.add_argument("--contact", required=True, metavar="ID")
    list_.add_argument("--status", action="append", default=[], help="only these; repeatable")
    list_.add_argument("--limit", type=int, metavar="N", help="at most so many")
    list_.add_argument("--cursor", help="where the page before ended")
    list_.set_defaults(run=messages.list_)
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


def _add_templates(commands: Commands) -> None:
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


def _add_testers(commands: Commands) -> None:
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


def _add_rules(commands: Commands) -> None:
    group = group_of(commands, "rules", "make messages of events")
    put = api_command(group, "put", "store a rule, over the one with its id")
    put.add_argument("id", metavar="ID")
    put.add_argument("file", metavar="FILE.json", help="what the API takes; - reads stdin")
    put.set_defaults(run=rules.put)
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


def _add_prices(commands: Commands) -> None:
    show = api_command(commands, "prices", "show what messages cost, with sources and dates")
    show.add_argument("--country", metavar="CODE", help="of one country (US)")
    show.set_defaults(run=prices.table)


def _add_media(commands: Commands) -> None:
    group = group_of(commands, "media", "keep files that go with messages")
    upload = api_command(group, "upload", "upload a file; messages name it by its id")
    upload.add_argument("file", metavar="FILE")
    upload.add_argument("--type", help="application/pdf; by default what its name tells")
    upload.add_argument("--expires-in", metavar="DURATION", help="by default P30D")
    upload.set_defaults(run=media.upload)


def _add_links(commands: Commands) -> None:
    group = group_of(commands, "links", "replace the key that signs the links in messages")
    rotate = operator_command(group, "rotate", "have a new key sign from two hours on")
    rotate.set_defaults(run=links.rotate)


def _add_keys(commands: Commands) -> None:
    group = group_of(commands, "keys", "make, list, replace and revoke API keys")
    create = deployment_command(group, "create", "make an API key; its secret is shown once")
    create.add_argument("--name", required=True, help="what the key is for")
    create.add_argument("--mode", required=True, choices=["live", "test"])
    create.add_argument("--scopes", required=True, nargs="+", metavar="SCOPE", help=_SCOPES)
    create.add_argument(
        "--purposes", required=True, nargs="+", metavar="PURPOSE", help=_KEY_PURPOSES
    )
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


def _add_import(commands: Commands) -> None:
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


def _add_setup(commands: Commands) -> None:
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


def _add_doctor(commands: Commands) -> None:
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


def _add_ledger(commands: Commands) -> None:
    group = group_of(commands, "ledger", "look whether the ledger is as it was written")
    purpose = "verify the chains of a tenant, or of all; changes nothing"
    command = account_command(group, "verify", purpose)
    command.add_argument("--tenant", help="whose; by default all")
    one = command.add_mutually_exclusive_group()
    one.add_argument("--contact", metavar="ID", help="the chain of this contact alone")
    one.add_argument("--chain", metavar="CHAIN", help="this chain alone (audit#2026-11-24)")
    command.epilog = "exit codes: 0 as it was written, 1 there are faults, 2 not all was looked at"
    command.set_defaults(run=ledger.verify, nameserver=None)
