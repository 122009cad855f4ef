"""API keys: made, shown once, revoked."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from outbound.domain import ids
from outbound.domain.errors import Fault, Refusal, refused_at
from outbound.domain.instant import to_milliseconds
from outbound.domain.key import ApiKey, digest_of, within
from outbound.domain.words import Mode
from outbound.flow.once import check_left_by_crash, repeats, reserve
from outbound.ports import Claim

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import timedelta

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
    allowed_addresses: tuple[str, ...] = ()
    limit_per_minute: int | None = None
    person: str | None = None
    idempotency_key: str | None = None
    fingerprint: str = ""


@dataclass(frozen=True, slots=True)
class Rotation:
    """A key to be replaced by one with the same rights; it goes on for `overlap`."""

    tenant: str
    key_id: str
    overlap: timedelta
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
        request = _inherited(request, issuer)
        check_rights(request, issuer)
    asking = issuer.mode if issuer is not None else request.mode
    try:
        _check_end(request.expires_at, now)
    except Refusal:
        earlier_key = _made_before(request, asking, now, ports)
        if earlier_key is None:
            raise
        return Made(earlier_key, None)
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
    made = _made(request, claim.resource, now, ports)
    ports.keys.insert(made.key)
    return made


def rotate(request: Rotation, issuer: ApiKey | None, ports: KeyPorts) -> Made:
    """Make a key with the rights of an old one, which ends when the overlap is over.

    Raises:
        Refusal: there is no such key, it has ended or was replaced, or has more than its issuer.
    """
    now = ports.clock.now()
    old = find(request.tenant, request.key_id, ports)
    new = _successor(old)
    if issuer is not None:
        check_rights(new, issuer)
        if old.person not in (None, issuer.person):
            detail = "It belongs to somebody else: only they or an operator can replace it."
            raise Refusal("more_than_issuer", detail)
    cause = request.idempotency_key or ports.tokens.token()
    mine = Claim(request.fingerprint, ids.key_id(request.tenant, now, cause), now)
    asking = issuer.mode if issuer is not None else old.mode
    claim, earlier = reserve(
        ports.idempotency, request.tenant, asking, request.idempotency_key, mine
    )
    if earlier:
        existing = ports.keys.by_id(request.tenant, claim.resource)
        if existing is not None:
            return Made(existing, None)
    _check_rotatable(old, now)
    if earlier:
        check_left_by_crash(claim, now)
    made = _made(new, claim.resource, now, ports, replaces=old.id)
    ends = min(now + request.overlap, old.expires_at or _FURTHEST)
    if not ports.keys.rotate(made.key, old.id, ends):
        _check_rotatable(find(request.tenant, request.key_id, ports), now)
        raise Refusal("request_in_flight", "The key is being changed. Try again.", retry_after=1)
    return made


def find(tenant: str, key_id: str, ports: KeyPorts) -> ApiKey:
    """A tenant's key.

    Raises:
        Refusal: the tenant has no such key.
    """
    key = ports.keys.by_id(tenant, key_id)
    if key is None:
        raise Refusal("unknown_key_id", "There is no API key with this id.")
    return key


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


def _made(
    request: NewKey, key_id: str, now: datetime, ports: KeyPorts, *, replaces: str | None = None
) -> Made:
    secret = f"ob_{request.mode}_{ports.tokens.token()}"
    key = ApiKey(
        id=key_id,
        digest=digest_of(secret),
        name=request.name,
        tenant=request.tenant,
        mode=request.mode,
        scopes=request.scopes,
        purposes=request.purposes,
        created_at=now,
        expires_at=to_milliseconds(request.expires_at) if request.expires_at else None,
        allowed_addresses=request.allowed_addresses,
        limit_per_minute=request.limit_per_minute,
        replaces=replaces,
        person=request.person,
    )
    return Made(key, secret)


def _successor(old: ApiKey) -> NewKey:
    return NewKey(
        tenant=old.tenant,
        name=old.name,
        mode=old.mode,
        scopes=old.scopes,
        purposes=old.purposes,
        expires_at=old.expires_at,
        allowed_addresses=old.allowed_addresses,
        limit_per_minute=old.limit_per_minute,
        person=old.person,
    )


def _check_rotatable(old: ApiKey, now: datetime) -> None:
    if old.revoked_at is not None or (old.expires_at is not None and old.expires_at <= now):
        raise Refusal("key_not_usable", "The key was revoked or has expired. Make a new one.")
    if old.replaced_by is not None:
        detail = f"The key was replaced already, by {old.replaced_by}. Rotate that one."
        raise Refusal("key_already_rotated", detail)


def _inherited(request: NewKey, issuer: ApiKey) -> NewKey:
    """What is left open is taken from the issuer, which it may not surpass anyway.

    Whose it is too: who could name others could say yes in their place.
    """
    return replace(
        request,
        expires_at=request.expires_at or issuer.expires_at,
        allowed_addresses=request.allowed_addresses or issuer.allowed_addresses,
        limit_per_minute=request.limit_per_minute or issuer.limit_per_minute,
        person=issuer.person,
    )


def check_rights(request: NewKey, issuer: ApiKey) -> None:
    """Raises Refusal when the new key would have more rights than the one that asks."""
    assert request.tenant == issuer.tenant, "a key makes keys of its own tenant"
    faults = [
        *_more("/scopes", request.scopes, issuer.scopes),
        *_more("/purposes", request.purposes, issuer.purposes),
    ]
    if issuer.mode is Mode.TEST and request.mode is Mode.LIVE:
        faults.append(_beyond("/mode", "A test key can only make test keys."))
    if issuer.expires_at and (request.expires_at is None or request.expires_at > issuer.expires_at):
        faults.append(
            _beyond("/expires_at", "It can't be valid for longer than the key that asks.")
        )
    if issuer.allowed_addresses and not all(
        within(issuer.allowed_addresses, each) for each in request.allowed_addresses
    ):
        message = "It can't be used from more addresses than the key that asks."
        faults.append(_beyond("/allowed_addresses", message))
    if issuer.limit_per_minute and (request.limit_per_minute or 0) > issuer.limit_per_minute:
        message = f"The key that asks may make {issuer.limit_per_minute} requests a minute."
        faults.append(_beyond("/limit_per_minute", message))
    if faults:
        raise Refusal("more_than_issuer", "A key can't make a key with more rights.", *faults)


def _more(pointer: str, asked: Iterable[str], has: Iterable[str]) -> list[Fault]:
    extra = sorted(set(asked) - set(has))
    if not extra:
        return []
    return [_beyond(pointer, f"The key that asks doesn't have: {', '.join(extra)}.")]


def _beyond(pointer: str, message: str) -> Fault:
    return Fault(pointer, "more_than_issuer", message)
