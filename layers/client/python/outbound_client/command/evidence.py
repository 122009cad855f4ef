"""`outbound evidence`: get, verify."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from outbound_client.command import show
from outbound_client.command.access import client
from outbound_client.command.failures import REFUSED, Failure

if TYPE_CHECKING:
    from argparse import Namespace

    from outbound_client.command.surroundings import Surroundings


def get(asked: Namespace, around: Surroundings) -> None:
    """Print why a message was sent, with its signature: a file to keep."""
    with client(asked, around) as api:
        show.as_json(api.get_evidence(asked.id))


def verify(asked: Namespace, around: Surroundings) -> None:
    """Say whether evidence that was kept is as it was signed."""
    jws = _jws(asked.file)
    with client(asked, around) as api:
        found = api.verify_evidence(jws)
    if not found.valid or found.evidence is None:
        text = "This is not as it was signed: it was changed, or another deployment has signed it."
        raise Failure(text, REFUSED)
    if asked.json:
        show.as_json(found)
    else:
        message = found.evidence["message"]
        rows = [("valid", "yes"), ("message", message["id"]), ("made", found.evidence["made_at"])]
        show.fields(rows)


def _jws(name: str) -> str:
    try:
        text = sys.stdin.read() if name == "-" else Path(name).read_text(encoding="utf-8")
        return str(json.loads(text)["jws"])
    except (OSError, ValueError, LookupError, TypeError):
        raise Failure(f"{name} holds no evidence, as `outbound evidence get` prints it.") from None
