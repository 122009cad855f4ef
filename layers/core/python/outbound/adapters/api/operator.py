"""Commands of an operator about keys: those of the API, and those that sign links."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from outbound.adapters.api.answers import key_body, made_key_body
from outbound.adapters.api.catalog_requests import (
    read_operator_key,
    read_operator_list,
    read_operator_revocation,
    read_operator_rotation,
)
from outbound.adapters.api.commands import answer
from outbound.adapters.api.paging import LARGEST_PAGE, key_cursor_of, read_key_cursor
from outbound.domain.instant import rfc3339
from outbound.flow.manage import keys

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from outbound.flow.manage.keys import KeyPorts

    Command = Callable[[dict[str, Any], KeyPorts], dict[str, Any]]


def serve(
    event: Mapping[str, Any],
    ports: KeyPorts,
    rotate_links: Callable[[], datetime],
    request_id: str,
) -> dict[str, Any]:
    """Do what the operator asks of keys."""
    commands = {name: _with(ports, each) for name, each in COMMANDS.items()}
    commands["rotate_links"] = lambda _: {"signs_from": rfc3339(rotate_links())}
    return answer(event, commands, request_id)


def _with(ports: KeyPorts, command: Command) -> Callable[[dict[str, Any]], dict[str, Any]]:
    return lambda arguments: command(arguments, ports)


def _create(arguments: dict[str, Any], ports: KeyPorts) -> dict[str, Any]:
    made = keys.create(read_operator_key(arguments), None, ports)
    return {"key": made_key_body(made.key, made.secret)}


def _rotate(arguments: dict[str, Any], ports: KeyPorts) -> dict[str, Any]:
    made = keys.rotate(read_operator_rotation(arguments), None, ports)
    return {"key": made_key_body(made.key, made.secret)}


def _revoke(arguments: dict[str, Any], ports: KeyPorts) -> dict[str, Any]:
    return {"key": key_body(keys.revoke(*read_operator_revocation(arguments), ports))}


def _list(arguments: dict[str, Any], ports: KeyPorts) -> dict[str, Any]:
    tenant, cursor = read_operator_list(arguments)
    after = read_key_cursor({"cursor": cursor} if cursor else {})
    page = ports.keys.newest(tenant, limit=LARGEST_PAGE, after=after)
    items = [key_body(key) for key in page.keys]
    return {"keys": items, "next_cursor": key_cursor_of(page.after)}


COMMANDS: Mapping[str, Command] = {
    "create_key": _create,
    "list_keys": _list,
    "rotate_key": _rotate,
    "revoke_key": _revoke,
}
