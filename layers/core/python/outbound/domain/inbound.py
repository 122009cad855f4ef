"""A text that a person sent us, and which of the last words of a person stands."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from outbound.domain.keywords import Kind

if TYPE_CHECKING:
    from datetime import datetime

    from outbound.domain.address import Address


@dataclass(frozen=True, slots=True)
class InboundText:
    """`id` is AWS's, `to` the number that was texted, `at` when AWS published it."""

    id: str
    sender: Address
    to: str
    body: str
    at: datetime


@dataclass(frozen=True, slots=True)
class LastWord:
    """What a person said last, stop or start. `id` and `at` are of the text that first said so.

    `said_at` is when it was said last: people repeat themselves, and are answered once.
    """

    kind: Kind
    id: str
    at: datetime
    said_at: datetime


def heard(before: LastWord | None, kind: Kind, text: InboundText) -> LastWord:
    """What stands when a stop or a start has been heard, in whatever order texts come in.

    The newest counts; of two at one instant it is the stop.
    """
    new = LastWord(kind, text.id, text.at, text.at)
    if before is None:
        return new
    if kind is before.kind:
        return replace(before, said_at=max(before.said_at, text.at))
    later = text.at > before.said_at or (text.at == before.said_at and kind is Kind.STOP)
    return new if later else before
