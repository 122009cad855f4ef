"""The audit: what was done by hand that a rule would have kept, one chain of the ledger a day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from outbound.domain.ledger import Happening, Written, chained

if TYPE_CHECKING:
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


def audit(tenant: str, happening: Happening, ports: AuditPorts) -> None:
    """Write down what was done.

    Raises:
        AuditBusy: others were quicker each time.
    """
    chain = f"audit#{happening.at:%Y-%m-%d}"
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
