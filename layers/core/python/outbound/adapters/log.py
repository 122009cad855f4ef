"""The log: JSON lines of names, ids and counts; no address, no body, no exception's text."""

from __future__ import annotations

import gc
import traceback
from functools import cache, wraps
from typing import TYPE_CHECKING, Any, TypeVar

from aws_lambda_powertools import Logger

if TYPE_CHECKING:
    from collections.abc import Callable

Answer = TypeVar("Answer")
YOUNG = 20_000
"""Objects more than before, until the collector looks at them; a call with fifty has thousands."""


class Failed(Exception):
    """A function failed; the log says of what and where."""


@cache
def logger() -> Logger:
    """The logger of this function."""
    return Logger(utc=True)


def quietly(handler: Callable[[dict[str, Any], Any], Answer]) -> Callable[..., Answer]:
    """A handler that fails without a text: Lambda logs that of an exception, whatever it holds."""

    @wraps(handler)
    def handle(event: dict[str, Any], context: Any) -> Answer:
        try:
            return handler(event, context)
        except Exception as error:
            logger().error("failed", extra=place_of(error))
            kind = type(error).__name__
        finally:
            _settle()
        # Not within the `except`: it would bring the text along as its context.
        raise Failed(kind)

    return handle


@cache
def _settle() -> None:
    """After the first event all is loaded that a function ever loads, and stays.

    Python's collector would go through it again and again, in a fifth of the time of a batch.
    """
    gc.freeze()
    gc.set_threshold(YOUNG, 10, 10)


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
