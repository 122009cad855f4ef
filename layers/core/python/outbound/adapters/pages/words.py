"""What the pages for recipients say, in the languages that there are."""

from __future__ import annotations

import tomllib
from datetime import UTC
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from outbound.domain.replies import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

TEXTS = Path(__file__).parent / "texts"


@cache
def words(language: str) -> Mapping[str, str]:
    """All texts in a language."""
    return tomllib.loads((TEXTS / f"{language}.toml").read_text(encoding="utf-8"))


def language_for(locale: str | None, accepted: str | None) -> str:
    """The contact's language, else what the browser asks for (RFC 9110, 12.5.4), else English."""
    own = _known((locale or "").partition("-")[0])
    if own:
        return own
    weighted = []
    for position, each in enumerate((accepted or "").split(",")[:20]):
        name, _, quality = each.strip().partition(";q=")
        language = _known(name.partition("-")[0].lower())
        if language:
            weighted.append((-_number(quality), position, language))
    return min(weighted)[2] if weighted else LANGUAGES[0]


def day(at: datetime, language: str) -> str:
    """The day of an instant, as one writes it: "December 28, 2026"."""
    from babel.dates import format_date

    return format_date(at, "long", locale=language)


def moment(at: datetime, language: str) -> str:
    """An instant for readers whose zone nobody knows: "December 28, 2026, 9:30 PM UTC"."""
    from babel.dates import format_time

    return f"{day(at, language)}, {format_time(at, 'short', tzinfo=UTC, locale=language)} UTC"


def _known(language: str) -> str | None:
    return language if language in LANGUAGES else None


def _number(quality: str) -> float:
    try:
        return float(quality) if quality else 1.0
    except ValueError:
        return 0.0
