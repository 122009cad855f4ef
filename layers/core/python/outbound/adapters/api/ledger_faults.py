"""Faults of the ledger, as an operator is told of them: what it means, and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from outbound.domain.verification import Wrong

if TYPE_CHECKING:
    from collections.abc import Mapping

    from outbound.domain.verification import Fault

BACKUP = (
    "Restore the table of the ledger to a time before (point-in-time recovery keeps 35 days), "
    "compare this chain, and look in CloudTrail for who wrote to the table."
)
SAYS: Mapping[Wrong, tuple[str, str]] = {
    Wrong.CHANGED: ("its content is not what its digest says: it was changed later", BACKUP),
    Wrong.UNLINKED: (
        "it does not continue the entry before it: one of the two was made later",
        BACKUP,
    ),
    Wrong.MISSING: ("it is missing, though later entries are there: it was removed", BACKUP),
    Wrong.CUT: ("it and what came after it is missing: the end of the chain was cut off", BACKUP),
    Wrong.REWRITTEN: ("it is another than was noted: the chain was computed anew", BACKUP),
    Wrong.UNANNOUNCED: (
        "its contact does not know it: it was added later, or the contact was put back",
        "Compare the contact's `chain` with a backup of the table of contacts. " + BACKUP,
    ),
    Wrong.STRAY: ("it lies at a place that no entry has", BACKUP),
    Wrong.PROOF_CHANGED: ("its proof is not the one that was given: it was changed later", BACKUP),
    Wrong.PROOF_LOST: ("its proof is gone, and no erasure has removed it", BACKUP),
    Wrong.ANCHOR_DAMAGED: (
        "the anchor cannot be read as it was written",
        "Read all versions of this object in the bucket of anchors: the first one counts.",
    ),
    Wrong.ANCHOR_OVERWRITTEN: (
        "something was written or deleted over the anchor; its first version was used",
        "Look in CloudTrail for who wrote to the bucket of anchors.",
    ),
    Wrong.ANCHOR_MISSING: (
        "the heads of this day were not anchored",
        "Look at the alarm AnchorMissing, the log of upkeep and its dead-letter queue; the days "
        "are tried again each night.",
    ),
}


def fault_body(fault: Fault) -> dict[str, Any]:
    """One fault."""
    says, remedy = SAYS[fault.wrong]
    return {
        "tenant": fault.tenant,
        "chain": fault.chain,
        "entry": fault.number or None,
        "fault": fault.wrong,
        "by": fault.by,
        "says": says,
        "remedy": remedy,
    }
