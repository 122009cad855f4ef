"""What an operation gets and gives."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from infra.local.carrier.account import Ledger
from infra.local.carrier.files import Files
from infra.local.carrier.outbox import Item
from infra.local.carrier.settings import Settings


@dataclass(frozen=True, slots=True)
class Accepted:
    """The result of a call and the messages that follow from it."""

    result: dict[str, Any]
    items: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class Desk:
    """What operations need besides their parameters.

    `entry_error` asks the rules whether one entry of a bulk call fails, and how.
    """

    settings: Settings
    now: Callable[[], datetime]
    new_id: Callable[[], str]
    ledger: Ledger
    files: Files
    entry_error: Callable[[tuple[str, ...]], tuple[str, str] | None]
