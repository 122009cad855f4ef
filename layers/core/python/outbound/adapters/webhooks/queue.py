"""What is on its way to webhooks, over SQS."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from outbound.adapters.sqs import SHORT, Queued, send_all
from outbound.domain.instant import parse_rfc3339, rfc3339
from outbound.domain.webhook import Delivery

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import timedelta

    from mypy_boto3_sqs import SQSClient


@dataclass(frozen=True, slots=True)
class SqsWebhookQueue:
    """The queue of webhooks."""

    client: SQSClient
    url: str

    def send(self, deliveries: Sequence[Delivery], *, delay: timedelta | None = None) -> None:
        """Queue deliveries, ten in a request."""
        queued = [
            Queued(json.dumps(_item(each), separators=SHORT), each.tenant) for each in deliveries
        ]
        send_all(self.client, self.url, queued, delay)


def delivery_of(body: str) -> Delivery:
    """The delivery that a queue's message holds.

    Raises:
        ValueError, LookupError, TypeError: it holds none.
    """
    value = json.loads(body)
    times = {name: parse_rfc3339(value[name]) for name in ("begun_at", "not_before")}
    return Delivery(**value | times)


def _item(delivery: Delivery) -> dict[str, object]:
    times = {
        "begun_at": rfc3339(delivery.begun_at),
        "not_before": rfc3339(delivery.not_before),
    }
    return asdict(delivery) | times
