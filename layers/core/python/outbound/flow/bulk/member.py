"""A member of a chunk: the message that somebody has, as it is to be written."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from outbound.domain.changing import changed
from outbound.domain.content import Body
from outbound.domain.due import GRACE
from outbound.domain.ids import MessageRef
from outbound.domain.light import light
from outbound.domain.message import Entry, Status
from outbound.domain.words import OnUnconfirmed

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from decimal import Decimal

    from outbound.domain.message import Decision, Message
    from outbound.flow.bulk.data import Said
    from outbound.ports import Outgoing

ENDS: Mapping[str, Status] = {
    "block": Status.BLOCKED,
    "cancel": Status.CANCELLED,
    "defer": Status.DEFERRED,
    "fail": Status.FAILED,
}
NO_BODY = Body(None, None, {})
"""Of what is never rendered again, nothing is kept but the version that said it."""
MAY_COST = frozenset({Status.DEFERRED, Status.UNCONFIRMED})
AGAIN = frozenset({Status.ACCEPTED, Status.DEFERRED, Status.UNCONFIRMED})


@light
@dataclass(frozen=True, slots=True)
class Member:
    """One of a chunk, with its message as it is to be written.

    `outgoing` is there for those who may be written to now.
    """

    place: int
    message: Message
    said: Said | None = None
    outgoing: Outgoing | None = None

    @property
    def body(self) -> Body:
        """What is kept of what it says."""
        return self.said.kept if self.said is not None else NO_BODY

    @property
    def ref(self) -> MessageRef:
        """Its message."""
        return MessageRef(self.message.tenant, self.message.id)

    @property
    def price(self) -> Decimal | None:
        """What it may come to cost, now or later, or has perhaps cost already."""
        waits = self.outgoing is not None or self.message.status in MAY_COST
        return self.message.price.amount if waits and self.message.price else None

    @property
    def budgeted(self) -> bool:
        """Whether its campaign has a budget."""
        return self.message.campaign is not None and self.message.campaign.reserved

    def written(self, now: datetime) -> tuple[Message, Body, datetime | None]:
        """What is stored of it, and when the sweep shall look at it."""
        message = self._accounted
        body = self.body if message.status in AGAIN else NO_BODY
        due: datetime | None = None
        if message.status is Status.ACCEPTED:
            due = now + GRACE
        elif message.status is Status.DEFERRED:
            due = message.not_before
        elif message.status is Status.UNCONFIRMED and (
            message.on_unconfirmed is OnUnconfirmed.RESEND
        ):
            due = message.lease_until
        return message, body, due

    @property
    def _accounted(self) -> Message:
        """Its message, which says whether its price was taken of a budget that there is."""
        message, campaign = self.message, self.message.campaign
        assert campaign is not None
        reserved = self.budgeted and self.price is not None
        if reserved is campaign.reserved:
            return message
        return changed(message, campaign=replace(campaign, reserved=reserved))


def kept_back(message: Message, decision: Decision, now: datetime) -> Message:
    """The message of somebody who isn't written to now."""
    status = Status.EXPIRED if decision.rule == "expired" else ENDS[decision.verdict]
    return changed(
        message,
        status=status,
        decision=decision,
        decision_at_intake=decision,
        timeline=(*message.timeline, Entry(status, now, decision.reason, decision.rule)),
        not_before=decision.until or message.not_before,
    )
