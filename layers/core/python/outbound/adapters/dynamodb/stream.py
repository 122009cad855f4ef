"""The stream of the table of messages, as Lambda brings it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from outbound.adapters.dynamodb.message_item import message_of
from outbound.adapters.dynamodb.table import plain
from outbound.flow.counting import Changed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from outbound.domain.message import Message


def batch_of(event: Mapping[str, Any]) -> str:
    """What names a batch: Lambda brings the same one until it is taken."""
    return str(event["Records"][0]["eventID"])


def changes_of(event: Mapping[str, Any]) -> Iterator[Changed]:
    """The messages of campaigns, before and after each change; other items are left out."""
    for record in event["Records"]:
        images = record["dynamodb"]
        if "campaign" in images.get("NewImage", {}):
            yield Changed(_message(images.get("OldImage")), _message(images["NewImage"]))


def _message(image: Any) -> Message | None:
    if not image:
        return None
    item = plain(image)
    return message_of(item, item["pk"].partition("#")[0])
