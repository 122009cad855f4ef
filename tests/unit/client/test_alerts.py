from __future__ import annotations

from decimal import Decimal

from outbound.adapters.api.contract.alert_examples import (
    ALERT,
    CAP,
    ESTIMATE,
    PROGRESS,
    SENDING,
    WANTED,
)

ID = ALERT["id"]


def test_an_alert_is_asked_for_once(api, client):
    api.answer(202, ALERT)
    made = client.create_alert(WANTED, idempotency_key="flood")
    assert (made.id, made.state, made.created_by) == (ID, "awaiting_approval", "ada")
    assert api.body(0) == WANTED
    assert api.asked[0].headers["idempotency-key"] == "flood"


def test_a_document_is_sent_as_it_is(api, client):
    api.answer(202, ALERT)
    client.create_alert_from_cap(
        CAP, regions=["US-CA", "US-NV"], channels=["sms"], escalation=["PT9M:sms"]
    )
    (request,) = api.asked
    assert request.content.decode() == CAP
    assert request.headers["content-type"] == "application/cap+xml"
    assert dict(request.url.params) == {
        "regions": "US-CA,US-NV",
        "channels": "sms",
        "escalation": "PT9M:sms",
    }


def test_an_alert_is_approved_watched_and_cancelled(api, client):
    api.answer(200, SENDING)
    api.answer(200, PROGRESS)
    api.answer(200, SENDING)
    api.answer(200, {"items": [ALERT], "next_cursor": None})
    assert client.approve_alert(ID).approved_by == "grace"
    progress = client.get_alert(ID).progress
    assert progress is not None
    assert progress.places[0].statuses == {"delivered": 910, "blocked": 12}
    assert progress.places[0].acknowledged == 12
    assert [(each.meant, each.begun) for each in progress.steps] == [
        ("all", True),
        ("not_acknowledged", False),
    ]
    assert client.cancel_alert(ID).progress is None
    assert client.list_alerts(limit=1).items[0].id == ID
    assert [each.url.path.removeprefix("/stage") for each in api.asked] == [
        f"/v1/alerts/{ID}/approve",
        f"/v1/alerts/{ID}",
        f"/v1/alerts/{ID}/cancel",
        "/v1/alerts",
    ]


def test_it_is_told_beforehand_whom_an_alert_would_reach(api, client):
    api.answer(200, ESTIMATE)
    found = client.estimate_alert(ID)
    assert (found.recipients, found.reached, found.price.amount) == (2, 2, Decimal("0.01820"))
    assert (found.shards.counted, found.shards.of) == (32, 32)
    assert [(each.channel, each.recipients, each.takes) for each in found.channels] == [
        ("sms", 1, "PT1S"),
        ("email", 2, "PT1S"),
    ]
    assert found.channels[0].decisions[1].reason == "no_address_for_channel"
    assert api.asked[0].url.path.endswith(f"/v1/alerts/{ID}/estimate")
