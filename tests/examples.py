"""Examples of the document, with their days as far ahead as they were when they were written."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime
from typing import TypeVar

Example = TypeVar("Example")

WRITTEN = date(2026, 11, 24)
_DAY = re.compile(r"\b20\d\d-\d\d-\d\d(?=T|\b)")


def ahead(example: Example) -> Example:
    """The example of a body, JSON or text, as somebody would send it today."""
    passed = datetime.now(UTC).date() - WRITTEN

    def moved(found: re.Match[str]) -> str:
        return str(date.fromisoformat(found[0]) + passed)

    later: Example = json.loads(_DAY.sub(moved, json.dumps(example)))
    return later
