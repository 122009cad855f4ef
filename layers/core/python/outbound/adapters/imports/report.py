"""The report of an import: CSV without a value that anybody could use, or a program would run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from outbound.adapters.csv_lines import line_of
from outbound.domain.address import Address, masked

if TYPE_CHECKING:
    from collections.abc import Iterable

    from outbound.domain.contact_import import Complaint

COLUMNS = ("line", "column", "value", "code", "message")
LONGEST_HEADER = 100


def lines_of(complaints: Iterable[Complaint]) -> str:
    """Complaints, a line each."""
    return "".join(
        line_of(each.line, each.column[:LONGEST_HEADER], each.value, each.code, each.message)
        for each in complaints
    )


def mask(value: Any) -> str:
    """Enough of a value to find it by in the file."""
    text = str(value).strip() if value is not None else ""
    if "@" in text[1:] and not any(map(str.isspace, text)):
        return masked(Address("email", text))
    if text.startswith("+") and text[1:].isdigit():
        return masked(Address("phone", text))
    return f"{text[:1]}•••" if text else ""
