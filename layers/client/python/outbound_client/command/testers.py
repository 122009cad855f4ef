"""`outbound testers`: add, verify, list, remove."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outbound_client.command import show
from outbound_client.command.access import client

if TYPE_CHECKING:
    from argparse import Namespace

    from outbound_client.command.surroundings import Surroundings
    from outbound_client.models import Tester


def add(asked: Namespace, around: Surroundings) -> None:
    """Send somebody a code."""
    email, phone = (asked.to, None) if "@" in asked.to else (None, asked.to)
    with client(asked, around) as api:
        _show(api.put_tester(asked.id, email=email, phone=phone), asked)


def verify(asked: Namespace, around: Surroundings) -> None:
    """Verify an address by its code."""
    with client(asked, around) as api:
        _show(api.verify_tester(asked.id, asked.code), asked)


def list_(asked: Namespace, around: Surroundings) -> None:
    """List all testers."""
    with client(asked, around) as api:
        testers = api.list_testers()
    if asked.json:
        show.as_json({"items": [each.model_dump(mode="json") for each in testers]})
    else:
        show.table(("ID", "ADDRESS", "VERIFIED"), [_row(each) for each in testers])


def remove(asked: Namespace, around: Surroundings) -> None:
    """Remove a tester."""
    with client(asked, around) as api:
        _show(api.remove_tester(asked.id), asked)


def _show(tester: Tester, asked: Namespace) -> None:
    if asked.json:
        show.as_json(tester)
        return
    expires = tester.code_expires_at
    show.fields(
        [
            ("id", tester.id),
            ("address", tester.masked),
            ("verified", show.when(tester.verified_at) if tester.verified_at else "not yet"),
            ("code until", show.when(expires) if expires else None),
        ]
    )


def _row(tester: Tester) -> tuple[str, str, str]:
    verified = tester.verified_at
    return tester.id, tester.masked, show.when(verified) if verified else "not yet"
