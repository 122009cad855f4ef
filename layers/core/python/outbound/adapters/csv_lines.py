"""CSV that no program runs: what a spreadsheet would take for a formula stays a text."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
"""https://owasp.org/www-community/attacks/CSV_Injection"""


def lines_of(rows: Iterable[Iterable[Any]]) -> str:
    """Lines of CSV."""
    text = io.StringIO()
    csv.writer(text).writerows([_safe(str(cell)) for cell in row] for row in rows)
    return text.getvalue()


def line_of(*cells: Any) -> str:
    """A line of CSV."""
    return lines_of([cells])


def _safe(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA) else cell
