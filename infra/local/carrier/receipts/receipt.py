"""One receipt."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Receipt:
    """A receipt and its way: `email` and `phone` are topics, `success` and `failure` log groups.

    The way may also be the ARN of a topic.
    """

    provider_id: str
    outcome: str
    route: str
    body: Mapping[str, Any]
