"""Templates over HTTP: languages, parts, publishing, lists; and what is wrong with them."""

import pytest

SMS = {"sms": {"text": "Order {{ order }}"}}
OFFER = {"purpose": "transactional", "channels": SMS}


def put(api, name, **changes):
    return api.ask("PUT", f"/v1/templates/{name}", {**OFFER, **changes})


def send(api, name, query=None, **template):
    body = {
        "to": {"phone": "+14255550177"},
        "channel": "sms",
        "purpose": "transactional",
        "template": {"id": name, **template},
        "data": {"order": "A-77"},
    }
    return api.ask("POST", "/v1/messages", body, query=query or {})


def test_a_version_is_published_taken_back_and_withdrawn(api):
    put(api, "steps")
    draft = put(api, "steps", channels={"sms": {"text": "New {{ order }}"}}, publish=False)
    assert (draft.body["version"], draft.body["published"]) == (2, False)
    assert send(api, "steps").body["template"]["version"] == 1
    assert send(api, "steps", version=2).body["template"]["version"] == 2

    published = api.ask("POST", "/v1/templates/steps/publish", {"version": 2})
    assert (published.status, published.body["published"]) == (200, True)
    assert send(api, "steps").body["template"]["version"] == 2
    api.ask("POST", "/v1/templates/steps/publish", {"version": 1})
    assert send(api, "steps").body["template"]["version"] == 1

    assert api.ask("DELETE", "/v1/templates/steps").body["published"] is None
    refused = send(api, "steps")
    assert (refused.status, refused.body["code"]) == (422, "unknown_template")
    assert send(api, "steps", version=1).status == 202


def test_templates_and_versions_are_listed(api):
    for text in ("1", "2", "3"):
        put(api, "zz-listed", channels={"sms": {"text": text}})

    first = api.ask("GET", "/v1/templates/zz-listed/versions", query={"limit": "2"}).body
    rest = api.ask(
        "GET",
        "/v1/templates/zz-listed/versions",
        query={"limit": "2", "cursor": first["next_cursor"]},
    ).body
    versions = [(each["version"], each["published"]) for each in first["items"] + rest["items"]]
    assert versions == [(3, True), (2, False), (1, False)]

    found, query = [], {"limit": "1"}
    while True:
        page = api.ask("GET", "/v1/templates", query=query).body
        found += [each["id"] for each in page["items"]]
        if page["next_cursor"] is None:
            break
        query = {"limit": "1", "cursor": page["next_cursor"]}
    assert "zz-listed" in found
    assert found == sorted(found)


def test_a_template_is_read_as_it_was_written(api):
    put(api, "foot", purpose=None, partial=True, channels={"sms": {"text": "Bye {{ name }}"}})
    written = {
        "purpose": "transactional",
        "channels": {
            "sms": {"text": "{{ n }} {% include 'foot' %}"},
            "email": {"subject": "Hi", "text": "Hello"},
        },
        "locale": "en-GB",
        "locales": {"fr": {"sms": {"text": "Bonjour {{ n }}"}}},
        "variables": {
            "n": {"type": "integer", "example": 2},
            "name": {"default": "you", "required": False},
        },
    }
    made = api.ask("PUT", "/v1/templates/written", written)
    read = api.ask("GET", "/v1/templates/written").body

    assert made.status == 201
    assert {**read, "findings": []} == made.body
    assert (read["channels"], read["locales"]) == (written["channels"], written["locales"])
    assert (read["locale"], read["parts"]) == ("en-GB", {"foot": 1})
    assert read["variables"]["n"] == {
        "type": "integer",
        "required": True,
        "default": None,
        "example": 2,
        "sensitive": False,
    }
    assert api.ask("PUT", "/v1/templates/written", written).status == 200


