"""What is asked of the list of all contacts, and what is said of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from outbound.adapters.api.contact_answers import contact_body
from outbound.adapters.api.paging import cursor_of, decoded
from outbound.domain.errors import refused_at
from outbound.domain.list_health import NO_ADDRESS, NO_CONSENT, STALE, SUPPRESSED
from outbound.domain.suppression import Reason
from outbound.flow.manage.lists import Place

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime, timedelta

    from outbound.flow.manage.lists import Health, Stale

PERIOD = re.compile(r"P(?=[0-9])([0-9]{1,2}Y)?([0-9]{1,3}M)?([0-9]{1,4}D)?")
_PLACE = re.compile(r"([0-9]{1,2}) ([A-Za-z0-9_.:@-]{0,64})")


def read_stale(
    parameters: Mapping[str, str], now: datetime, retention: timedelta
) -> datetime | None:
    """The time since which contacts were not reached; None where nobody asks for it.

    Raises:
        Refusal: it is no period, or messages aren't kept for so long.
    """
    text = parameters.get("stale")
    if text is None:
        return None
    match = PERIOD.fullmatch(text)
    if match is None:
        raise refused_at("stale", "invalid_parameter", "stale must be a period, like P1Y or P6M.")
    # It takes a while to load, and few ask.
    from dateutil.relativedelta import relativedelta

    years, months, days = (int((each or "0Z")[:-1]) for each in match.groups())
    since = now - relativedelta(years=years, months=months, days=days)
    if since < now - retention:
        message = f"Messages are kept for {retention.days} days: stale can be no longer."
        raise refused_at("stale", "invalid_parameter", message)
    return since


def read_list_cursor(parameters: Mapping[str, str]) -> Place:
    """The place behind which a part begins. It lies in the caller's own contacts, forged or not.

    Raises:
        Refusal: the cursor isn't of an earlier part.
    """
    text = decoded(parameters, _PLACE)
    if text is None:
        return Place()
    shard, _, after = text.partition(" ")
    return Place(int(shard), after or None)


def stale_body(found: Stale) -> dict[str, Any]:
    """A part of the list of those who were not reached."""
    items = [contact_body(each) for each in found.contacts]
    return {"items": items, "next_cursor": _cursor(found.after)}


def health_body(health: Health, *, stale: bool) -> dict[str, Any]:
    """How well a part of the list is."""
    found = health.found
    return {
        "contacts": health.read,
        NO_ADDRESS: found.get(NO_ADDRESS, 0),
        NO_CONSENT: found.get(NO_CONSENT, 0),
        "role": found.get("role", 0),
        "disposable": found.get("disposable", 0),
        STALE: found.get(STALE, 0) if stale else None,
        "suppressed": {reason: found.get(f"{SUPPRESSED}{reason}", 0) for reason in Reason},
        "next_cursor": _cursor(health.after),
    }


def _cursor(place: Place | None) -> str | None:
    return cursor_of(f"{place.shard} {place.after or ''}") if place else None
