"""Campaigns over DynamoDB: an item each, and one for each that the clock looks after.

The latter lie in partitions of their own (`attended`, and `closed` for runs), which no tenant's key
begins: the clock has no list of tenants. They hold nothing but tenant and ids.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from outbound.adapters.dynamodb.campaign_item import campaign_item, campaign_of
from outbound.adapters.dynamodb.kept import Kept
from outbound.adapters.dynamodb.newest import newest
from outbound.adapters.dynamodb.table import Table, wire
from outbound.domain.run import RunRef
from outbound.ports import CampaignPage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from outbound.domain.campaign import Campaign
    from outbound.ports import Clock

ATTENDED, CLOSED = "attended", "closed"


class DynamoCampaigns:
    """Campaigns in the catalog; those that are read to send are read at most once in 5 seconds."""

    def __init__(self, table: Table, clock: Clock):
        self._table = table
        self._kept = Kept(self.get, clock)

    def insert(self, campaign: Campaign) -> bool:
        """Write a campaign once."""
        return self._table.put_new(_item(campaign))

    def get(self, tenant: str, campaign_id: str) -> Campaign | None:
        """A campaign as it is now."""
        item = self._table.get(_pk(tenant), campaign_id)
        return campaign_of(item, tenant) if item else None

    def current(self, tenant: str, campaign_id: str) -> Campaign | None:
        """A campaign as it was at most 5 seconds ago."""
        return self._kept.get(tenant, campaign_id)

    def newest(self, tenant: str, *, limit: int, after: str | None) -> CampaignPage:
        """A page: ids sort by time."""
        items, last = newest(self._table, _pk(tenant), limit=limit, after=after)
        campaigns = tuple(campaign_of(item, tenant) for item in items)
        return CampaignPage(campaigns, last)

    def replace(self, campaign: Campaign) -> bool:
        """Write a campaign over the version that was read."""
        self._kept.forget(campaign.tenant, campaign.id)
        return self._table.put_next(_item(campaign))

    def attend(self, tenant: str, campaign_id: str) -> None:
        """Write that the clock looks after a campaign."""
        self._table.put({"pk": ATTENDED, "sk": f"{tenant}#{campaign_id}"})

    def attended(self) -> Iterator[tuple[str, str]]:
        """All that the clock looks after."""
        for item in self._table.query(ATTENDED):
            tenant, _, campaign_id = item["sk"].rpartition("#")
            yield tenant, campaign_id

    def remember(self, ref: RunRef) -> None:
        """Write that the clock looks at a closed run."""
        self._table.put({"pk": CLOSED, "sk": f"{ref.tenant}#{ref.campaign}#{ref.id}"})

    def remembered(self) -> Iterator[RunRef]:
        """All closed runs that the clock looks at."""
        for item in self._table.query(CLOSED):
            yield RunRef(*item["sk"].rsplit("#", 2))

    def forget(self, ref: RunRef) -> None:
        """Write that it no longer does."""
        self._remove(CLOSED, f"{ref.tenant}#{ref.campaign}#{ref.id}")

    def leave(self, tenant: str, campaign_id: str) -> None:
        """Write that it no longer does."""
        self._remove(ATTENDED, f"{tenant}#{campaign_id}")

    def _remove(self, pk: str, sk: str) -> None:
        self._table.client.delete_item(TableName=self._table.name, Key=wire({"pk": pk, "sk": sk}))


def _pk(tenant: str) -> str:
    return f"{tenant}#campaign"


def _item(campaign: Campaign) -> dict[str, Any]:
    return {"pk": _pk(campaign.tenant), "sk": campaign.id, **campaign_item(campaign)}
