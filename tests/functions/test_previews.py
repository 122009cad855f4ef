"""Templates are looked at, shown and tested over HTTPS."""

import pytest

OFFER = {
    "purpose": "marketing",
    "channels": {
        "sms": {"text": "Shop: {{ offer }}. Reply STOP to end."},
        "email": {
            "subject": "{{ offer }}",
            "text": "{{ offer }}\n{{ organisation.postal_address }}\n{{ links.unsubscribe }}",
        },
    },
}
SHOP = {"name": "Shop", "postal_address": "12 Green Street, Portland, OR 97201"}
DATA = {"offer": "Shoes"}


@pytest.fixture(scope="module")
def key(api):
    key = api.make_key(tenant="shop")["secret"]
    without = api.ask("PUT", "/v1/templates/offer", OFFER, key=key)
    assert (without.status, without.body["code"]) == (422, "broken_rule")
    assert {error["pointer"] for error in without.body["errors"]} == {"/channels/email/text"}
    api.ask("PUT", "/v1/settings", SHOP, key=key)
    stored = api.ask("PUT", "/v1/templates/offer", OFFER, key=key)
    assert (stored.status, stored.body["findings"]) == (201, [])
    return key


def test_a_preview_writes_nothing_and_tells_all(api, key):
    before = api.written()
    shown = api.ask("POST", "/v1/templates/offer/preview", {"data": DATA}, key=key)
    assert shown.status == 200
    assert shown.body["bodies"]["sms"] == {"text": "Shop: Shoes. Reply STOP to end."}
    assert shown.body["sms"] == {"encoding": "GSM-7", "parts": 1}
    assert set(shown.body["price"]) == {"sms", "email"}
    assert set(shown.body["reading_ease"]) == {"sms", "email"}
    assert shown.body["findings"] == []
    assert api.written() == before


def test_a_warning_has_its_place_in_the_answer(api, key):
    data = {"offer": "Shoes at http://shop.example.com"}
    shown = api.ask("POST", "/v1/templates/offer/preview", {"data": data}, key=key)
    places = {(each["rule"], each["place"]) for each in shown.body["findings"]}
    assert ("insecure-link", "/bodies/sms/text") in places


@pytest.mark.parametrize(
    ("path", "body", "status", "code"),
    [
        ("offer/preview", {}, 422, "missing_variable"),
        ("offer/preview", {"channel": "voice"}, 422, "channel_without_content"),
        ("offer/preview", {"contact_id": "nobody"}, 422, "unknown_contact"),
        ("offer/preview", {"version": 9}, 404, "unknown_template_id"),
        ("offer/preview", {"data": {"links": 1}}, 422, "reserved_name"),
        ("Offer/preview", {}, 422, "invalid_request"),
        ("offer/preview", {"other": 1}, 422, "invalid_request"),
        ("offer/test-send", {"testers": []}, 422, "invalid_request"),
        ("offer/test-send", {"testers": ["ann"]}, 422, "tester_not_verified"),
        ("none/test-send", {"testers": ["ann"]}, 404, "unknown_template_id"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_written(api, key, path, body, status, code):
    before = api.written()
    answer = api.ask("POST", f"/v1/templates/{path}", body, key=key)
    assert (answer.status, answer.body["code"]) == (status, code)
    assert api.written() == before


def test_who_may_not_read_contacts_previews_for_none(api, key):
    narrow = api.make_key(tenant="shop", scopes=["templates:read"])["secret"]
    wish = {"data": DATA, "contact_id": "ada"}
    answer = api.ask("POST", "/v1/templates/offer/preview", wish, key=narrow)
    assert (answer.status, answer.body["code"]) == (403, "missing_scope")
    shown = api.ask("POST", "/v1/templates/offer/preview", {"data": DATA}, key=narrow)
    assert shown.status == 200
