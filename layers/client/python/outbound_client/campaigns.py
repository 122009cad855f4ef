"""Campaigns: a template for many, made, steered and reported on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from outbound_client.models import (
    Campaign,
    CampaignEstimate,
    CampaignExport,
    CampaignPage,
    CampaignReport,
    MessagePage,
)
from outbound_client.requests import path_to, query_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from typing import BinaryIO

    from outbound_client.connection import Connection


class CampaignCalls:
    """The calls on campaigns."""

    _api: Connection

    def create_campaign(
        self, campaign: Mapping[str, Any], idempotency_key: str | None = None
    ) -> Campaign:
        """Make a draft of a campaign, as the reference of the API has its fields."""
        return self._api.post(Campaign, "/v1/campaigns", dict(campaign), idempotency_key)

    def change_campaign(self, campaign_id: str, changes: Mapping[str, Any]) -> Campaign:
        """Change a draft: what is given replaces, None takes away."""
        return self._api.ask(
            Campaign, "PATCH", path_to("campaigns", campaign_id), body=dict(changes)
        )

    def get_campaign(self, campaign_id: str) -> Campaign:
        """A campaign as it is now."""
        return self._api.ask(Campaign, "GET", path_to("campaigns", campaign_id))

    def list_campaigns(self, limit: int | None = None, cursor: str | None = None) -> CampaignPage:
        """A page of campaigns, newest first."""
        query = query_of(limit=limit, cursor=cursor)
        return self._api.ask(CampaignPage, "GET", "/v1/campaigns", query=query)

    def estimate_campaign(self, campaign_id: str, cursor: str | None = None) -> CampaignEstimate:
        """What a campaign would do if it were launched now.

        It looks for some seconds; where its `next_cursor` isn't None, ask again with that.
        """
        path = f"{path_to('campaigns', campaign_id)}/estimate"
        return self._api.ask(CampaignEstimate, "POST", path, query=query_of(cursor=cursor))

    def approve_campaign(self, campaign_id: str) -> Campaign:
        """Approve a draft as it is, with another key than the one that made it."""
        return self._step(campaign_id, "approve")

    def launch_campaign(self, campaign_id: str) -> Campaign:
        """Let a campaign begin when its schedule says so."""
        return self._step(campaign_id, "launch")

    def pause_campaign(self, campaign_id: str) -> Campaign:
        """Hold back what hasn't left."""
        return self._step(campaign_id, "pause")

    def resume_campaign(self, campaign_id: str) -> Campaign:
        """Go on where a campaign was paused."""
        return self._step(campaign_id, "resume")

    def cancel_campaign(self, campaign_id: str) -> Campaign:
        """Send no more of a campaign."""
        return self._step(campaign_id, "cancel")

    def get_campaign_report(self, campaign_id: str) -> CampaignReport:
        """What has become of a campaign's recipients, each counted once."""
        return self._api.ask(CampaignReport, "GET", f"{path_to('campaigns', campaign_id)}/report")

    def export_campaign_report(self, campaign_id: str, run_id: str | None = None) -> CampaignExport:
        """Have every recipient of a run, or of the newest, listed in a file.

        `get_campaign_export` says how far that is. While it is under way, asking again changes
        nothing.
        """
        return self._export("POST", campaign_id, run_id)

    def get_campaign_export(self, campaign_id: str, run_id: str | None = None) -> CampaignExport:
        """How far the last export of a run is, and where its file is when it is finished."""
        return self._export("GET", campaign_id, run_id)

    def download_campaign_export(self, export: CampaignExport, into: BinaryIO) -> None:
        """Write the file of a finished export, CSV, into one of yours.

        Raises:
            ValueError: it isn't finished.
            Unreachable: the file could not be read to its end.
        """
        if export.file is None:
            raise ValueError("the export has no file as yet")
        self._api.download(export.file, into)

    def list_campaign_messages(
        self,
        campaign_id: str,
        limit: int | None = None,
        cursor: str | None = None,
        status: Collection[str] = (),
    ) -> MessagePage:
        """A page of a campaign's messages; it may be short while there are more behind it."""
        chosen = ",".join(status) or None
        query = query_of(campaign_id=campaign_id, limit=limit, cursor=cursor, status=chosen)
        return self._api.ask(MessagePage, "GET", "/v1/messages", query=query)

    def _export(self, method: str, campaign_id: str, run_id: str | None) -> CampaignExport:
        path = f"{path_to('campaigns', campaign_id)}/report/export"
        return self._api.ask(CampaignExport, method, path, query=query_of(run_id=run_id))

    def _step(self, campaign_id: str, name: str) -> Campaign:
        return self._api.ask(Campaign, "POST", f"{path_to('campaigns', campaign_id)}/{name}")
