"""What a provider later says of a message."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from outbound.domain.ids import MessageRef
    from outbound.domain.message import Status
    from outbound.domain.price import Price
    from outbound.domain.suppression import Reason


@dataclass(frozen=True, slots=True)
class Receipt:
    """One receipt, whatever its envelope was.

    `message` is known where the provider gives our tags back; else `provider_id`, and in the
    last resort `destination` and `requested_at` (when the provider took it), must lead to it.
    `status` is None where the receipt only marks the message or suppresses its address; `soft` is
    a bounce after which the address may work. `price` is what was really charged, where it is said.
    """

    provider: str
    provider_id: str
    at: datetime
    status: Status | None
    code: str | None = None
    mark: str | None = None
    suppress: Reason | None = None
    message: MessageRef | None = None
    destination: str | None = None
    requested_at: datetime | None = None
    soft: bool = False
    price: Price | None = None
