"""Lint: what is wrong with a message before it is sent, by the law and by good sense.

A rule is a function from a draft to its findings; a group of them is a file. To add a rule, write
it there and put it into the file's RULES.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from outbound.domain.lint import email_law, form, sms_law, voice_law, voicemail, wording
from outbound.domain.lint.finding import Draft, Finding, Severity
from outbound.domain.lint.wording import score

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

__all__ = ["RULES", "Draft", "Finding", "Severity", "lint", "score"]

RULES: tuple[Callable[[Draft], Iterable[Finding]], ...] = (
    *email_law.RULES,
    *sms_law.RULES,
    *voice_law.RULES,
    *form.RULES,
    *voicemail.RULES,
    *wording.RULES,
)


def lint(draft: Draft) -> tuple[Finding, ...]:
    """All that the rules find, errors first."""
    found = [finding for rule in RULES for finding in rule(draft)]
    return tuple(sorted(found, key=lambda finding: finding.severity is not Severity.ERROR))
