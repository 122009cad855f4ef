"""Who may be written to: the gate, the suppressions and the audit of both."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from outbound.wiring import process, stores

if TYPE_CHECKING:
    from outbound.flow.asking import Gate
    from outbound.flow.auditing import AuditPorts
    from outbound.flow.manage.suppressions import SuppressionPorts
    from outbound.flow.mirrored import MirroredSuppressions


@cache
def gate() -> Gate:
    """What the gate is asked with."""
    from outbound.adapters.jurisdictions import rulebook
    from outbound.adapters.jurisdictions.overlay import overlay_of
    from outbound.flow.asking import Gate

    overlay = overlay_of(process.settings().optional("PERMISSION"))
    return Gate(stores.contacts(), rulebook(overlay), process.secret())


@cache
def mirrored() -> MirroredSuppressions:
    """The suppressions, for who changes them: AWS's own lists hear of it."""
    from outbound.flow.mirrored import MirroredSuppressions

    return MirroredSuppressions(
        stores.suppressions(), stores.changes(), process.clock, process.secret()
    )


@cache
def audit() -> AuditPorts:
    """What the audit is written with."""
    from outbound.flow.auditing import AuditPorts

    return AuditPorts(process.clock, process.tokens, process.secret(), stores.ledger())


@cache
def suppression_ports() -> SuppressionPorts:
    """What the keeping of suppressions works with."""
    from outbound.flow.manage.suppressions import SuppressionPorts

    return SuppressionPorts(mirrored(), audit())
