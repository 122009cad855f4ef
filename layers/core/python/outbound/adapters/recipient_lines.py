"""Rows of an export as CSV."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from outbound.adapters.csv_lines import line_of, lines_of
from outbound.domain.instant import rfc3339
from outbound.domain.recipient_row import COLUMNS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from outbound.domain.recipient_row import RecipientRow

_values: Callable[[RecipientRow], tuple[Any, ...]] = attrgetter(*COLUMNS)


class RecipientLines:
    """In UTF-8, with a header; what isn't known is empty."""

    head = line_of(*COLUMNS)

    def lines(self, rows: Iterable[RecipientRow]) -> str:
        """A line for each row."""
        return lines_of(map(_cell, _values(row)) for row in rows)


def _cell(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return rfc3339(value)
    return f"{value:.5f}" if isinstance(value, Decimal) else value
