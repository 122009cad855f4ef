"""What an export says of one recipient: what was decided, and what has become of it."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from outbound.domain.message import Status
from outbound.domain.tally import place_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from decimal import Decimal

    from outbound.domain.message import Entry, Message
    from outbound.domain.words import Channel

WAITING, MISSING = "waiting", "missing"
"""Without a message: it has none as yet, or none any more."""


@dataclass(frozen=True, slots=True)
class RecipientRow:
    """A row; no address is in it.

    `verdict` to `until` is what the gate said last, `reason` and `code` go with the status. `price`
    is that of the message, `cost` what a report counts of it.
    """

    contact_id: str
    message_id: str
    channel: Channel
    variant: str
    status: str
    verdict: str | None = None
    rule: str | None = None
    source: str | None = None
    verdict_reason: str | None = None
    deferred_until: datetime | None = None
    reason: str | None = None
    provider_code: str | None = None
    parts: int | None = None
    price: Decimal | None = None
    cost: Decimal | None = None
    currency: str | None = None
    sent_at: datetime | None = None
    delivered_at: datetime | None = None


COLUMNS = tuple(each.name for each in fields(RecipientRow))


def row_of(message: Message) -> RecipientRow:
    """The row of who has a message."""
    decision, last, price = message.decision, message.timeline[-1], message.price
    place = place_of(message)
    return RecipientRow(
        contact_id=message.contact_id,
        message_id=message.id,
        channel=message.channel,
        variant=place.variant,
        status=message.status,
        verdict=decision.verdict,
        rule=decision.rule,
        source=decision.source,
        verdict_reason=decision.reason,
        deferred_until=decision.until,
        reason=last.reason,
        provider_code=last.code,
        parts=message.sms[1] if message.sms else None,
        price=price.amount if price else None,
        cost=place.cost if price else None,
        currency="USD" if price else None,
        sent_at=_first(message.timeline, Status.SENT),
        delivered_at=_first(message.timeline, Status.DELIVERED),
    )


def _first(timeline: Iterable[Entry], status: Status) -> datetime | None:
    return next((each.at for each in timeline if each.status is status), None)
