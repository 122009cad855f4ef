"""The log: JSON lines of names, ids and counts; no address, no body, no exception's text."""

from __future__ import annotations

import traceback
from functools import cache

from aws_lambda_powertools import Logger


@cache
def logger() -> Logger:
    """The logger of this function."""
    return Logger(utc=True)


def place_of(error: BaseException) -> dict[str, str]:
    """What an error is and where it happened; its text may hold personal values and is left out."""
    frames = traceback.extract_tb(error.__traceback__)
    places = [f"{frame.filename.rpartition('/')[2]}:{frame.lineno}" for frame in frames[-6:]]
    return {
        "error": type(error).__name__,
        "code": _code(error),
        "place": " < ".join(reversed(places)),
    }


def _code(error: BaseException) -> str:
    response = getattr(error, "response", None)
    return str(response["Error"].get("Code", "")) if response and "Error" in response else ""
