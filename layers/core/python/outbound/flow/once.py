"""Once: what an idempotency key does. The same request meets the first one, another is refused."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Protocol, TypeVar

from outbound.domain.errors import Refusal, refused_at

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from outbound.domain.words import Mode
    from outbound.ports import Claim, Idempotency


class Keyed(Protocol):
    """What may have an idempotency key of its own."""

    @property
    def idempotency_key(self) -> str | None:
        """The key."""
        ...


ItemT = TypeVar("ItemT", bound=Keyed | Refusal)
IN_FLIGHT = timedelta(seconds=20)
"""Longer than a request may run: a claim this old without its resource was left by a crash, and
whoever repeats the request takes it over under the same id."""


def reserve(
    idempotency: Idempotency, tenant: str, mode: Mode, key: str | None, mine: Claim
) -> tuple[Claim, bool]:
    """The claim that holds for this key, and whether an earlier request made it.

    Raises:
        Refusal: the key was used with another request.
    """
    earlier = idempotency.reserve(tenant, mode, key, mine) if key is not None else None
    if earlier is None:
        return mine, False
    if earlier.fingerprint != mine.fingerprint:
        detail = "This Idempotency-Key was used with another request; use a new key for a new one."
        raise Refusal("idempotency_key_reused", detail)
    return earlier, True


def repeats(
    idempotency: Idempotency,
    tenant: str,
    mode: Mode,
    key: str | None,
    fingerprint: str,
    now: datetime,
) -> Claim | None:
    """The claim of an earlier request that was the same.

    Asked only of a request that would be refused now: time has passed since the first, and a
    repetition is answered as the first was.
    """
    earlier = idempotency.find(tenant, mode, key, now) if key is not None else None
    return earlier if earlier is not None and earlier.fingerprint == fingerprint else None


def check_left_by_crash(claim: Claim, now: datetime) -> None:
    """Raises Refusal while the request that made the claim may still be at work."""
    if now - claim.at < IN_FLIGHT:
        detail = "A request with this Idempotency-Key is being worked on. Try again shortly."
        raise Refusal("request_in_flight", detail, retry_after=1)


def tokens_once(items: Iterable[ItemT]) -> list[ItemT | Refusal]:
    """The items of a batch, in which each token stands for one: the second is refused."""
    seen: set[str] = set()
    once: list[ItemT | Refusal] = []
    for item in items:
        token = item.idempotency_key if not isinstance(item, Refusal) else None
        if token is not None and token in seen:
            message = "client_token is that of an earlier item of this batch."
            once.append(refused_at("/client_token", "duplicate_token", message))
            continue
        if token is not None:
            seen.add(token)
        once.append(item)
    return once
