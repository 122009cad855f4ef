"""When a new key expires, as the operator says it."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from outbound_client.command.failures import Failure
from outbound_client.requests import rfc3339

_DURATION = re.compile(
    r"P(?!$)(?:(?P<weeks>\d+)W)?(?:(?P<days>\d+)D)?"
    r"(?:T(?!$)(?:(?P<hours>\d+)H)?(?:(?P<minutes>\d+)M)?(?:(?P<seconds>\d+)S)?)?",
    re.ASCII,
)


def expires_at(text: str, now: datetime) -> str:
    """The instant that a duration from `now` or a time with an offset means, in RFC 3339.

    Raises:
        Failure: it is neither, or out of all bounds.
    """
    try:
        if found := _DURATION.fullmatch(text):
            amounts = {unit: int(amount or 0) for unit, amount in found.groupdict().items()}
            return rfc3339(now + timedelta(**amounts))
        return rfc3339(datetime.fromisoformat(text))
    except (ValueError, OverflowError):
        raise Failure(
            "--expires is a duration in weeks, days or a time (P90D, P1W, PT12H),"
            " or an instant with its offset (2027-01-31T00:00:00Z)."
        ) from None
