"""The audit: what was done by hand that a rule would have kept.

What was done to an address is in a chain of that address, so that whoever has it can be told, and
an erasure finds it; everything else is in a chain of its day.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from outbound.domain.ids import address_key
from outbound.domain.ledger import Happening, Written, chained

if TYPE_CHECKING:
    from outbound.domain.address import Address
    from outbound.ports import Clock, Ledger, Tokens

TRIES = 20


class AuditBusy(Exception):
    """Many write at once; nothing was written."""


@dataclass(frozen=True, slots=True)
class AuditPorts:
    """What the audit is written with."""

    clock: Clock
    tokens: Tokens
    secret: bytes
    ledger: Ledger


def chain_of(key: str) -> str:
    """The chain of what was done to the address with this key."""
    return f"address#{key}"


def audit(
    tenant: str, happening: Happening, ports: AuditPorts, address: Address | None = None
) -> None:
    """Write down what was done, to an address if one is named.

    Raises:
        AuditBusy: others were quicker each time.
    """
    chain = f"audit#{happening.at:%Y-%m-%d}"
    if address is not None:
        chain = chain_of(address_key(ports.secret, tenant, address.value))
    for _ in range(TRIES):
        head = ports.ledger.head(tenant, chain)
        entries, _ = chained(
            [happening],
            head,
            tenant=tenant,
            chain=chain,
            secret=ports.secret,
            salts=[ports.tokens.token()],
            now=ports.clock.now(),
        )
        if ports.ledger.append(tenant, chain, [Written(entries[0], happening.proof)]):
            return
    raise AuditBusy
