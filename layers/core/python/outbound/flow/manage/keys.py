"""API keys: made, shown once, revoked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from outbound.domain import ids
from outbound.domain.errors import Fault, Refusal, refused_at
from outbound.domain.instant import to_milliseconds
from outbound.domain.key import ApiKey, digest_of
from outbound.domain.words import Mode
from outbound.flow.once import check_left_by_crash, repeats, reserve
from outbound.ports import Claim

if TYPE_CHECKING:
    from collections.abc import Iterable

    from outbound.domain.words import Purpose, Scope
    from outbound.ports import Clock, Idempotency, Keys, Tokens

_FURTHEST = datetime(9999, 12, 31, tzinfo=UTC)
"""Later times don't exist in every zone."""


@dataclass(frozen=True, slots=True)
class KeyPorts:
    """What the making of keys works with."""

    clock: Clock
    tokens: Tokens
    keys: Keys
    idempotency: Idempotency


@dataclass(frozen=True, slots=True)
class NewKey:
    """A key as asked for."""

    tenant: str
    name: str
    mode: Mode
    scopes: frozenset[Scope]
    purposes: frozenset[Purpose]
    expires_at: datetime | None
    idempotency_key: str | None = None
    fingerprint: str = ""


@dataclass(frozen=True, slots=True)
class Made:
    """A key and its secret; a replay has no secret, for nobody stored it."""

    key: ApiKey
    secret: str | None


def create(request: NewKey, issuer: ApiKey | None, ports: KeyPorts) -> Made:
    """Make a key. `issuer` is the key that asks; None is an operator with AWS rights.

    Raises:
        Refusal: the new key would have more rights than its issuer, or expires in the past.
    """
    now = ports.clock.now()
    if issuer is not None:
        _check_rights(request, issuer)
    asking = issuer.mode if issuer is not None else request.mode
    try:
        _check_end(request.expires_at, now)
    except Refusal:
        made = _made_before(request, asking, now, ports)
        if made is None:
            raise
        return Made(made, None)
    cause = request.idempotency_key or ports.tokens.token()
    mine = Claim(request.fingerprint, ids.key_id(request.tenant, now, cause), now)
    claim, earlier = reserve(
        ports.idempotency, request.tenant, asking, request.idempotency_key, mine
    )
    if earlier:
        existing = ports.keys.by_id(request.tenant, claim.resource)
        if existing is not None:
            return Made(existing, None)
        check_left_by_crash(claim, now)
    secret = f"ob_{request.mode}_{ports.tokens.token()}"
    key = ApiKey(
        id=claim.resource,
        digest=digest_of(secret),
        name=request.name,
        tenant=request.tenant,
        mode=request.mode,
        scopes=request.scopes,
        purposes=request.purposes,
        created_at=now,
        expires_at=to_milliseconds(request.expires_at) if request.expires_at else None,
    )
    ports.keys.insert(key)
    return Made(key, secret)


def revoke(tenant: str, key_id: str, ports: KeyPorts) -> ApiKey:
    """Revoke a tenant's key; effective everywhere within the cache time of a key, 30 seconds.

    Raises:
        Refusal: the tenant has no such key.
    """
    key = ports.keys.revoke(tenant, key_id, ports.clock.now())
    if key is None:
        raise Refusal("unknown_key_id", "There is no API key with this id.")
    return key


def _check_end(expires_at: datetime | None, now: datetime) -> None:
    if expires_at is None:
        return
    if expires_at <= now:
        raise refused_at("/expires_at", "time_in_the_past", "expires_at must be in the future.")
    if expires_at >= _FURTHEST:
        raise refused_at("/expires_at", "time_too_far", "expires_at must be before 9999-12-31.")


def _made_before(request: NewKey, asking: Mode, now: datetime, ports: KeyPorts) -> ApiKey | None:
    claim = repeats(
        ports.idempotency,
        request.tenant,
        asking,
        request.idempotency_key,
        request.fingerprint,
        now,
    )
    return ports.keys.by_id(request.tenant, claim.resource) if claim else None


def _check_rights(request: NewKey, issuer: ApiKey) -> None:
    faults = [
        *_more("/scopes", request.scopes, issuer.scopes),
        *_more("/purposes", request.purposes, issuer.purposes),
    ]
    if issuer.mode is Mode.TEST and request.mode is Mode.LIVE:
        faults.append(Fault("/mode", "more_than_issuer", "A test key can only make test keys."))
    if faults:
        raise Refusal("more_than_issuer", "A key can't make a key with more rights.", *faults)


def _more(pointer: str, asked: Iterable[str], has: Iterable[str]) -> list[Fault]:
    extra = sorted(set(asked) - set(has))
    if not extra:
        return []
    message = f"The key that asks doesn't have: {', '.join(extra)}."
    return [Fault(pointer, "more_than_issuer", message)]
