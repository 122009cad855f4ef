"""Programmes: what people sign up for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from outbound.domain.consent import Level
    from outbound.domain.words import Purpose

SOURCE = "programme:"


@dataclass(frozen=True, slots=True)
class Programme:
    """`keyword` is what people text behind JOIN; `wording` what they then agree to.

    `level` is that of the consent which is given once it is confirmed.
    """

    tenant: str
    id: str
    name: str
    purpose: Purpose
    topic: str | None
    level: Level
    wording: str
    keyword: str | None = None

    @property
    def source(self) -> str:
        """How a consent that was given for it says so."""
        return f"{SOURCE}{self.id}"
