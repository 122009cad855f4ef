"""An erasure: all that is held of a contact is removed, while its messages may be on their way."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from outbound.domain.ids import base32

if TYPE_CHECKING:
    from datetime import datetime

    from outbound.domain.tenure import Tenure

SETTLING = timedelta(minutes=2)
"""Whoever looked the contact up before it was erased has written its message by then: no request
runs longer. Only what is found empty after that is empty for good."""


class ErasureState(StrEnum):
    """Where an erasure is. From `running` on, nothing more is sent to the contact."""

    RUNNING = "running"
    FINISHED = "finished"


@dataclass(frozen=True, slots=True)
class Erasure:
    """What was asked and what was done. It names nobody: `contact_key` is a keyed digest.

    `contact_id` and its addresses, by their keys, are kept until the contact itself is gone.
    `cancelled` messages had been waiting; `redacted` ones keep their timeline, and nothing else.
    `found_at` is when something was last found that named the contact. `unlisted` are kinds of
    addresses that couldn't be brought to AWS's own lists any more.
    """

    id: str
    tenant: str
    contact_key: str
    contact_id: str | None
    requested_at: datetime
    by: str
    state: ErasureState = ErasureState.RUNNING
    cancelled: int = 0
    redacted: int = 0
    finished_at: datetime | None = None
    addresses: tuple[Tenure, ...] = ()
    found_at: datetime | None = None
    unlisted: tuple[str, ...] = ()


def erasure_id(contact_key: str, contact_since: datetime) -> str:
    """The id of the erasure of a contact that was made at an instant: asking again finds it."""
    cause = f"{contact_key}\0{contact_since.isoformat()}".encode()
    number = int.from_bytes(hashlib.sha256(cause).digest())
    return f"era_{base32(number >> 156, 20)}"
