"""How a verification is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from outbound_client.command.account import About
    from outbound_client.command.ledger.looked import Looked

INDENT = " " * 7


def as_document(about: About, looked: Sequence[Looked], stopped: str | None) -> dict[str, Any]:
    """The verification for a program."""
    return {
        "environment": about.environment,
        "account": about.account,
        "region": about.region,
        "tenants": [
            {
                "tenant": one.tenant,
                "whole": one.whole,
                "looked_at": {
                    "heads": one.heads,
                    "entries": one.entries,
                    "anchors": one.anchors,
                },
                "faults": one.faults,
            }
            for one in looked
        ],
        "stopped": stopped,
    }


def as_text(about: About, looked: Sequence[Looked], stopped: str | None) -> str:
    """The verification for a reader; a remedy is said once for what has the same."""
    lines = [f"Outbound-{about.environment} in account {about.account}, {about.region}", ""]
    said: set[str] = set()
    for one in looked:
        lines.append(
            f"{one.tenant}: {_count(one.entries, 'entry', 'entries')} held against "
            f"{_count(one.heads, 'note', 'notes')} of contacts, days and "
            f"{_count(one.anchors, 'anchor', 'anchors')}"
        )
        for fault in one.faults:
            lines.append(f"fault  {_place(fault)}: {fault['says']}{_by(fault)}")
            if fault["remedy"] not in said:
                said.add(fault["remedy"])
                lines.append(f"{INDENT}→ {fault['remedy']}")
    if stopped is not None:
        lines += ["", f"not looked at further: {stopped}"]
    faults = sum(len(one.faults) for one in looked)
    told = _count(faults, "fault", "faults") if faults else "no fault"
    return "\n".join([*lines, "", f"{_count(len(looked), 'tenant', 'tenants')}: {told}"])


def _place(fault: dict[str, Any]) -> str:
    entry = f", entry {fault['entry']}" if fault["entry"] else ""
    return f"{fault['chain']}{entry}"


def _by(fault: dict[str, Any]) -> str:
    return f" ({fault['by']})" if fault["by"] else ""


def _count(number: int, one: str, more: str) -> str:
    return f"{number:,} {one if number == 1 else more}"
