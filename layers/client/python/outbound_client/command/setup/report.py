"""How the steps are shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from outbound_client.command.account import About
    from outbound_client.command.setup.step import Done

INDENT = " " * 12


def as_document(about: About, done: Sequence[Done]) -> dict[str, Any]:
    """The steps for a program; `before` is what puts an account back."""
    return {
        "environment": about.environment,
        "account": about.account,
        "region": about.region,
        "steps": [
            {
                "name": one.step.name,
                "what": one.step.what,
                "state": one.state,
                "before": one.step.before,
                "after": one.step.after,
                "why": one.why,
                "note": one.step.note,
            }
            for one in done
        ],
    }


def as_text(about: About, done: Sequence[Done]) -> str:
    """The steps for a reader."""
    lines = [f"Outbound-{about.environment} in account {about.account}, {about.region}", ""]
    for one in done:
        lines.append(f"{one.state:<10}  {one.step.what}{_change(one)}")
        lines += [f"{INDENT}{text}" for text in (one.why, one.step.note) if text]
    return "\n".join(lines)


def _change(done: Done) -> str:
    step = done.step
    if step.unknown:
        return ""
    if step.call is None:
        return f": {_shown(step.after)}"
    return f": {_shown(step.before)} → {_shown(step.after)}"


def _shown(value: Any) -> str:
    if value in (None, []):
        return "nothing"
    return ", ".join(value) if isinstance(value, list) else str(value)
