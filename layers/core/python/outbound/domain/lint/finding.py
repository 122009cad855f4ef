"""A finding, and what is looked at."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from outbound.domain.organisation import Organisation
    from outbound.domain.words import Channel, Purpose


class Severity(StrEnum):
    """An error keeps a template from being stored; a warning doesn't."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule has found; `place` is a JSON pointer, `source` the law that the rule is from."""

    rule: str
    severity: Severity
    place: str
    message: str
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """A content as people read it, as far as that is known.

    `exact` says that it is rendered with all its data; else `[day]` stands for what isn't known.
    `opt_outs` are the links by which its reader can opt out.
    """

    channel: Channel
    purpose: Purpose
    bodies: Mapping[str, str]
    place: str
    organisation: Organisation
    locale: str = "en"
    exact: bool = True
    opt_outs: tuple[str, ...] = ()

    def at(self, body: str) -> str:
        """Where a body stands."""
        return f"{self.place}/{body}"

    def error(self, rule: str, body: str, message: str, source: str | None = None) -> Finding:
        """A finding in a body that must be mended."""
        return Finding(rule, Severity.ERROR, self.at(body), message, source)

    def warning(self, rule: str, body: str, message: str, source: str | None = None) -> Finding:
        """A finding in a body that may stay."""
        return Finding(rule, Severity.WARNING, self.at(body), message, source)
