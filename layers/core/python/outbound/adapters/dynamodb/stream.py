"""The stream of the table of messages, as Lambda brings it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from outbound.adapters.dynamodb.message_item import message_of
from outbound.adapters.dynamodb.reminder_item import reminder_of
from outbound.adapters.dynamodb.table import plain
from outbound.adapters.log import logger, place_of
from outbound.domain.event import Reminded, Written
from outbound.domain.instant import from_milliseconds
from outbound.flow.counting import Changed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from outbound.domain.message import Message
    from outbound.domain.reminder import Reminder

Read = TypeVar("Read")


def batch_of(event: Mapping[str, Any]) -> str:
    """What names a batch: Lambda brings the same one until it is taken."""
    return str(event["Records"][0]["eventID"])


def changes_of(event: Mapping[str, Any], unreadable: Callable[[], None]) -> Iterator[Changed]:
    """The messages before and after each change; other items are left out.

    What can't be read is told to `unreadable`, and holds up nothing: the stream would stand still.
    """
    return _readable(event, _changed, unreadable)


def written_of(
    event: Mapping[str, Any], unreadable: Callable[[], None]
) -> Iterator[Written | Reminded]:
    """The messages and reminders before and after each change; the same holds for them."""
    return _readable(event, _written, unreadable)


def _readable(
    event: Mapping[str, Any],
    read: Callable[[Mapping[str, Any]], Read | None],
    unreadable: Callable[[], None],
) -> Iterator[Read]:
    for record in event["Records"]:
        try:
            found = read(record["dynamodb"])
        except Exception as error:
            logger().error("change not understood", extra=place_of(error))
            unreadable()
            continue
        if found is not None:
            yield found


def _changed(images: Mapping[str, Any]) -> Changed | None:
    if "timeline" not in images.get("NewImage", {}):
        return None
    return Changed(_message(images.get("OldImage")), _message(images["NewImage"]))


def _written(images: Mapping[str, Any]) -> Written | Reminded | None:
    new, old = images.get("NewImage", {}), images.get("OldImage")
    if "timeline" not in new and "plan" not in new:
        return None
    at = from_milliseconds(int(images["ApproximateCreationDateTime"] * 1000))
    if "plan" in new:
        reminder = _reminder(new)
        return Reminded(at, _reminder(old), reminder) if reminder else None
    message = _message(new)
    return Written(at, _message(old), message) if message else None


def _reminder(image: Any) -> Reminder | None:
    if not image:
        return None
    item = plain(image)
    return reminder_of(item, item["pk"].partition("#")[0])


def _message(image: Any) -> Message | None:
    if not image:
        return None
    item = plain(image)
    return message_of(item, item["pk"].partition("#")[0])
