"""API keys: who is calling, and what they may do."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import IPv4Network, IPv6Network, ip_network
from typing import TYPE_CHECKING

from outbound.domain.errors import Refusal, refused_at

Network = IPv4Network | IPv6Network

if TYPE_CHECKING:
    from datetime import datetime

    from outbound.domain.words import Mode, Purpose, Scope


@dataclass(frozen=True, slots=True)
class ApiKey:
    """A key without its secret, which nobody stores; `digest` finds it.

    `allowed_addresses` are the networks that it may be used from, none meaning all;
    `limit_per_minute` is what the deployment allows where it is None; `last_used_at` is known to
    the hour. `person` is whose key it is, as operators name them: of a key that a key has made, the
    person of that one.
    """

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
    allowed_addresses: tuple[str, ...] = ()
    limit_per_minute: int | None = None
    last_used_at: datetime | None = None
    replaces: str | None = None
    replaced_by: str | None = None
    person: str | None = None


def digest_of(secret: str) -> str:
    """What is stored of a secret. It has 256 random bits, so a plain hash can't be guessed back."""
    return hashlib.sha256(secret.encode()).hexdigest()


def check_usable(key: ApiKey, now: datetime) -> None:
    """Raises Refusal when the key is revoked or expired."""
    if key.revoked_at is not None:
        raise Refusal("revoked_key", "This API key was revoked. Make a new one.")
    if key.expires_at is not None and key.expires_at <= now:
        raise Refusal("expired_key", "This API key has expired. Make a new one.")


def check_address(key: ApiKey, source: str) -> None:
    """Raises Refusal when the key may not be used from this network address."""
    if key.allowed_addresses and not within(key.allowed_addresses, source):
        raise Refusal("address_not_allowed", "This API key may not be used from this address.")


def within(networks: tuple[str, ...], place: str) -> bool:
    """Whether an address, or a whole network, lies in one of the networks."""
    try:
        inner = ip_network(place)
    except ValueError:
        return False
    return any(_contains(_network(outer), inner) for outer in networks)


def _contains(outer: Network, inner: Network) -> bool:
    if isinstance(outer, IPv4Network):
        return isinstance(inner, IPv4Network) and inner.subnet_of(outer)
    return isinstance(inner, IPv6Network) and inner.subnet_of(outer)


@lru_cache(maxsize=1024)
def _network(text: str) -> Network:
    return ip_network(text)


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
