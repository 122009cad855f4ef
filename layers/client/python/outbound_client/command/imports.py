"""`outbound import`: files of contacts and appointments, and what was saved of Amazon Pinpoint;
`outbound imports` looks at them."""

from __future__ import annotations

import gzip
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from outbound_client.command import show
from outbound_client.command.access import client
from outbound_client.command.failures import Failure
from outbound_client.errors import Problem
from outbound_client.pinpoint.saved import Carried, Left, read_saved, together

if TYPE_CHECKING:
    from argparse import Namespace

    from outbound_client.client import OutboundClient
    from outbound_client.command.surroundings import Surroundings
    from outbound_client.models import Import

SECONDS = 2.0
ENDED = frozenset({"finished", "failed", "cancelled"})
LARGEST_SAVED = 1_000_000
GZIP = b"\x1f\x8b"
REFUSED = 422


def run(asked: Namespace, around: Surroundings) -> None:
    """Import each file; templates that were saved are stored."""
    if asked.kind == "reminders" and asked.source == "pinpoint":
        raise Failure("Amazon Pinpoint had no reminders: leave --from or --type out.")
    paths = [_readable(name) for name in asked.files]
    found = {path: _saved(path) if asked.source == "pinpoint" else None for path in paths}
    saved = [each for some in found.values() for each in some or ()]
    templates, left = together(each for each in saved if isinstance(each, Carried))
    if templates and not asked.purpose:
        raise Failure("Say with --purpose what the templates are for; they have none in Pinpoint.")
    left += [each for each in saved if isinstance(each, Left)]
    with client(asked, around) as api:
        files = [path for path in paths if found[path] is None]
        done = [_imported(path, asked, api, around) for path in files]
        refused = _store(templates, asked, api)
    for each in left + refused:
        print(f"not carried: {each.kind} {each.name}: {each.reason}")
    failed = [each for each in done if each.state == "failed"]
    if failed:
        raise Failure(f"{failed[0].id} failed: {failed[0].reason}.")
    if refused:
        raise Failure(f"{len(refused)} of {len(templates)} templates were refused.")


def list_(asked: Namespace, around: Surroundings) -> None:
    """Show a page of imports."""
    with client(asked, around) as api:
        page = api.list_imports(asked.limit, asked.cursor)
    if asked.json:
        show.as_json(page)
        return
    rows = [
        (each.id, show.when(each.created_at), each.type, each.state, str(each.read.lines))
        for each in page.items
    ]
    show.table(("ID", "CREATED", "TYPE", "STATE", "LINES"), rows)
    show.more(page.next_cursor)


def get(asked: Namespace, around: Surroundings) -> None:
    """Show an import."""
    with client(asked, around) as api:
        _tell(api.get_import(asked.id), asked)


def cancel(asked: Namespace, around: Surroundings) -> None:
    """Read no further."""
    with client(asked, around) as api:
        _tell(api.cancel_import(asked.id), asked)


def _store(templates: list[Carried], asked: Namespace, api: OutboundClient) -> list[Left]:
    """Store templates, each by itself; those that are refused."""
    refused: list[Left] = []
    for each in templates:
        try:
            stored = api.put_template(each.id, purpose=asked.purpose, channels=each.channels)
        except Problem as problem:
            if problem.status != REFUSED:
                raise
            why = [f"{error.pointer}: {error.message}" for error in problem.errors]
            refused.append(Left("template", each.name, " ".join([problem.detail, *why])))
            continue
        print(f"template {each.name}: stored as {stored.id}, version {stored.version}")
    return refused


def _imported(path: Path, asked: Namespace, api: OutboundClient, around: Surroundings) -> Import:
    format = asked.format or _format(path)
    columns, constants = _pairs(asked.column) or None, _pairs(asked.set) or None
    with path.open("rb") as content:
        if asked.kind == "reminders":
            begun = api.import_reminders(content, format, columns=columns, constants=constants)
        else:
            begun = api.import_contacts(
                content, format, source=asked.source, columns=columns, constants=constants
            )
    print(f"{path.name}: {begun.id}", file=sys.stderr)
    if not asked.wait:
        _tell(begun, asked)
        return begun
    while begun.state not in ENDED:
        around.sleep(SECONDS)
        begun = api.get_import(begun.id)
        print(f"  {begun.state}, {begun.read.lines} lines", file=sys.stderr)
    _tell(begun, asked)
    return begun


def _tell(shown: Import, asked: Namespace) -> None:
    if asked.json:
        show.as_json(shown)
        return
    rows = shown.rows
    show.fields(
        [
            ("import", shown.id),
            ("state", shown.state),
            ("created", rows.created),
            ("changed", rows.changed),
            ("unchanged", rows.unchanged),
            ("refused", rows.refused),
            ("left out", ", ".join(shown.ignored_columns)),
            ("report", shown.report if shown.reported else None),
        ]
    )


def _readable(name: str) -> Path:
    path = Path(name)
    try:
        with path.open("rb"):
            return path
    except OSError as error:
        raise Failure(f"{name}: {error.strerror}.") from None


def _saved(path: Path) -> list[Carried | Left] | None:
    """What was saved of Pinpoint's API; None for an export of endpoints."""
    if path.suffix != ".json" or path.stat().st_size > LARGEST_SAVED:
        return None
    return read_saved(path.read_text(encoding="utf-8", errors="replace"))


def _format(path: Path) -> str:
    """By the first character: objects begin with a brace, and no header of CSV does."""
    with path.open("rb") as raw:
        packed = raw.read(2) == GZIP
    with gzip.open(path) if packed else path.open("rb") as content:
        head = content.read(100).removeprefix(b"\xef\xbb\xbf").lstrip()
    return "ndjson" if head.startswith(b"{") else "csv"


def _pairs(given: list[str]) -> dict[str, str]:
    pairs = [each.partition("=") for each in given]
    wrong = next((name for name, sign, _ in pairs if not sign), None)
    if wrong is not None:
        raise Failure(f"{wrong}: write NAME=VALUE.")
    return {name: value for name, _, value in pairs}
