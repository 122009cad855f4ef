"""Senders of tenants over HTTP, as SES gets them."""

import json

import pytest

MAIL = {"subject": "Hello", "text": "Hello."}


def email(sender=None, **changes):
    content = {**MAIL, **({} if sender is None else {"from": sender})}
    message = {"to": {"email": "ann@example.com"}, "channel": "email", "purpose": "transactional"}
    return {**message, "content": content, **changes}


@pytest.fixture
def clinic(api):
    return api.make_key(tenant="clinic")["secret"]


def arrived(api, message_id):
    return [each for each in api.carrier.outbox.items() if each.message_id == message_id]


@pytest.mark.parametrize(
    ("stated", "told", "header"),
    [
        (None, "Clinic <hello@clinic.test>", "Clinic <hello@clinic.test>"),
        ("News@Clinic.test", "news@clinic.test", "news@clinic.test"),
        (
            '"Ärzte, Wien" <news@clinic.test>',
            '"Ärzte, Wien" <news@clinic.test>',
            "=?utf-8?b?w4RyenRlLCBXaWVu?= <news@clinic.test>",
        ),
    ],
)
def test_an_email_of_a_tenant_arrives_from_its_sender(
    api, clinic, monkeypatch, stated, told, header
):
    accepted = api.ask("POST", "/v1/messages", email(stated), key=clinic)
    assert (accepted.status, accepted.body["from"]) == (202, told)

    api.work_off("email", monkeypatch)

    (item,) = arrived(api, accepted.body["id"])
    assert item.sender == header
    found = api.ask("GET", f"/v1/messages/{accepted.body['id']}", key=clinic).body
    assert (found["status"], found["from"]) == ("sent", told)


def test_who_has_no_sender_of_its_own_sends_as_the_deployment(api, monkeypatch):
    accepted = api.ask("POST", "/v1/messages", email())
    assert "from" not in accepted.body

    api.work_off("email", monkeypatch)

    (item,) = arrived(api, accepted.body["id"])
    assert item.sender == "Acme <news@example.com>"


BAD = [
    ("bank@example.org", "sender_not_allowed"),
    ("Clinic <news@example.com>", "sender_not_allowed"),
    ("Clinic <other@clinic.test>", "sender_not_allowed"),
    ("not an address", "invalid_request"),
    ("", "invalid_request"),
    (7, "invalid_request"),
    (["news@clinic.test"], "invalid_request"),
    ("x" * 300, "invalid_request"),
    ("x" * 300 + " <news@clinic.test>", "invalid_request"),
    ("x" * 100_000, "invalid_request"),
    ("Clinic\r\nBcc: eve@example.org <news@clinic.test>", "invalid_request"),
    ('"Clinic\r\nBcc: eve@example.org" <news@clinic.test>', "invalid_request"),
    ("news@clinic.test, eve@example.org", "invalid_request"),
    ("eve@example.org, Clinic <news@clinic.test>", "invalid_request"),
    ("=?utf-8?q?Clinic=0D=0ABcc:?= <news@clinic.test>", "invalid_request"),
    ("{{ name }} <news@clinic.test>", "invalid_request"),
    ("Clinic\ud800 <news@clinic.test>", "malformed_json"),
]


@pytest.mark.parametrize(("stated", "code"), BAD, ids=range(len(BAD)))
@pytest.mark.parametrize("query", [{}, {"dry_run": "true"}], ids=["send", "dry run"])
def test_a_bad_sender_is_refused_with_its_place_and_nothing_is_written(
    api, clinic, stated, code, query
):
    before = api.written()
    answer = api.ask("POST", "/v1/messages", email(stated), key=clinic, query=query)

    assert answer.status == (400 if code == "malformed_json" else 422)
    assert answer.body["code"] == code
    if code != "malformed_json":
        assert [each["pointer"] for each in answer.body["errors"]] == ["/content/from"]
    assert "eve@" not in json.dumps(answer.body)
    assert "bank@" not in json.dumps(answer.body)
    assert api.written() == before


def test_another_tenants_sender_is_refused_and_never_named(api):
    answer = api.ask("POST", "/v1/messages", email("news@clinic.test"))

    assert (answer.status, answer.body["code"]) == (422, "sender_not_allowed")
    assert answer.body["detail"] == "from must have one of your own addresses: news@example.com."
    assert "clinic.test" not in json.dumps(answer.body)


def test_only_emails_have_a_sender(api):
    text = {"to": {"phone": "+14255550199"}, "channel": "sms", "purpose": "transactional"}
    content = {"text": "Hello.", "from": "news@example.com"}
    answer = api.ask("POST", "/v1/messages", {**text, "content": content})

    assert (answer.status, answer.body["errors"][0]["code"]) == (422, "unknown_field")
    assert answer.body["errors"][0]["pointer"] == "/content/from"


def test_in_a_batch_a_foreign_sender_is_refused_alone(api, clinic):
    batch = {"messages": [email("bank@example.org"), email("news@clinic.test")]}
    refused, accepted = api.ask("POST", "/v1/messages/batch", batch, key=clinic).body["items"]

    assert refused["problem"]["code"] == "sender_not_allowed"
    assert refused["problem"]["errors"][0]["pointer"] == "/messages/0/content/from"
    assert accepted["from"] == "news@clinic.test"


def test_a_template_keeps_its_sender_and_its_emails_are_from_it(api, clinic, monkeypatch):
    channels = {"email": {**MAIL, "from": "Ward 3 <news@clinic.test>"}}
    template = {"purpose": "transactional", "channels": channels}
    stored = api.ask("PUT", "/v1/templates/ward", template, key=clinic)
    assert (stored.status, stored.body["channels"]) == (201, channels)

    message = {**email(), "template": {"id": "ward"}}
    del message["content"]
    accepted = api.ask("POST", "/v1/messages", message, key=clinic).body
    api.work_off("email", monkeypatch)

    (item,) = arrived(api, accepted["id"])
    assert item.sender == "Ward 3 <news@clinic.test>"


def test_a_template_with_a_foreign_sender_is_refused(api):
    channels = {"email": {**MAIL, "from": "news@clinic.test"}}
    answer = api.ask(
        "PUT", "/v1/templates/foreign", {"purpose": "transactional", "channels": channels}
    )

    assert (answer.status, answer.body["code"]) == (422, "sender_not_allowed")
    assert answer.body["errors"][0]["pointer"] == "/channels/email/from"
    assert api.ask("GET", "/v1/templates/foreign").status == 404
