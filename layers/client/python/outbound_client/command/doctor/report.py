"""How the findings are shown."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from outbound_client.command.doctor.verdict import State

if TYPE_CHECKING:
    from collections.abc import Sequence

    from outbound_client.command.account import About
    from outbound_client.command.doctor.verdict import Finding

INDENT = " " * 13


def as_document(about: About, findings: Sequence[Finding]) -> dict[str, Any]:
    """The findings for a program."""
    return {
        "environment": about.environment,
        "account": about.account,
        "region": about.region,
        "counts": counts(findings),
        "checks": [{"name": one.name, **asdict(one.verdict)} for one in findings],
    }


def as_text(about: About, findings: Sequence[Finding]) -> str:
    """The findings for a reader."""
    lines = [f"Outbound-{about.environment} in account {about.account}, {about.region}", ""]
    for one in findings:
        verdict = one.verdict
        lines.append(f"{verdict.state:<11}  {one.name}: {verdict.what}")
        if verdict.remedy:
            lines.append(f"{INDENT}→ {verdict.remedy}")
        if verdict.wait:
            lines.append(f"{INDENT}  ({verdict.wait})")
    told = ", ".join(f"{count} {state}" for state, count in counts(findings).items() if count)
    return "\n".join([*lines, "", f"{len(findings)} checks: {told}"])


def counts(findings: Sequence[Finding]) -> dict[str, int]:
    """How many checks ended in each state."""
    counted = Counter(one.verdict.state for one in findings)
    return {state.value: counted[state] for state in State}
