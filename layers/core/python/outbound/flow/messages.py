"""Messages, looked up: one by its id, or a contact's, newest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outbound.domain.errors import Refusal
from outbound.domain.ids import MessageRef, split_message_id

if TYPE_CHECKING:
    from outbound.domain.key import ApiKey
    from outbound.domain.message import Message, Status
    from outbound.ports import Messages, Page


def find(message_id: str, key: ApiKey, messages: Messages) -> Message:
    """A message of the key's tenant and mode.

    Raises:
        Refusal: there is none with this id.
    """
    known = split_message_id(message_id) is not None
    message = messages.get(MessageRef(key.tenant, message_id)) if known else None
    if message is None or message.mode is not key.mode:
        raise Refusal("unknown_message", "There is no message with this id.")
    return message


def list_by_contact(
    contact_id: str,
    key: ApiKey,
    messages: Messages,
    *,
    statuses: frozenset[Status],
    limit: int,
    after: str | None,
) -> Page:
    """A contact's messages in the key's mode with one of the statuses, newest first.

    A page may be short, or empty, while there are more behind it.
    """
    page = messages.newest(key.tenant, contact_id, limit=limit, after=after)
    shown = tuple(
        message
        for message in page.messages
        if message.mode is key.mode and message.status in statuses
    )
    return type(page)(shown, page.after)
