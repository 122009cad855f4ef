"""Who may do what: every address is closed to those without a key that allows it."""

import pytest

ROUTES = [
    ("POST", "/v1/messages", "messages:write"),
    ("GET", "/v1/messages", "messages:read"),
    ("GET", "/v1/messages/msg_a", "messages:read"),
    ("PUT", "/v1/templates/a", "templates:write"),
    ("GET", "/v1/templates/a", "templates:read"),
    ("POST", "/v1/keys", "keys:write"),
    ("DELETE", "/v1/keys/key_a", "keys:write"),
]


@pytest.mark.parametrize(
    ("header", "code"),
    [
        ({"authorization": ""}, "missing_key"),
        ({"authorization": "Basic abc"}, "invalid_key"),
        ({"authorization": "Bearer ob_live_" + "a" * 43}, "invalid_key"),
        ({"authorization": "Bearer ob_live_short"}, "invalid_key"),
    ],
)
@pytest.mark.parametrize(("method", "path"), [route[:2] for route in ROUTES] + [("GET", "/x")])
def test_every_address_is_closed_without_a_key(api, method, path, header, code):
    answer = api.ask(method, path, "{}", headers=header)
    assert (answer.status, answer.body["code"]) == (401, code)
    assert answer.headers["www-authenticate"] == "Bearer"


@pytest.mark.parametrize(("method", "path", "scope"), ROUTES)
def test_every_address_asks_for_its_scope(api, method, path, scope):
    other = "templates:read" if scope != "templates:read" else "messages:read"
    key = api.make_key(scopes=[other])
    answer = api.ask(method, path, "{}", key=key["secret"])
    assert (answer.status, answer.body["code"]) == (403, "missing_scope")
    assert scope in answer.body["detail"]


def test_a_key_of_another_tenant_sees_nothing(api):
    text = {"to": {"phone": "+14255550190"}, "channel": "sms", "purpose": "transactional"}
    message = api.ask("POST", "/v1/messages", {**text, "content": {"text": "Hi."}}).body
    other = api.make_key(tenant="umbrella")["secret"]

    answer = api.ask("GET", f"/v1/messages/{message['id']}", key=other)
    listed = api.ask(
        "GET",
        "/v1/messages",
        key=other,
        query={"contact_id": message["to"]["contact_id"]},
    )

    assert answer.body["code"] == "unknown_message"
    assert listed.body["items"] == []


def test_a_key_made_over_https_is_shown_once_and_has_no_more_rights_than_its_maker(api):
    body = {"name": "n", "mode": "test", "scopes": ["messages:read"], "purposes": []}
    headers = {"idempotency-key": "key-1"}
    made = api.ask("POST", "/v1/keys", body, headers=headers)
    again = api.ask("POST", "/v1/keys", body, headers=headers)
    assert made.status == 201
    assert made.body["secret"].startswith("ob_test_")
    assert again.body == made.body | {"secret": None}

    narrow = api.make_key(scopes=["keys:write"], purposes=[], mode="test")["secret"]
    more = api.ask("POST", "/v1/keys", {**body, "mode": "live"}, key=narrow)
    assert (more.status, more.body["code"]) == (403, "more_than_issuer")
    assert {error["pointer"] for error in more.body["errors"]} == {"/scopes", "/mode"}


def test_a_revoked_key_says_so_where_it_was_not_known_yet(api):
    key = api.make_key(scopes=["messages:read"])
    assert api.ask("DELETE", f"/v1/keys/{key['id']}").body["revoked_at"]
    answer = api.ask("GET", "/v1/messages/msg_a", key=key["secret"])
    assert (answer.status, answer.body["code"]) == (401, "revoked_key")
