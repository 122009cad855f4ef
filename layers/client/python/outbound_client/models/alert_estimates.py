"""What an alert would do, before it is approved."""

from collections.abc import Mapping
from typing import Any

from outbound_client.models.answer import Answer, EstimatedPrice, Money
from outbound_client.models.campaigns import DecisionCount


class Looked(Answer):
    """How many parts of all contacts were looked at."""

    counted: int
    of: int


class AlertOnChannel(Answer):
    """What an alert would do on a channel; `at_once` unless only its escalation uses it."""

    channel: str
    at_once: bool
    recipients: int
    takes: str
    decisions: tuple[DecisionCount, ...]
    parts: int
    price: EstimatedPrice


class AlertEstimate(Answer):
    """Whom an alert would reach if it began now; the numbers are of what was looked at."""

    shards: Looked
    recipients: int
    reached: int
    channels: tuple[AlertOnChannel, ...]
    price: EstimatedPrice
    price_at_most: Money
    sample: tuple[Mapping[str, Any], ...]
