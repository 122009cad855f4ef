"""API keys: who is calling, and what they may do."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from outbound.domain.errors import Refusal, refused_at

if TYPE_CHECKING:
    from datetime import datetime

    from outbound.domain.words import Mode, Purpose, Scope


@dataclass(frozen=True, slots=True)
class ApiKey:
    """A key without its secret, which nobody stores; `digest` finds it."""

    id: str
    digest: str
    name: str
    tenant: str
    mode: Mode
    scopes: frozenset[Scope]
    purposes: frozenset[Purpose]
    created_at: datetime
    expires_at: datetime | None = None
    revoked_at: datetime | None = None


def digest_of(secret: str) -> str:
    """What is stored of a secret. It has 256 random bits, so a plain hash can't be guessed back."""
    return hashlib.sha256(secret.encode()).hexdigest()


def check_usable(key: ApiKey, now: datetime) -> None:
    """Raises Refusal when the key is revoked or expired."""
    if key.revoked_at is not None:
        raise Refusal("revoked_key", "This API key was revoked. Make a new one.")
    if key.expires_at is not None and key.expires_at <= now:
        raise Refusal("expired_key", "This API key has expired. Make a new one.")


def check_scope(key: ApiKey, scope: Scope) -> None:
    """Raises Refusal when the key lacks the scope."""
    if scope not in key.scopes:
        raise Refusal("missing_scope", f"This API key lacks the scope {scope}.")


def check_purpose(key: ApiKey, purpose: Purpose, pointer: str = "/purpose") -> None:
    """Raises Refusal when the key may not send with this purpose."""
    if purpose not in key.purposes:
        allowed = ", ".join(sorted(key.purposes)) or "none"
        message = f"This API key may not send {purpose} messages. It may send: {allowed}."
        raise refused_at(pointer, "purpose_not_allowed", message)
