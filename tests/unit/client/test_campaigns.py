from __future__ import annotations

import io
from decimal import Decimal

import httpx
import pytest

from outbound.adapters.api.contract.campaign_examples import (
    CAMPAIGN,
    ESTIMATE,
    EXPORT,
    EXPORTED,
    LAUNCHED,
    REPORT,
    WANTED,
)
from outbound_client import Unreachable

ID = CAMPAIGN["id"]


def test_a_campaign_is_made_once_and_changed(api, client):
    api.answer(201, CAMPAIGN)
    api.answer(200, CAMPAIGN)

    assert client.create_campaign(WANTED, idempotency_key="winter").state == "draft"
    assert client.change_campaign(ID, {"topic": None}).id == ID
    assert (api.body(0), api.body(1)) == (WANTED, {"topic": None})
    assert api.asked[0].headers["idempotency-key"] == "winter"
    assert [each.method for each in api.asked] == ["POST", "PATCH"]


@pytest.mark.parametrize("step", ["approve", "launch", "pause", "resume", "cancel"])
def test_a_campaign_is_steered(api, client, step):
    api.answer(200, LAUNCHED)

    assert getattr(client, f"{step}_campaign")(ID).launched_at is not None
    assert api.asked[0].url.path.endswith(f"/v1/campaigns/{ID}/{step}")


def test_what_a_campaign_would_do_and_has_done_is_told(api, client):
    api.answer(200, ESTIMATE)
    api.answer(200, REPORT)

    assert client.estimate_campaign(ID).price.amount == Decimal("0.00016")
    assert client.get_campaign_report(ID).statuses == {"delivered": 1, "blocked": 1}


def test_campaigns_and_their_messages_are_listed(api, client):
    api.answer(200, {"items": [CAMPAIGN], "next_cursor": None})
    api.answer(200, {"items": [], "next_cursor": None})

    assert client.list_campaigns(limit=1).items[0].name == WANTED["name"]
    assert client.list_campaign_messages(ID, status=["blocked"]).items == ()
    assert dict(api.asked[1].url.params) == {"campaign_id": ID, "status": "blocked"}


def test_a_runs_recipients_are_exported_and_downloaded(api, client):
    api.answer(202, EXPORT)
    api.answer(200, EXPORTED)
    api.answers.append(httpx.Response(200, content=b"contact_id\r\nada\r\n"))

    begun = client.export_campaign_report(ID)
    done = client.get_campaign_export(ID, begun.run_id)
    content = io.BytesIO()
    client.download_campaign_export(done, content)

    assert (begun.state, done.rows, content.getvalue()) == ("running", 2, b"contact_id\r\nada\r\n")
    assert [each.url.path for each in api.asked[:2]] == [
        f"/stage/v1/campaigns/{ID}/report/export"
    ] * 2
    assert dict(api.asked[1].url.params) == {"run_id": begun.run_id}
    assert "authorization" not in api.asked[2].headers


def test_a_file_that_is_not_there_is_said(api, client):
    api.answer(202, EXPORT)
    api.answer(200, EXPORTED)
    api.answers += [httpx.Response(403), httpx.ConnectError("gone")]

    with pytest.raises(ValueError, match="no file as yet"):
        client.download_campaign_export(client.export_campaign_report(ID), io.BytesIO())
    done = client.get_campaign_export(ID)
    with pytest.raises(Unreachable, match="HTTP status 403"):
        client.download_campaign_export(done, io.BytesIO())
    with pytest.raises(Unreachable, match="ConnectError"):
        client.download_campaign_export(done, io.BytesIO())
