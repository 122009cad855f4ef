"""Locales: BCP 47 tags like `fr-CA`, what they fall back to, and how values are written in them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

PATTERN = r"^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$"
DEFAULT = "en"


@dataclass(frozen=True, slots=True)
class Formatting:
    """How days, amounts and plurals are written: the locale, and the zone in which it is what time.

    Without a zone a time is written as it was given, at its own offset.
    """

    locale: str = DEFAULT
    zone: str | None = None


def fallbacks(locale: str) -> Iterator[str]:
    """The locale and what may stand for it: `fr-CA`, then `fr`."""
    while locale:
        yield locale
        locale = locale.rpartition("-")[0]


def language(locale: str) -> str:
    """The language of a locale."""
    return locale.partition("-")[0]
