"""Tasks: small work in the background, named by ids alone."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Work(StrEnum):
    """What there is to do in the background."""

    ANCHOR = "anchor"
    MIRROR = "mirror"
    ERASE = "erase"
    TEND = "tend"
    EXPAND = "expand"
    REVIEW = "review"
    EXPORT = "export"
    COUPONS = "coupons"
    IMPORT = "import"
    ESTIMATE = "estimate"
    ALERT = "alert"
    TEND_ALERT = "tend_alert"
    REMIND = "remind"
    CLEAR = "clear"


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be done, to what: the day to `anchor`, the key of the address to `mirror`, the
    erasure or the import of `coupons` to go on with, the reminder to look after, the part of the
    schedules to `clear`."""

    work: Work
    id: str
    tenant: str = ""
