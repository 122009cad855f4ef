"""Campaigns over DynamoDB: an item each, and one for each that the clock looks after.

The latter lie in partitions of their own (`attended`, and `closed` for runs), which no tenant's key
begins: the clock has no list of tenants. They hold nothing but tenant and ids.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from outbound.adapters.dynamodb.campaign_item import campaign_item, campaign_of
from outbound.adapters.dynamodb.table import Table, plain, wire
from outbound.domain.run import RunRef
from outbound.ports import CampaignPage

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from outbound.domain.campaign import Campaign
    from outbound.ports import Clock

KEPT_FOR = timedelta(seconds=5)
ATTENDED, CLOSED = "attended", "closed"


class DynamoCampaigns:
    """Campaigns in the catalog; those that are read to send are read at most once in 5 seconds."""

    def __init__(self, table: Table, clock: Clock):
        self._table = table
        self._clock = clock
        self._known: dict[tuple[str, str], tuple[datetime, Campaign | None]] = {}

    def insert(self, campaign: Campaign) -> bool:
        """Write a campaign once."""
        return self._table.put_new(_item(campaign))

    def get(self, tenant: str, campaign_id: str) -> Campaign | None:
        """A campaign as it is now."""
        item = self._table.get(_pk(tenant), campaign_id)
        return campaign_of(item, tenant) if item else None

    def current(self, tenant: str, campaign_id: str) -> Campaign | None:
        """A campaign as it was at most 5 seconds ago."""
        place, now = (tenant, campaign_id), self._clock.now()
        read_at, campaign = self._known.get(place, (None, None))
        if read_at is None or now - read_at >= KEPT_FOR:
            campaign = self.get(tenant, campaign_id)
            self._known = {
                **{each: known for each, known in self._known.items() if now - known[0] < KEPT_FOR},
                place: (now, campaign),
            }
        return campaign

    def newest(self, tenant: str, *, limit: int, after: str | None) -> CampaignPage:
        """A page: ids sort by time."""
        pk = _pk(tenant)
        start: Any = {"ExclusiveStartKey": wire({"pk": pk, "sk": after})} if after else {}
        answer = self._table.client.query(
            TableName=self._table.name,
            KeyConditionExpression="pk = :pk",
            ExpressionAttributeValues=wire({":pk": pk}),
            ScanIndexForward=False,
            ConsistentRead=True,
            Limit=limit,
            **start,
        )
        campaigns = tuple(campaign_of(plain(item), tenant) for item in answer["Items"])
        last = answer.get("LastEvaluatedKey")
        return CampaignPage(campaigns, plain(last)["sk"] if last else None)

    def replace(self, campaign: Campaign) -> bool:
        """Write a campaign over the version that was read."""
        self._known.pop((campaign.tenant, campaign.id), None)
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
