"""Waiting for what runs in the emulator."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

PATIENCE = 1_500.0


def wait(what: str, done: Callable[[], bool]) -> None:
    """Wait until something is done, and print how long that was."""
    began = time.monotonic()
    while not done():
        if time.monotonic() - began > PATIENCE:
            raise TimeoutError(f"{what} isn't done after {PATIENCE:.0f} s")
        time.sleep(2)
    print(f"{what}: {time.monotonic() - began:.0f} s", flush=True)
