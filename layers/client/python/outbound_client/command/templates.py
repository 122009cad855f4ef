"""`outbound templates put` and `outbound templates get`."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from outbound_client.command import show
from outbound_client.command.access import client
from outbound_client.command.failures import Failure

if TYPE_CHECKING:
    from argparse import Namespace

    from outbound_client.command.surroundings import Surroundings


def put(asked: Namespace, around: Surroundings) -> None:
    """Store a template from a file."""
    document = _read(asked.file)
    with client(asked, around) as api:
        template = api.put_template(
            asked.id, purpose=document["purpose"], channels=document["channels"]
        )
    show.as_json(template) if asked.json else show.template(template)


def get(asked: Namespace, around: Surroundings) -> None:
    """Show a template."""
    with client(asked, around) as api:
        template = api.get_template(asked.id, asked.version)
    show.as_json(template) if asked.json else show.template(template)


def _read(name: str) -> dict[str, Any]:
    try:
        text = sys.stdin.read() if name == "-" else Path(name).read_text(encoding="utf-8")
        document = json.loads(text)
    except OSError as error:
        raise Failure(f"{name}: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise Failure(f"{name}: isn't UTF-8 text.") from None
    except json.JSONDecodeError as error:
        raise Failure(f"{name}, line {error.lineno}: isn't JSON: {error.msg}.") from None
    if not isinstance(document, dict) or document.keys() != {"purpose", "channels"}:
        raise Failure(
            f'{name}: must be {{"purpose": "…", "channels": {{"sms": {{"text": "…"}}}}}},'
            " with nothing beside purpose and channels."
        )
    return document
