"""A campaign's messages, found without an index: by its runs, their chunks, and these' members."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from outbound.domain.fallback import channel_of, on_channel
from outbound.domain.ids import MessageRef
from outbound.domain.run import id_of, keys_of
from outbound.flow.manage.campaigns import find
from outbound.ports import Page

if TYPE_CHECKING:
    from outbound.domain.key import ApiKey
    from outbound.domain.message import Status
    from outbound.ports import Campaigns, Messages, Runs

NONE = "-"


@dataclass(frozen=True, slots=True)
class CampaignMessages:
    """Where they are found."""

    campaigns: Campaigns
    runs: Runs
    messages: Messages
    secret: bytes


def list_by_campaign(
    campaign_id: str,
    key: ApiKey,
    stores: CampaignMessages,
    *,
    statuses: frozenset[Status],
    limit: int,
    after: str | None,
) -> Page:
    """The newest run's first, each run's in the order in which they were sent.

    A page holds one chunk at most, so it may be short, or empty, while there are more behind it.
    `after` names the run, the chunk before, and how many members of the next were shown.

    Raises:
        Refusal: there is no such campaign.
    """
    campaign = find(campaign_id, key, stores.campaigns)
    run_id, before, shown = after.split(" ") if after else ("", NONE, "0")
    for run in reversed(stores.runs.of(key.tenant, campaign_id)):
        if run_id and run.ref.id > run_id:
            continue
        if run.ref.id != run_id:
            before, shown = NONE, "0"
        behind = None if before == NONE else before
        chunk = next(stores.runs.chunks(run.ref, after=behind, size=1), None)
        if chunk is None:
            continue
        place = int(shown)
        keys = keys_of(chunk, stores.secret)
        on_its = on_channel(campaign, channel_of(chunk, campaign))
        refs = [
            MessageRef(key.tenant, id_of(each, on_its, run.ref))
            for each in keys[place : place + limit]
        ]
        found = stores.messages.get_many(refs)
        messages = tuple(
            found[ref] for ref in refs if ref in found and found[ref].status in statuses
        )
        reached = place + limit
        if reached < len(keys):
            return Page(messages, f"{run.ref.id} {before} {reached}")
        return Page(messages, f"{run.ref.id} {chunk.ref.id} 0")
    return Page((), None)
