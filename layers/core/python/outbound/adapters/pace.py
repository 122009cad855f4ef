"""Pace: N workers that take at least t seconds for a message send no more than N / t a second.

It needs neither a lock nor a memory that the workers share, so it holds however often they come
and go; AWS bills the time waited.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


def at_pace(
    work: Callable[[], int],
    seconds: float,
    *,
    monotonic: Callable[[], float] = time.monotonic,
    sleep: Callable[[float], None] = time.sleep,
) -> None:
    """Do `work`; it takes `seconds` at least for each message that it called a provider for.

    When it fails, it is taken to have called it for one.
    """
    began = monotonic()
    called = 1
    try:
        called = work()
    finally:
        rest = seconds * called - (monotonic() - began)
        if rest > 0:
            sleep(rest)
