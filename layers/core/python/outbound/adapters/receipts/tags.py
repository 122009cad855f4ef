"""The tags that we give to a provider and that its receipts give back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outbound.domain.ids import MessageRef, split_message_id

if TYPE_CHECKING:
    from collections.abc import Mapping


def message_in(tags: Mapping[str, str]) -> MessageRef | None:
    """The message that the tags name, if they do."""
    tenant, message = tags.get("outbound_tenant"), tags.get("outbound_message")
    if not tenant or not message or split_message_id(message) is None:
        return None
    return MessageRef(tenant, message)