BAD = [
    ({"purpose": None}, "invalid_request", ""),
    ({"partial": True}, "invalid_request", ""),
    ({"channels": {}}, "invalid_request", "/channels"),
    ({"locale": "english"}, "invalid_request", "/locale"),
    ({"locales": {"en_GB": SMS}}, "invalid_request", "/locales/en_GB"),
    ({"locales": {"fr": {}}}, "invalid_request", "/locales/fr"),
    ({"locales": {"fr": {"sms": {"text": 1}}}}, "invalid_request", "/locales/fr/sms/text"),
    ({"locales": {"fr": {"voice": {"text": "a"}}}}, "invalid_template", "/locales/fr/voice"),
    ({"locales": {"fr": {"sms": {"text": "{{"}}}}, "invalid_template", "/locales/fr/sms/text"),
    ({"variables": {"a b": {}}}, "invalid_request", "/variables/a b"),
    ({"variables": {"a": {"type": "float"}}}, "invalid_request", "/variables/a/type"),
    ({"variables": {"order": {"default": 1}}}, "invalid_template", "/variables/order/default"),
    ({"variables": {"order": {"example": "x" * 4000}}}, "invalid_request", None),
    ({"variables": {"order": {"sensitive": True}}}, "sensitive_variable", "/channels/sms/text"),
    ({"variables": {"other": {}}}, "invalid_template", "/channels/sms/text"),
    ({"variables": {"order": {}, "links": {}}}, "reserved_name", "/variables/links"),
    ({"channels": {"sms": {"text": "{% include 'no' %}"}}}, "invalid_template", None),
    ({"channels": {"sms": {"text": "{% include 'bad' %}"}}}, "invalid_template", None),
    ({"channels": {"sms": {"text": "‏{{ order|nothing }}😀"}}}, "invalid_template", None),
]


@pytest.mark.parametrize(("changes", "code", "pointer"), BAD)
def test_a_bad_template_is_refused_with_its_place_and_nothing_is_stored(
    api, changes, code, pointer
):
    before = api.written()
    refused = put(api, "bad", **changes)
    assert (refused.status, refused.body["code"]) == (422, code)
    assert api.written() == before
    if pointer is not None:
        assert refused.body["errors"][0]["pointer"] == pointer


@pytest.mark.parametrize(
    ("name", "more", "code", "pointer"),
    [
        ("choice", {"locale": "fr_FR"}, "invalid_request", "/template/locale"),
        ("choice", {"version": 9}, "unknown_template", "/template"),
        ("alone", {}, "wrong_purpose", "/template"),
    ],
)
def test_a_bad_choice_is_refused(api, name, more, code, pointer):
    put(api, "choice")
    put(api, "alone", purpose=None, partial=True)
    refused = send(api, name, **more)
    assert (refused.status, refused.body["code"]) == (422, code)
    assert refused.body["errors"][0]["pointer"] == pointer


@pytest.mark.parametrize(
    ("method", "path", "body", "query", "status", "code"),
    [
        ("GET", "/v1/templates", None, {"cursor": "bm8gIGlk"}, 400, "invalid_cursor"),
        ("GET", "/v1/templates", None, {"limit": "0"}, 400, "invalid_parameter"),
        ("GET", "/v1/templates", None, {"name": "a"}, 400, "invalid_parameter"),
        ("GET", "/v1/templates/no/versions", None, {}, 404, "unknown_template_id"),
        ("GET", "/v1/templates/choice/versions", None, {"cursor": "YQ=="}, 400, "invalid_cursor"),
        ("POST", "/v1/templates/no/publish", {"version": 1}, {}, 404, "unknown_template_id"),
        ("POST", "/v1/templates/choice/publish", {"version": 99}, {}, 404, "unknown_template_id"),
        ("POST", "/v1/templates/choice/publish", {"version": 0}, {}, 422, "invalid_request"),
        ("POST", "/v1/templates/choice/publish", {}, {}, 422, "invalid_request"),
        ("DELETE", "/v1/templates/no", None, {}, 404, "unknown_template_id"),
    ],
)
def test_what_is_not_there_is_told(api, method, path, body, query, status, code):
    put(api, "choice")
    answer = api.ask(method, path, body, query=query)
    assert (answer.status, answer.body["code"]) == (status, code)
