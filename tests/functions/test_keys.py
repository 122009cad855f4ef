"""Who may do what: every address is closed to those without a key that allows it."""

import pytest

from outbound.domain.link import Invitation
from outbound.wiring import links

ROUTES = [
    ("POST", "/v1/messages", "messages:write"),
    ("GET", "/v1/messages", "messages:read"),
    ("GET", "/v1/messages/msg_a", "messages:read"),
    ("PUT", "/v1/templates/a", "templates:write"),
    ("GET", "/v1/templates/a", "templates:read"),
    ("POST", "/v1/keys", "keys:write"),
    ("GET", "/v1/keys", "keys:write"),
    ("GET", "/v1/keys/key_a", "keys:write"),
    ("POST", "/v1/keys/key_a/rotate", "keys:write"),
    ("POST", "/v1/messages/batch", "messages:write"),
    ("POST", "/v1/messages/msg_a/cancel", "messages:write"),
    ("PATCH", "/v1/messages/msg_a", "messages:write"),
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


def test_a_key_is_listed_with_its_last_use_and_without_its_secret(api):
    made = api.make_key(tenant="lister")
    listed = api.ask("GET", "/v1/keys", key=made["secret"])
    assert listed.status == 200
    (shown,) = listed.body["items"]
    assert shown["id"] == made["id"]
    assert "secret" not in shown
    assert shown["last_used_at"].endswith(":00:00.000Z")
    assert api.ask("GET", f"/v1/keys/{made['id']}", key=made["secret"]).body == shown
    other = api.ask("GET", f"/v1/keys/{made['id']}")
    assert (other.status, other.body["code"]) == (404, "unknown_key_id")


def test_a_rotated_key_and_its_successor_both_work_for_a_while(api):
    old = api.make_key()
    answer = api.ask("POST", f"/v1/keys/{old['id']}/rotate", {"overlap": "PT1H"})
    assert answer.status == 201
    assert answer.body["replaces"] == old["id"]
    for secret in (old["secret"], answer.body["secret"]):
        assert api.ask("GET", "/v1/keys", key=secret, query={"limit": "1"}).status == 200
    again = api.ask("POST", f"/v1/keys/{old['id']}/rotate")
    assert (again.status, again.body["code"]) == (409, "key_already_rotated")


@pytest.mark.parametrize("overlap", ["a day", "P31D", "PT", "P", "P1Y", "-PT1H", "PT1S", 5])
def test_an_overlap_is_a_duration_of_at_most_thirty_days(api, overlap):
    old = api.make_key()
    answer = api.ask("POST", f"/v1/keys/{old['id']}/rotate", {"overlap": overlap})
    assert (answer.status, answer.body["errors"][0]["pointer"]) == (422, "/overlap")


def test_a_key_works_from_its_addresses_alone(api):
    here = api.make_key(allowed_addresses=["192.0.2.0/24"])["secret"]
    elsewhere = api.make_key(allowed_addresses=["198.51.100.7", "2001:db8::/32"])["secret"]
    assert api.ask("GET", "/v1/keys", key=here).status == 200
    answer = api.ask("GET", "/v1/keys", key=elsewhere)
    assert (answer.status, answer.body["code"]) == (403, "address_not_allowed")
    assert "192.0.2" not in str(answer.body)


@pytest.mark.parametrize(
    ("field", "value", "pointer"),
    [
        ("allowed_addresses", ["everywhere"], "/allowed_addresses/0"),
        ("allowed_addresses", ["192.0.2.1/24"], "/allowed_addresses/0"),
        ("allowed_addresses", ["192.0.2.1"] * 21, "/allowed_addresses"),
        ("limit_per_minute", 0, "/limit_per_minute"),
        ("limit_per_minute", "60", "/limit_per_minute"),
    ],
)
def test_a_wrong_restriction_is_refused(api, field, value, pointer):
    body = {"name": "n", "mode": "test", "scopes": ["messages:read"], "purposes": []}
    answer = api.ask("POST", "/v1/keys", {**body, field: value})
    assert (answer.status, answer.body["errors"][0]["pointer"]) == (422, pointer)


def test_a_whole_number_may_be_written_with_a_point(api):
    assert api.make_key(limit_per_minute=60.0)["limit_per_minute"] == 60


def test_each_answer_says_what_is_left_and_the_one_too_many_is_refused(api):
    key = api.make_key(limit_per_minute=3)["secret"]
    answers = [api.ask("GET", "/v1/keys", key=key) for _ in range(4)]
    assert [answer.status for answer in answers] == [200, 200, 200, 429]
    assert [answer.headers["ratelimit"].split(";")[1] for answer in answers] == [
        "r=2",
        "r=1",
        "r=0",
        "r=0",
    ]
    assert answers[0].headers["ratelimit-policy"] == '"default";q=3;w=60'
    assert answers[3].body["code"] == "rate_limited"
    assert 0 < int(answers[3].headers["retry-after"]) <= 60


def test_a_batch_counts_as_its_messages(api):
    key = api.make_key(limit_per_minute=10)["secret"]
    message = {"to": {"phone": "+14255550195"}, "channel": "sms", "purpose": "transactional"}
    items = [{**message, "content": {"text": "Hi."}}] * 4
    left = [
        api.ask("POST", "/v1/messages/batch", {"messages": items}, key=key).headers["ratelimit"]
        for _ in range(2)
    ]
    assert [each.split(";")[1] for each in left] == ["r=6", "r=2"]
    assert api.ask("POST", "/v1/messages/batch", {"messages": items}, key=key).status == 429


def test_an_operator_lists_and_rotates(api):
    made = api.make_key(tenant="operated")
    listed = api.operate("list_keys", tenant="operated")
    assert [key["id"] for key in listed["keys"]] == [made["id"]]
    rotated = api.operate("rotate_key", tenant="operated", id=made["id"], overlap="PT0M")
    assert rotated["key"]["replaces"] == made["id"]
    unknown = api.operate("make_coffee")
    assert unknown["problem"]["code"] == "invalid_request"


def test_an_operator_replaces_the_key_of_the_links_and_the_old_one_works_on(api):
    invitation = Invitation("acme", "garden")
    before = links.signed().invite(invitation)
    first = api.operate("rotate_links")
    assert first["ok"]
    assert api.operate("rotate_links") == first
    [newest, oldest] = links.keys()
    assert newest != oldest
    token = before.rpartition("/")[2]
    assert links.signed().read_invitation(token) == invitation
