"""Statistics: what became of messages, counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outbound_client.models import Stats
from outbound_client.requests import query_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from outbound_client.connection import Connection


class StatsCalls:
    """The calls on statistics."""

    _api: Connection

    def get_stats(
        self,
        *,
        first: date | str | None = None,
        last: date | str | None = None,
        by: str | None = None,
    ) -> Stats:
        """What became of the messages of some days (in UTC), broken down by `by`: day, channel,
        purpose, provider, region, template or campaign; without days those of the last week."""
        return self._api.ask(Stats, "GET", "/v1/stats", query=_query(first, last, by))

    def export_stats(
        self,
        *,
        first: date | str | None = None,
        last: date | str | None = None,
        by: str | None = None,
    ) -> str:
        """The same as CSV."""
        return self._api.ask_text("GET", "/v1/stats/export", query=_query(first, last, by))


def _query(first: date | str | None, last: date | str | None, by: str | None) -> Mapping[str, str]:
    days = {"from": first, "to": last}
    return query_of(by=by, **{name: str(day) for name, day in days.items() if day is not None})
