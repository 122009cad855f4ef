"""`outbound keys create`, `list`, `rotate` and `revoke`."""

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
_SHOWN = (
    "id",
    "name",
    "tenant",
    "mode",
    "person",
    "scopes",
    "purposes",
    "allowed_addresses",
    "limit_per_minute",
    "expires_at",
    "revoked_at",
    "replaces",
)


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
        allowed_addresses=_words(asked.allow) or None,
        limit_per_minute=asked.limit_per_minute,
        person=asked.person,
    )
    _show_made(asked, ask_manage(asked, around, payload)["key"])


def rotate(asked: Namespace, around: Surroundings) -> None:
    """Replace a key by one with the same rights, and show its secret."""
    payload = body_of(command="rotate_key", tenant=asked.tenant, id=asked.id, overlap=asked.overlap)
    _show_made(asked, ask_manage(asked, around, payload)["key"])


def list_(asked: Namespace, around: Surroundings) -> None:
    """Show a tenant's keys, newest first."""
    payload = body_of(command="list_keys", tenant=asked.tenant, cursor=asked.cursor)
    answer = ask_manage(asked, around, payload)
    if asked.json:
        show.as_json({"items": answer["keys"], "next_cursor": answer["next_cursor"]})
        return
    rows = [_row(key) for key in answer["keys"]]
    show.table(("ID", "NAME", "MODE", "SCOPES", "LAST USED", "ENDS"), rows)
    show.more(answer["next_cursor"])


def revoke(asked: Namespace, around: Surroundings) -> None:
    """Revoke a key."""
    payload = {"command": "revoke_key", "tenant": asked.tenant, "id": asked.id}
    key = ask_manage(asked, around, payload)["key"]
    if asked.json:
        show.as_json(key)
        return
    _show(key)
    print("\nIt is refused everywhere within a minute.")


def _show_made(asked: Namespace, key: dict[str, Any]) -> None:
    if asked.json:
        show.as_json(key)
        print(f"outbound: {_ONCE}", file=sys.stderr)
        return
    _show(key)
    print(f"\n{key.get('secret')}\n\n{_ONCE}")


def _row(key: dict[str, Any]) -> tuple[str, ...]:
    ends = f"revoked {key['revoked_at']}" if key["revoked_at"] else key["expires_at"] or "never"
    used = key["last_used_at"] or "never"
    return key["id"], key["name"], key["mode"], ",".join(key["scopes"]), used, ends


def _show(key: dict[str, Any]) -> None:
    show.fields((name.removesuffix("_at"), _text(key.get(name))) for name in _SHOWN)


def _text(value: Any) -> str | None:
    return ", ".join(map(str, value)) if isinstance(value, list) else value


def _words(texts: list[str]) -> list[str]:
    return [word for text in texts for word in text.split(",") if word]
