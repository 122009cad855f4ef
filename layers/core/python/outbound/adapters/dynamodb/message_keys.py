"""Where messages, and bodies that lie apart, are in the table of messages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outbound.domain.ids import MessageRef, split_message_id

if TYPE_CHECKING:
    from collections.abc import Mapping


def message_key(ref: MessageRef) -> dict[str, str]:
    """Partition and sort key of a message."""
    parts = split_message_id(ref.id)
    if parts is None:
        raise ValueError("not a message id")
    return {"pk": f"{ref.tenant}#{parts[0]}", "sk": parts[1]}


def body_key(key: Mapping[str, str]) -> dict[str, str]:
    """The same of the body of the message with this key."""
    return {"pk": f"{key['pk']}#body", "sk": key["sk"]}


def ref_of(key: Mapping[str, str]) -> MessageRef:
    """The message that `message_key` leads to."""
    tenant, _, contact = key["pk"].partition("#")
    return MessageRef(tenant, f"msg_{contact}{key['sk']}")
