"""What a message costs, as the API tells it."""

from __future__ import annotations

import json

import pytest

from outbound.wiring import intake as wiring
from outbound.wiring import prices, process

CALL = {
    "to": {"phone": "+14255550123"},
    "channel": "voice",
    "purpose": "transactional",
    "content": {"text": "Your order {{ order }} has shipped.", "locale": "fr-CA"},
    "data": {"order": "A-77"},
}
TEXT = {**CALL, "channel": "sms", "content": {"text": "Order {{ order }}"}}


@pytest.fixture
def own_prices(api, monkeypatch):
    own = {"voice_minute": {"US": {"amount": "0.013"}}}
    monkeypatch.setenv("OUTBOUND_PRICES", json.dumps(own))
    forget()
    yield api
    monkeypatch.undo()
    forget()


def forget():
    for made in (process.settings, prices.terms, wiring.intake):
        made.cache_clear()


def test_a_text_tells_parts_price_and_that_fees_are_in_it(api):
    answer = api.ask("POST", "/v1/messages", TEXT).body
    assert answer["sms"] == {"encoding": "GSM-7", "parts": 1}
    assert answer["price"] == {
        "amount": "0.01195",
        "currency": "USD",
        "estimated": True,
        "carrier_fees": "included",
    }
    assert answer["price_reason"] is None


def test_a_call_tells_voice_and_length_and_that_its_price_is_not_known(api):
    answer = api.ask("POST", "/v1/messages", CALL).body
    assert answer["voice"] == {"voice": "CHANTAL", "seconds": 3}
    assert (answer["price"], answer["price_reason"]) == (None, "no_known_price")
    found = api.ask("GET", f"/v1/messages/{answer['id']}").body
    assert found["voice"] == answer["voice"]


def test_an_environment_can_add_a_price(own_prices):
    answer = own_prices.ask("POST", "/v1/messages", CALL).body
    assert answer["price"]["amount"] == "0.01300"
    assert answer["price"]["carrier_fees"] == "unknown"
    items = own_prices.ask("GET", "/v1/prices", query={"country": "US"}).body["items"]
    minute = next(item for item in items if item["unit"] == "voice_minute")
    assert (minute["source"], minute["date"], minute["verified"]) == ("cdk.json", None, True)


def test_prices_are_listed_with_sources_and_dates(api):
    items = api.ask("GET", "/v1/prices", query={"country": "US"}).body["items"]
    assert {item["unit"] for item in items} == {"1000_emails", "attachments_gb", "sms_part"}
    assert all(item["source"].startswith("https://") and item["date"] for item in items)
    assert len(api.ask("GET", "/v1/prices").body["items"]) > 40


def test_prices_are_for_keys_that_may_read(api):
    key = api.make_key(scopes=["messages:write"])["secret"]
    assert api.ask("GET", "/v1/prices", key=key).status == 403


def test_a_template_keeps_the_voice_of_its_calls(api):
    said = "<speak>Hier ist Acme. Rufen Sie 206 555 0142 an, 206 555 0142.</speak>"
    content = {"ssml": said, "voice": "HANS", "locale": "de-DE"}
    api.ask("PUT", "/v1/settings", {"name": "Acme"})
    body = {"purpose": "transactional", "channels": {"voice": content}}
    assert api.ask("PUT", "/v1/templates/call", body).body["channels"]["voice"] == content
    assert api.ask("GET", "/v1/templates/call").body["channels"]["voice"] == content
    by_template = {key: value for key, value in CALL.items() if key != "content"}
    answer = api.ask("POST", "/v1/messages", by_template | {"template": {"id": "call"}}).body
    assert answer["voice"]["voice"] == "HANS"


def test_a_call_is_read_by_its_voice(api, monkeypatch):
    message = api.ask("POST", "/v1/messages", CALL).body
    api.work_off("voice", monkeypatch)
    spoken = {item.message_id: item.voice for item in api.carrier.outbox.items()}
    assert spoken[message["id"]].voice_id == "CHANTAL"


def test_a_dry_run_tells_voice_length_and_price_too(api):
    answer = api.ask("POST", "/v1/messages", CALL, query={"dry_run": "true"}).body
    assert answer["voice"] == {"voice": "CHANTAL", "seconds": 3}
    assert (answer["price"], answer["price_reason"]) == (None, "no_known_price")


def test_a_smart_text_is_answered_shown_and_kept_in_a_template(api):
    content = {"text": "It\u2019s \u201c{{ name }}\u201d\u2026", "smart_encoding": True}
    body = {
        "to": {"phone": "+14155550123"},
        "channel": "sms",
        "purpose": "transactional",
        "content": content,
        "data": {"name": "Ada"},
    }
    accepted = api.ask("POST", "/v1/messages", body).body
    assert accepted["sms"] == {"encoding": "GSM-7", "parts": 1, "smart_encoding": True}
    assert api.ask("GET", f"/v1/messages/{accepted['id']}").body["sms"] == accepted["sms"]
    rehearsed = api.ask("POST", "/v1/messages", body, query={"dry_run": "true"}).body
    assert rehearsed["content"] == {"text": 'It\'s "Ada"...'}

    template = {"purpose": "transactional", "channels": {"sms": content}}
    assert api.ask("PUT", "/v1/templates/smart", template).body["channels"]["sms"] == content
    templated = {**body, "template": {"id": "smart"}}
    del templated["content"]
    assert api.ask("POST", "/v1/messages", templated).body["sms"] == accepted["sms"]
