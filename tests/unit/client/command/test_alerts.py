from __future__ import annotations

import json

import pytest

from outbound.adapters.api.contract.alert_examples import (
    ALERT,
    CAP,
    ESTIMATE,
    PROGRESS,
    SENDING,
    WANTED,
)

ID = ALERT["id"]


def test_an_alert_is_asked_for_and_says_who_sends_it(api, outbound, tmp_path):
    (tmp_path / "flood.json").write_text(json.dumps(WANTED))
    api.answer(202, ALERT)
    result = outbound("alerts", "send", str(tmp_path / "flood.json"))
    assert (result.code, api.body(0)) == (0, WANTED)
    assert f"outbound alerts approve {ID}" in result.out


def test_xml_is_sent_as_it_is(api, outbound, tmp_path):
    (tmp_path / "flood.xml").write_text(CAP)
    api.answer(202, SENDING)
    result = outbound(
        "alerts", "send", str(tmp_path / "flood.xml"), "--region", "US-CA", "--step", "PT9M:sms"
    )
    assert (result.code, api.asked[0].content.decode()) == (0, CAP)
    assert dict(api.asked[0].url.params) == {"regions": "US-CA", "escalation": "PT9M:sms"}


def test_progress_is_shown_by_region_and_channel(api, outbound):
    api.answer(200, PROGRESS)
    result = outbound("alerts", "get", ID)
    assert result.code == 0
    assert "910 delivered, 12 blocked" in result.out
    assert "acknowledged: 12 by email, 610 by sms" in result.out
    assert "not_acknowledged" in result.out


def test_whom_it_would_reach_is_shown_by_channel_and_why_not(api, outbound):
    api.answer(200, {**ESTIMATE, "shards": {"counted": 3, "of": 32}})
    result = outbound("alerts", "estimate", ID)
    assert result.code == 0
    assert "3 of 32 parts of all contacts" in result.out
    assert "no_address_for_channel" in result.out
    assert "0.03620 USD" in result.out


@pytest.mark.parametrize("step", ["approve", "cancel"])
def test_an_alert_is_steered(api, outbound, step):
    api.answer(200, SENDING)
    result = outbound("alerts", step, ID)
    assert result.code == 0
    assert api.asked[0].url.path == f"/v1/alerts/{ID}/{step}"


def test_alerts_are_listed(api, outbound):
    api.answer(200, {"items": [ALERT], "next_cursor": None})
    result = outbound("alerts", "list")
    assert (result.code, "Boil tap water" in result.out) == (0, True)
