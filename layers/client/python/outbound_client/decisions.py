"""Decisions: what the gate would say, without a message."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outbound_client.models import Decisions
from outbound_client.requests import body_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from outbound_client.connection import Connection
    from outbound_client.models import ContactDecision


class DecisionCalls:
    """The calls on decisions."""

    _api: Connection

    def decide(
        self,
        contact_ids: Sequence[str],
        *,
        channel: str,
        purpose: str,
        topic: str | None = None,
        at: datetime | str | None = None,
    ) -> tuple[ContactDecision, ...]:
        """Whether up to 500 contacts may be written to at a time, and why, in their order.

        Each has its decision, or the problem that kept it. Nothing is sent or stored.
        """
        body = body_of(
            contact_ids=list(contact_ids), channel=channel, purpose=purpose, topic=topic, at=at
        )
        return self._api.ask(Decisions, "POST", "/v1/decisions", body=body).items
