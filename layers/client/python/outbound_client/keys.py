"""API keys: made, replaced and revoked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outbound_client.models import CreatedKey, Key, KeyPage
from outbound_client.requests import body_of, path_to, query_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from outbound_client.connection import Connection


class KeyCalls:
    """The calls on keys."""

    _api: Connection

    def create_key(
        self,
        *,
        name: str,
        mode: str,
        scopes: Sequence[str],
        purposes: Sequence[str],
        expires_at: datetime | str | None = None,
        allowed_addresses: Sequence[str] = (),
        limit_per_minute: int | None = None,
        idempotency_key: str | None = None,
    ) -> CreatedKey:
        """Make an API key with at most the rights of this one.

        `allowed_addresses` are IP addresses or networks that it may be used from, none meaning all.

        Nobody can tell a secret twice: where `secret` is None, the key had been made by an earlier
        request whose answer was lost. Revoke it, and make another with another idempotency key.
        """
        body = body_of(
            name=name,
            mode=mode,
            scopes=list(scopes),
            purposes=list(purposes),
            expires_at=expires_at,
            allowed_addresses=list(allowed_addresses) or None,
            limit_per_minute=limit_per_minute,
        )
        return self._api.post(CreatedKey, "/v1/keys", body, idempotency_key)

    def list_keys(self, limit: int | None = None, cursor: str | None = None) -> KeyPage:
        """A page of the tenant's keys, newest first; the next begins at its `next_cursor`."""
        return self._api.ask(KeyPage, "GET", "/v1/keys", query=query_of(limit=limit, cursor=cursor))

    def get_key(self, key_id: str) -> Key:
        """An API key, without its secret."""
        return self._api.ask(Key, "GET", path_to("keys", key_id))

    def rotate_key(
        self, key_id: str, *, overlap: str = "PT24H", idempotency_key: str | None = None
    ) -> CreatedKey:
        """A new key with the same rights; the old one goes on for `overlap`, at most P30D."""
        path = f"{path_to('keys', key_id)}/rotate"
        return self._api.post(CreatedKey, path, {"overlap": overlap}, idempotency_key)

    def revoke_key(self, key_id: str) -> Key:
        """Revoke an API key; it is refused everywhere within a minute."""
        return self._api.ask(Key, "DELETE", path_to("keys", key_id))
