"""Files that hold a JSON object; `-` is what comes in."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from outbound_client.command.failures import Failure


def read_document(name: str) -> dict[str, Any]:
    """The object that a file holds."""
    try:
        text = sys.stdin.read() if name == "-" else Path(name).read_text(encoding="utf-8")
        document = json.loads(text)
    except OSError as error:
        raise Failure(f"{name}: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise Failure(f"{name}: isn't UTF-8 text.") from None
    except json.JSONDecodeError as error:
        raise Failure(f"{name}, line {error.lineno}: isn't JSON: {error.msg}.") from None
    if not isinstance(document, dict):
        raise Failure(f"{name}: must hold a JSON object.")
    return document
