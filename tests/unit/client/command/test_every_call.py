"""The command has a word for each call of the client that somebody would want to type."""

from __future__ import annotations

import ast
from pathlib import Path

from outbound_client import command
from tests.unit.client.every import calls

FOLDER = Path(command.__file__).parent
OF_IMPORT = "is a part of `outbound import`"
OF_KEYS = "`outbound keys` does it without a key, by the deployment"
OF_PROGRAMS = "is for programs"
NO_WORD = {
    "announce_import": OF_IMPORT,
    "start_import": OF_IMPORT,
    "create_key": OF_KEYS,
    "get_key": OF_KEYS,
    "list_keys": OF_KEYS,
    "revoke_key": OF_KEYS,
    "rotate_key": OF_KEYS,
    "create_reminders": OF_PROGRAMS,
    "send_batch": OF_PROGRAMS,
    "try_batch": OF_PROGRAMS,
    "iterate_messages": OF_PROGRAMS,
    "iterate_reminders": OF_PROGRAMS,
    "wait_for": OF_PROGRAMS,
}


def used() -> set[str]:
    """What the command asks of its client, which it calls `api`."""
    return {
        node.attr
        for file in FOLDER.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id == "api"
    }


def test_every_call_has_a_word_or_a_reason_to_have_none():
    assert set(calls()) - used() == set(NO_WORD)
