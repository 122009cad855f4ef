"""API keys."""

from datetime import datetime

from pydantic import SecretStr

from outbound_client.models.answer import Answer


class Key(Answer):
    """An API key without its secret."""

    id: str
    name: str
    mode: str
    tenant: str
    scopes: tuple[str, ...]
    purposes: tuple[str, ...]
    created_at: datetime
    expires_at: datetime | None = None
    revoked_at: datetime | None = None
    allowed_addresses: tuple[str, ...] = ()
    limit_per_minute: int | None = None
    last_used_at: datetime | None = None
    replaces: str | None = None
    replaced_by: str | None = None
    person: str | None = None


class KeyPage(Answer):
    """Some of a tenant's keys, newest first."""

    items: tuple[Key, ...]
    next_cursor: str | None = None


class CreatedKey(Key):
    """A new key. Its secret is told once: a repeated request gets the key with no secret."""

    secret: SecretStr | None = None
