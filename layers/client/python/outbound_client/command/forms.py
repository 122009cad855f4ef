"""The forms that words of the command line have, by whom they ask."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argparse import ArgumentParser, _SubParsersAction

    Commands = _SubParsersAction[ArgumentParser]


def group_of(commands: Commands, name: str, purpose: str) -> Commands:
    """Words behind a word."""
    group = commands.add_parser(name, help=purpose, description=_sentence(purpose))
    return group.add_subparsers(required=True, metavar="COMMAND")


def _command(commands: Commands, name: str, purpose: str) -> ArgumentParser:
    command = commands.add_parser(name, help=purpose, description=_sentence(purpose))
    command.add_argument("--json", action="store_true", help="print JSON")
    return command


def api_command(commands: Commands, name: str, purpose: str) -> ArgumentParser:
    """What asks the API, with a key of it."""
    command = _command(commands, name, purpose)
    command.add_argument("--url", help="where the API is; else OUTBOUND_URL")
    command.add_argument(
        "--api-key", metavar="KEY", help="else OUTBOUND_API_KEY, which other users can't see"
    )
    return command


def deployment_command(commands: Commands, name: str, purpose: str) -> ArgumentParser:
    """What asks a deployment about a tenant, with AWS credentials."""
    command = operator_command(commands, name, purpose)
    command.add_argument("--tenant", required=True, help="whose key it is")
    return command


def operator_command(commands: Commands, name: str, purpose: str) -> ArgumentParser:
    """What asks a deployment, with AWS credentials."""
    command = _command(commands, name, purpose)
    place = command.add_mutually_exclusive_group()
    place.add_argument("--stack", default="Outbound-dev", help="by default Outbound-dev")
    place.add_argument("--function", metavar="NAME", help="the manage function itself")
    command.add_argument("--region", help="by default that of your AWS configuration")
    command.add_argument("--endpoint-url", metavar="URL", help="of an AWS emulator")
    return command


def account_command(commands: Commands, name: str, purpose: str) -> ArgumentParser:
    """What looks at an account, with AWS credentials."""
    command = _command(commands, name, purpose)
    command.add_argument(
        "--environment", default="dev", metavar="NAME", help="dev (the default), prod, or local"
    )
    command.add_argument("--region", help="by default that of your AWS configuration")
    return command


def _sentence(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}."


def paged(command: ArgumentParser) -> ArgumentParser:
    """A list that comes page by page."""
    command.add_argument("--limit", type=int, metavar="N", help="at most N of them")
    command.add_argument("--cursor", help="where the page before ended")
    return command


def one_address(command: ArgumentParser) -> ArgumentParser:
    """What is about one address, of either kind."""
    address = command.add_mutually_exclusive_group(required=True)
    address.add_argument("--email", metavar="ADDRESS")
    address.add_argument("--phone", metavar="NUMBER")
    return command
