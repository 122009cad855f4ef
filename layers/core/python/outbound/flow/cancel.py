"""Cancel: a message that has not left stays here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outbound.domain.errors import Refusal
from outbound.domain.ids import MessageRef
from outbound.domain.message import WAITING, Change, Entry, Status
from outbound.flow.messages import find
from outbound.flow.next_channel import follow

if TYPE_CHECKING:
    from datetime import datetime

    from outbound.domain.key import ApiKey
    from outbound.domain.message import Message
    from outbound.ports import Messages


def cancel(message_id: str, key: ApiKey, messages: Messages, now: datetime) -> Message:
    """Cancel a message; what is queued of it dies at the claim. Again: no change.

    Raises:
        Refusal: there is no such message, or it is on its way or at its end.
    """
    message = find(message_id, key, messages)
    change = Change(Status.CANCELLED, Entry(Status.CANCELLED, now, "requested"), WAITING)
    if message.status in WAITING:
        changed = messages.apply(MessageRef(key.tenant, message_id), change)
        if changed is not None:
            follow(changed, messages, now)
        message = find(message_id, key, messages)
    if message.status is not Status.CANCELLED:
        detail = (
            f"The message is {message.status}; only one that is accepted, scheduled or deferred "
            "can be cancelled."
        )
        raise Refusal("not_cancellable", detail)
    return message
