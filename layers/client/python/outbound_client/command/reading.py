"""Files that the command is given."""

from __future__ import annotations

import json
import sys
from inspect import Parameter, signature
from pathlib import Path
from typing import TYPE_CHECKING, Any

from outbound_client.command.failures import Failure

if TYPE_CHECKING:
    from collections.abc import Callable


def text_of(name: str) -> str:
    """What is in a file, or comes by standard input where the name is -.

    Raises:
        Failure: it can't be read, or isn't text.
    """
    try:
        text = sys.stdin.read() if name == "-" else Path(name).read_text(encoding="utf-8")
        # Some editors and spreadsheets begin a file with a mark.
        return text.removeprefix("\ufeff")
    except OSError as error:
        raise Failure(f"{name}: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise Failure(f"{name}: isn't UTF-8 text.") from None


def object_of(name: str) -> dict[str, Any]:
    """The JSON object in a file.

    Raises:
        Failure: there is none.
    """
    try:
        document = json.loads(text_of(name))
    except json.JSONDecodeError as error:
        raise Failure(f"{name}, line {error.lineno}: isn't JSON: {error.msg}.") from None
    if not isinstance(document, dict):
        raise Failure(f"{name}: must be one JSON object.")
    return document


def fields_of(name: str, call: Callable[..., Any]) -> dict[str, Any]:
    """The JSON object in a file, with the fields that a call takes.

    Raises:
        Failure: there is none, or it has others.
    """
    document = object_of(name)
    taken = {
        each.name: each.default is Parameter.empty
        for each in signature(call).parameters.values()
        if each.kind is Parameter.KEYWORD_ONLY
    }
    for unknown in sorted(document.keys() - taken.keys()):
        raise Failure(f"{name}: {unknown} is not known; there are {', '.join(taken)}.")
    for field, required in taken.items():
        if required and field not in document:
            raise Failure(f"{name}: {field} is missing.")
    return document


def objects_of(name: str) -> list[tuple[int, dict[str, Any]]]:
    """The JSON objects in a file, one in each line, with the numbers of their lines.

    Raises:
        Failure: there are none, or a line is something else.
    """
    return [(number, _object_in(line, name, number)) for number, line in lines_of(name)]


def lines_of(name: str) -> list[tuple[int, str]]:
    """The lines of a file that have something in them, with their numbers.

    Raises:
        Failure: there are none.
    """
    # Not splitlines: a text in JSON may have other ends of lines in it.
    lines = enumerate(text_of(name).split("\n"), start=1)
    found = [(number, line.strip()) for number, line in lines if line.strip()]
    if not found:
        raise Failure(f"{name}: is empty.")
    return found


def _object_in(line: str, name: str, number: int) -> dict[str, Any]:
    try:
        document = json.loads(line)
    except json.JSONDecodeError as error:
        raise Failure(f"{name}, line {number}: isn't JSON: {error.msg}.") from None
    if not isinstance(document, dict):
        raise Failure(f"{name}, line {number}: must be a JSON object.")
    return document
