"""Parameters and headers that several operations share."""

from __future__ import annotations

from typing import Any

from pydantic import TypeAdapter

from outbound.adapters.api.contract.operation import Parameter
from outbound.adapters.api.paging import LARGEST_PAGE
from outbound.domain.address_rules import E164


def schema_of(kind: Any) -> dict[str, Any]:
    """The schema of an annotated type."""
    return TypeAdapter(kind).json_schema()


IDEMPOTENCY_KEY = Parameter(
    "Idempotency-Key",
    "header",
    "Makes the request safe to repeat for 7 days: with the same key, the same request is answered "
    "as the first time, and another one is refused.",
    {"type": "string", "pattern": "^[!-~]{1,255}$"},
)
LIMIT = Parameter(
    "limit",
    "query",
    "How many at most. A page may be short, or empty, while there are more behind it.",
    {"type": "integer", "minimum": 1, "maximum": LARGEST_PAGE, "default": 50},
)
CURSOR = Parameter(
    "cursor",
    "query",
    "The `next_cursor` of the page before. It says nothing that you could read.",
    {"type": "string", "pattern": "^[A-Za-z0-9_-]+={0,2}$"},
)
ADDRESS = (
    Parameter(
        "email",
        "query",
        "An email address.",
        {"type": "string", "format": "email", "maxLength": 254},
    ),
    Parameter(
        "phone",
        "query",
        "A phone number in E.164 form, its plus written as %2B.",
        {"type": "string", "pattern": f"^{E164.pattern}$", "format": "phone"},
    ),
)
LOCATION = {"Location": "Where to read it again."}
REPLAYED = {"Idempotent-Replayed": "`true` when an earlier request with this key had done it."}
PAGING_PROBLEMS = ("invalid_parameter", "invalid_cursor")
