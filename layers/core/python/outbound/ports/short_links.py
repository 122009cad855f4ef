"""Short links."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from outbound.domain.short_link import Linked


class ShortLinks(Protocol):
    """Where the short links of messages lead; past their time they lead nowhere."""

    def put(self, linked: Sequence[Linked]) -> None:
        """Write down the targets of messages, over what was there of them."""
        ...

    def get(self, token: str) -> Linked | None:
        """The targets of the message with this token."""
        ...

    def forget(self, token: str) -> None:
        """Have the links of a message lead nowhere; nothing happens if there are none."""
        ...
