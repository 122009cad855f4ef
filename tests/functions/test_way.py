"""A message's whole way, through every function."""

import pytest

SENDS = {
    "sms": ({"phone": "+14255550188"}, {"text": "Order {{ order }} has shipped."}),
    "email": ({"email": "ann@example.org"}, {"subject": "Order", "text": "{{ order }} shipped."}),
    "voice": ({"phone": "+14255550189"}, {"text": "Order {{ order }} has shipped."}),
}


def send(api, channel, **changes):
    to, content = SENDS[channel]
    body = {"to": to, "channel": channel, "purpose": "transactional", "content": content}
    return {**body, "data": {"order": "A-77"}, **changes}


@pytest.mark.parametrize("channel", ["sms", "email", "voice"])
def test_a_message_is_accepted_handed_over_and_delivered(api, channel, monkeypatch, capsys):
    accepted = api.ask("POST", "/v1/messages", send(api, channel))
    assert accepted.status == 202
    assert accepted.headers["location"] == f"/v1/messages/{accepted.body['id']}"

    api.work_off(channel, monkeypatch)
    api.feed_back()

    found = api.ask("GET", f"/v1/messages/{accepted.body['id']}").body
    statuses = [entry["status"] for entry in found["timeline"]]
    assert statuses == ["accepted", "sending", "sent", "delivered"]
    assert found["provider"]["id"]
    listed = api.ask(
        "GET", "/v1/messages", query={"contact_id": found["to"]["contact_id"], "limit": "1"}
    )
    assert [item["id"] for item in listed.body["items"]] == [found["id"]]
    printed = "".join(capsys.readouterr())
    for personal in ("5550188", "5550189", "ann@example.org", "A-77", api.secret):
        assert personal not in printed


def test_a_bounced_address_is_blocked_from_then_on(api, monkeypatch):
    to = {"email": "bounce@simulator.amazonses.com"}
    first = api.ask("POST", "/v1/messages", send(api, "email", to=to)).body["id"]
    api.work_off("email", monkeypatch)
    api.feed_back()
    assert api.ask("GET", f"/v1/messages/{first}").body["status"] == "bounced"

    second = api.ask("POST", "/v1/messages", send(api, "email", to=to)).body

    assert second["status"] == "blocked"
    assert second["decision"]["rule"] == "suppressed"
    assert second["decision"]["reason"] == "suppressed_bounced"


def test_the_same_request_is_answered_the_same_and_another_is_refused(api):
    headers = {"idempotency-key": "order-77"}
    first = api.ask("POST", "/v1/messages", send(api, "sms"), headers=headers)
    again = api.ask("POST", "/v1/messages", send(api, "sms"), headers=headers)
    other = api.ask("POST", "/v1/messages", send(api, "sms", data={"order": "B"}), headers=headers)

    assert again.body == first.body
    assert "idempotent-replayed" not in first.headers
    assert again.headers["idempotent-replayed"] == "true"
    assert (other.status, other.body["code"]) == (422, "idempotency_key_reused")


def test_a_template_is_versioned_and_messages_stay_pinned(api):
    channels = {"sms": {"text": "One {{ order }}."}}
    body = {"purpose": "transactional", "channels": channels}
    assert api.ask("PUT", "/v1/templates/order", body).body["version"] == 1
    assert api.ask("PUT", "/v1/templates/order", body).status == 200
    by_template = send(api, "sms", template={"id": "order"})
    del by_template["content"]
    message = api.ask("POST", "/v1/messages", by_template).body
    channels["sms"]["text"] = "Two {{ order }}."
    assert api.ask("PUT", "/v1/templates/order", body).body["version"] == 2

    found = api.ask("GET", f"/v1/messages/{message['id']}").body
    assert found["template"] == {"id": "order", "version": 1, "locale": None}
    assert api.ask("GET", "/v1/templates/order").body["version"] == 2
    assert api.ask("GET", "/v1/templates/order", query={"version": "1"}).body["version"] == 1
