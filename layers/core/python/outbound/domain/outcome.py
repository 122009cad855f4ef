"""What a provider answered when a message was handed over."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from outbound.domain.light import light

if TYPE_CHECKING:
    from outbound.domain.message import Status
    from outbound.domain.suppression import Reason


class Kind(StrEnum):
    """The five answers that matter; each adapter's table maps its provider's codes to them."""

    SENT = "sent"
    TEMPORARY = "temporary"
    PERMANENT = "permanent"
    STOPPED = "stopped"
    UNKNOWN = "unknown"


@light
@dataclass(frozen=True, slots=True)
class Outcome:
    """`code` is the provider's own; `suppress` says why its address must not be used again.

    `receipt` is what will become of the message, where that is known already: in a rehearsal.
    `failing` says that the provider did not do its work: it broke, was out of reach or gave an
    answer that can't be read; a busy one, which asks for patience, is not failing.
    `reason` is why a message failed, where it isn't that the provider refused it.
    """

    kind: Kind
    code: str | None = None
    provider_id: str | None = None
    suppress: Reason | None = None
    receipt: Status | None = None
    failing: bool = False
    reason: str | None = None
