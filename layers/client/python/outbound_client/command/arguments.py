"""The command line: which words there are, and what they mean."""

from __future__ import annotations

from argparse import ArgumentParser, RawDescriptionHelpFormatter

from outbound_client.command.account_arguments import add_doctor, add_ledger, add_setup
from outbound_client.command.alerts import add_alerts
from outbound_client.command.campaign_arguments import add_campaigns, add_segments
from outbound_client.command.contact_arguments import add_contacts
from outbound_client.command.event_arguments import add_rules
from outbound_client.command.feedback_arguments import add_evidence, add_webhooks
from outbound_client.command.file_arguments import add_import, add_imports, add_media
from outbound_client.command.key_arguments import add_keys, add_links
from outbound_client.command.message_arguments import add_messages, add_send
from outbound_client.command.permission_arguments import (
    add_checks,
    add_decide,
    add_suppressions,
)
from outbound_client.command.reminder_arguments import add_reminders
from outbound_client.command.stats_arguments import add_costs, add_lists, add_prices, add_stats
from outbound_client.command.template_arguments import add_templates, add_testers
from outbound_client.command.tenant_arguments import add_coupons, add_programmes, add_settings

_EPILOG = """\
The API's URL and key come from --url and --api-key, else from OUTBOUND_URL and OUTBOUND_API_KEY,
else from .local/outbound.json, which a local run writes. `keys`, `setup`, `doctor` and `ledger`
need no API key: they ask the deployment and the account, with your AWS credentials.

exit codes: 0 done, 1 refused, 2 wrong usage, 3 no usable answer (try again)
"""


def parser() -> ArgumentParser:
    """The parser; what it parses has `run`, the function that does it."""
    command = ArgumentParser(
        prog="outbound",
        description="Send messages with Outbound, and manage its keys and templates.",
        epilog=_EPILOG,
        formatter_class=RawDescriptionHelpFormatter,
    )
    commands = command.add_subparsers(required=True, metavar="COMMAND")
    add_send(commands)
    add_messages(commands)
    add_reminders(commands)
    add_templates(commands)
    add_testers(commands)
    add_evidence(commands)
    add_webhooks(commands)
    add_rules(commands)
    add_prices(commands)
    add_stats(commands)
    add_costs(commands)
    add_contacts(commands)
    add_lists(commands)
    add_suppressions(commands)
    add_decide(commands)
    add_checks(commands)
    add_media(commands)
    add_coupons(commands)
    add_import(commands)
    add_imports(commands)
    add_programmes(commands)
    add_segments(commands)
    add_campaigns(commands)
    add_alerts(commands)
    add_settings(commands)
    add_keys(commands)
    add_links(commands)
    add_setup(commands)
    add_doctor(commands)
    add_ledger(commands)
    return command
