"""What the API says of findings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    from outbound.domain.lint import Finding


def findings_body(findings: Iterable[Finding]) -> list[dict[str, Any]]:
    """What was found."""
    return [
        {
            "rule": each.rule,
            "severity": each.severity,
            "place": each.place,
            "message": each.message,
            "source": each.source,
        }
        for each in findings
    ]
