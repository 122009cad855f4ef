"""Suppressions: looked up, made by hand, and taken back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from outbound.domain.errors import Refusal, refused_at
from outbound.domain.ledger import Happening
from outbound.domain.suppression import SAID_NO, Reason, Suppression
from outbound.flow.auditing import audit

if TYPE_CHECKING:
    from datetime import datetime

    from outbound.domain.address import Address
    from outbound.domain.key import ApiKey
    from outbound.domain.words import Purpose
    from outbound.flow.auditing import AuditPorts
    from outbound.ports import SuppressionPage, Suppressions


@dataclass(frozen=True, slots=True)
class SuppressionPorts:
    """What the keeping of suppressions works with."""

    suppressions: Suppressions
    audit: AuditPorts


@dataclass(frozen=True, slots=True)
class Wish:
    """An address that shall not be used; for all purposes but alerts if none are named."""

    address: Address
    reason: Reason
    source: str
    purposes: frozenset[Purpose] | None
    expires_at: datetime | None


def put(wish: Wish, key: ApiKey, ports: SuppressionPorts) -> tuple[Suppression, ...]:
    """Stop the use of an address; all that stands against it then.

    Raises:
        Refusal: the time when it ends is over already.
    """
    now = ports.audit.clock.now()
    if wish.expires_at is not None and wish.expires_at <= now:
        raise refused_at("/expires_at", "time_in_the_past", "expires_at must lie ahead.")
    suppression = Suppression(
        reason=wish.reason,
        at=now,
        source=wish.source,
        purposes=wish.purposes,
        expires_at=wish.expires_at,
    )
    if ports.suppressions.suppress(key.tenant, wish.address, suppression):
        facts = {"reason": wish.reason, "source": wish.source}
        proof = {"address": wish.address.value}
        happening = Happening("suppression.made", now, key.id, facts, proof)
        audit(key.tenant, happening, ports.audit, wish.address)
    return ports.suppressions.of(key.tenant, wish.address)


def find(address: Address, key: ApiKey, ports: SuppressionPorts) -> tuple[Suppression, ...]:
    """All that stands against an address.

    Raises:
        Refusal: nothing does.
    """
    found = ports.suppressions.of(key.tenant, address)
    if not found:
        raise Refusal("unknown_suppression", "Nothing stands against this address.")
    return found


def page(key: ApiKey, ports: SuppressionPorts, *, limit: int, after: str | None) -> SuppressionPage:
    """The tenant's suppressed addresses; they are known as digests alone."""
    return ports.suppressions.page(key.tenant, limit=limit, after=after)


def lift(
    address: Address, reason: Reason, proof: str | None, key: ApiKey, ports: SuppressionPorts
) -> tuple[Suppression, ...]:
    """Take back one reason; what its owner said is taken back only with a proof of their word.

    Raises:
        Refusal: it doesn't stand, or there is no proof.
    """
    if reason in SAID_NO and not proof:
        message = (
            "The address's owner has said no. Say in proof how and when they took it back; "
            "it is kept in the ledger."
        )
        raise refused_at("/proof", "proof_required", message)
    if not ports.suppressions.lift(key.tenant, address, reason):
        raise Refusal("unknown_suppression", "This does not stand against the address.")
    evidence = {"address": address.value} | ({"proof": proof} if proof else {})
    now = ports.audit.clock.now()
    audit(
        key.tenant,
        Happening("suppression.lifted", now, key.id, {"reason": reason}, evidence),
        ports.audit,
        address,
    )
    return ports.suppressions.of(key.tenant, address)
