"""A handler in front of another's: notes in a folder what was asked, by which process, and its end.

It is copied to where the functions of the emulator find it, and knows nothing of the product. What
a killed process has noted stays there.
"""

from __future__ import annotations

import json
import os
from importlib import import_module
from pathlib import Path
from typing import Any

AGAIN = "delivered_again"
"""Of an event that is delivered a second time, so that it isn't a third time."""


def handler(event: dict[str, Any], context: Any) -> Any:
    module, _, name = os.environ["WITNESSED"].rpartition(".")
    folder = Path(os.environ["WITNESS_FOLDER"])
    again = event.pop(AGAIN, False)
    noted = {
        "id": context.aws_request_id,
        "function": context.function_name,
        "pid": os.getpid(),
        "again": again,
        "event": event,
    }
    running = folder / f"{context.aws_request_id}.json"
    unfinished = running.with_suffix(".part")
    unfinished.write_text(json.dumps(noted))
    unfinished.rename(running)
    try:
        return getattr(import_module(module), name)(event, context)
    finally:
        running.rename(running.with_suffix(".done"))
