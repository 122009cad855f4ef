"""Programmes: what people sign up for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from outbound.domain.replies import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from outbound.domain.consent import Level
    from outbound.domain.words import Channel, Purpose

SOURCE = "programme:"


@dataclass(frozen=True, slots=True)
class Programme:
    """`wording` is what people agree to, by language; `keyword` what they text behind JOIN.

    `level` is that of the consent which is given once it is confirmed. `brand` is in whose name
    it asks, the tenant's if not set; `continue_to` is where people may go on to afterwards.
    """

    tenant: str
    id: str
    name: str
    purpose: Purpose
    topic: str | None
    channels: frozenset[Channel]
    level: Level
    wording: Mapping[str, str]
    created_at: datetime
    updated_at: datetime
    keyword: str | None = None
    brand: str | None = None
    continue_to: str | None = None

    @property
    def source(self) -> str:
        """How a consent that was given for it says so."""
        return f"{SOURCE}{self.id}"

    @property
    def languages(self) -> tuple[str, ...]:
        """Those that it has a wording in."""
        return tuple(each for each in LANGUAGES if each in self.wording)

    def language(self, wanted: str) -> str:
        """The wanted language, where it has a wording in it."""
        return wanted if wanted in self.wording else self.languages[0]
