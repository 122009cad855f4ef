"""Settings of tenants over DynamoDB: an item each, and what this process has read of them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from outbound.domain.organisation import Organisation

if TYPE_CHECKING:
    from datetime import datetime

    from outbound.adapters.dynamodb.table import Table
    from outbound.ports import Clock

KEPT_FOR = timedelta(minutes=1)
NAMES = ("name", "postal_address", "phone", "website", "locale", "timezone")


class DynamoOrganisations:
    """Reads a tenant's item at most once in a minute; `kept_for` nothing, at each use."""

    def __init__(self, table: Table, clock: Clock, kept_for: timedelta = KEPT_FOR):
        self._table = table
        self._clock = clock
        self._kept_for = kept_for
        self._known: dict[str, tuple[datetime, Organisation]] = {}

    def get(self, tenant: str) -> Organisation:
        """What a tenant has said, as it was at most a minute ago."""
        now = self._clock.now()
        read_at, organisation = self._known.get(tenant, (None, Organisation()))
        if read_at is None or now - read_at >= self._kept_for:
            item = self._table.get(_pk(tenant), "organisation") or {}
            organisation = Organisation(**{name: item.get(name) for name in NAMES})
            self._known[tenant] = (now, organisation)
        return organisation

    def put(self, tenant: str, organisation: Organisation) -> None:
        """Replace what a tenant has said."""
        self._table.put({"pk": _pk(tenant), "sk": "organisation", **organisation.said()})
        self._known.pop(tenant, None)


def _pk(tenant: str) -> str:
    return f"{tenant}#settings"
