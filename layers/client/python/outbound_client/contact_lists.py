"""The list of all contacts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outbound_client.models import ListHealth
from outbound_client.requests import query_of

if TYPE_CHECKING:
    from outbound_client.connection import Connection

_COUNTS = ("contacts", "no_address", "no_consent", "role", "disposable")


class ListCalls:
    """The calls on the list of all contacts."""

    _api: Connection

    def get_list_health(self, *, stale: str | None = None) -> ListHealth:
        """How well all contacts are; with `stale` (`P1Y`), also how many were not reached for so
        long, which takes a request for each of them. Asks for one part after the other."""
        part = self._part(stale, None)
        whole = part
        while part.next_cursor is not None:
            part = self._part(stale, part.next_cursor)
            whole = _together(whole, part)
        return whole.model_copy(update={"next_cursor": None})

    def _part(self, stale: str | None, cursor: str | None) -> ListHealth:
        query = query_of(stale=stale, cursor=cursor)
        return self._api.ask(ListHealth, "GET", "/v1/lists/health", query=query)


def _together(one: ListHealth, other: ListHealth) -> ListHealth:
    counts = {name: getattr(one, name) + getattr(other, name) for name in _COUNTS}
    stale = None if one.stale is None else one.stale + (other.stale or 0)
    suppressed = {name: count + other.suppressed[name] for name, count in one.suppressed.items()}
    return one.model_copy(update={**counts, "stale": stale, "suppressed": suppressed})
