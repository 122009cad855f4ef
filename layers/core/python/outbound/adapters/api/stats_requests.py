"""What is asked of statistics, in the query of a request."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from outbound.adapters.api.paging import check_known
from outbound.domain.errors import Refusal, refused_at
from outbound.domain.stats import By
from outbound.flow.manage.stats import Span

if TYPE_CHECKING:
    from collections.abc import Mapping

MONTH = re.compile(r"20[0-9]{2}-(0[1-9]|1[0-2])")
DAY = re.compile(r"20[0-9]{2}-[0-9]{2}-[0-9]{2}")


def read_stats(parameters: Mapping[str, str]) -> tuple[Span, By]:
    """The days, and what they are broken down by.

    Raises:
        Refusal: a parameter is wrong, or there is another one.
    """
    check_known(parameters, ("from", "to", "by"))
    return Span(_day(parameters, "from"), _day(parameters, "to")), _by(parameters)


def read_month(parameters: Mapping[str, str]) -> date | None:
    """The first day of a month.

    Raises:
        Refusal: it is no month, or there is another parameter.
    """
    check_known(parameters, ("month",))
    text = parameters.get("month")
    if text is not None and not MONTH.fullmatch(text):
        raise _wrong("month", "month must be a month in UTC, like 2026-11.")
    return date.fromisoformat(f"{text}-01") if text is not None else None


def _day(parameters: Mapping[str, str], name: str) -> date | None:
    text = parameters.get(name)
    if text is None:
        return None
    try:
        return date.fromisoformat(text if DAY.fullmatch(text) else "")
    except ValueError:
        raise _wrong(name, f"{name} must be a day in UTC, like 2026-11-23.") from None


def _by(parameters: Mapping[str, str]) -> By:
    try:
        return By(parameters.get("by", By.DAY))
    except ValueError:
        raise _wrong("by", f"by must be one of: {', '.join(By)}.") from None


def _wrong(name: str, message: str) -> Refusal:
    return refused_at(name, "invalid_parameter", message)
