"""What has left, as the carrier has it."""

from typing import Any

import httpx

from infra.local.running import LocalRun


def left_with(text: str, local: LocalRun) -> list[dict[str, Any]]:
    """The messages that say a text, newest first."""
    items = httpx.get(f"{local.outbox_url}.json", timeout=60).json()["items"]
    return [each for each in items if text in f"{each['subject']} {each['text']}"]
