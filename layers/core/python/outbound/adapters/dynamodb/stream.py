"""The stream of the table of messages, as Lambda brings it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from outbound.adapters.dynamodb.message_item import message_of
from outbound.adapters.dynamodb.table import plain
from outbound.adapters.log import logger, place_of
from outbound.domain.event import Written
from outbound.domain.instant import from_milliseconds
from outbound.flow.counting import Changed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

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


def written_of(event: Mapping[str, Any], unreadable: Callable[[], None]) -> Iterator[Written]:
    """The messages before and after each change; other items are left out.

    What can't be read is told to `unreadable`, and holds up nothing: the stream would stand still.
    """
    for record in event["Records"]:
        images = record["dynamodb"]
        if "timeline" not in images.get("NewImage", {}):
            continue
        try:
            at = from_milliseconds(int(images["ApproximateCreationDateTime"] * 1000))
            before, after = _message(images.get("OldImage")), _message(images["NewImage"])
        except Exception as error:
            logger().error("change not understood", extra=place_of(error))
            unreadable()
            continue
        if after is not None:
            yield Written(at, before, after)


def _message(image: Any) -> Message | None:
    if not image:
        return None
    item = plain(image)
    return message_of(item, item["pk"].partition("#")[0])
