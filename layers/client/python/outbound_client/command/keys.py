"""`outbound keys create` and `outbound keys revoke`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from outbound_client.command import show
from outbound_client.command.deployment import ask_manage
from outbound_client.command.expiry import expires_at
from outbound_client.requests import body_of

if TYPE_CHECKING:
    from argparse import Namespace

    from outbound_client.command.surroundings import Surroundings

_ONCE = "The secret is shown only this once, and stored nowhere: keep it now."


def create(asked: Namespace, around: Surroundings) -> None:
    """Make a key and show its secret."""
    payload = body_of(
        command="create_key",
        tenant=asked.tenant,
        name=asked.name,
        mode=asked.mode,
        scopes=_words(asked.scopes),
        purposes=_words(asked.purposes),
        expires_at=expires_at(asked.expires, around.now()) if asked.expires else None,
    )
    key = ask_manage(asked, around, payload)
    if asked.json:
        show.as_json(key)
        print(f"outbound: {_ONCE}", file=sys.stderr)
        return
    _show(key)
    print(f"\n{key.get('secret')}\n\n{_ONCE}")


def revoke(asked: Namespace, around: Surroundings) -> None:
    """Revoke a key."""
    payload = {"command": "revoke_key", "tenant": asked.tenant, "id": asked.id}
    key = ask_manage(asked, around, payload)
    if asked.json:
        show.as_json(key)
        return
    _show(key)
    print("\nIt is refused everywhere within a minute.")


def _show(key: dict[str, Any]) -> None:
    names = ("id", "name", "tenant", "mode", "scopes", "purposes", "expires_at", "revoked_at")
    show.fields((name.removesuffix("_at"), _text(key.get(name))) for name in names)


def _text(value: Any) -> str | None:
    return ", ".join(map(str, value)) if isinstance(value, list) else value


def _words(texts: list[str]) -> list[str]:
    return [word for text in texts for word in text.split(",") if word]
