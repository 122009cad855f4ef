"""Files over HTTP, uploaded to a bucket on moto."""

from datetime import UTC, datetime
from typing import Any

import boto3
import pytest
from icalendar import Calendar

from outbound.wiring import process
from tests.aws import BUCKET
from tests.builders import PNG

PICTURE = {"name": "menu.png", "type": "image/png", "size": len(PNG)}


def upload(announced, content=PNG):
    fields = announced["upload"]["fields"]
    boto3.client("s3").put_object(Bucket=BUCKET, Key=fields["key"], Body=content)


@pytest.fixture
def ready(api):
    """Uploads a file, which need not be what it says; gives its id back."""

    def ready(content=PNG, **changes):
        announced = api.ask("POST", "/v1/media", {**PICTURE, "size": len(content), **changes}).body
        upload(announced, content)
        return announced["id"]

    return ready


def test_a_file_is_announced_uploaded_and_ready(api):
    announced = api.ask("POST", "/v1/media", PICTURE)
    assert announced.status == 201
    assert announced.headers["location"] == f"/v1/media/{announced.body['id']}"
    assert announced.body["state"] == "waiting"
    assert "menu" not in announced.body["upload"]["fields"]["key"]
    path = announced.headers["location"]
    assert api.ask("GET", path).body["state"] == "waiting"

    upload(announced.body)

    found = api.ask("GET", path).body
    assert (found["state"], found["reason"]) == ("ready", None)
    assert "upload" not in found
    assert api.ask("DELETE", path).status == 200
    gone = api.ask("GET", path)
    assert (gone.status, gone.body["code"]) == (404, "unknown_media")


def test_what_is_no_picture_is_rejected(api, ready):
    found = api.ask("GET", f"/v1/media/{ready(b'MZ'.ljust(100, b'.'))}").body
    assert (found["state"], found["reason"]) == ("rejected", "wrong_type")


def test_another_tenants_file_is_unknown(api, ready):
    path = f"/v1/media/{ready()}"
    other = api.make_key(tenant="other")["secret"]

    for method in ("GET", "DELETE"):
        answer = api.ask(method, path, key=other)
        assert (answer.status, answer.body["code"]) == (404, "unknown_media")
    assert api.ask("GET", path).body["state"] == "ready"


def test_a_key_needs_the_scopes_of_media(api):
    other = api.make_key(scopes=["messages:write"])["secret"]
    for method, path in (
        ("POST", "/v1/media"),
        ("GET", "/v1/media/med_1"),
        ("DELETE", "/v1/media/med_1"),
    ):
        assert api.ask(method, path, PICTURE, key=other).body["code"] == "missing_scope"


def test_the_same_request_announces_one_file(api):
    headers = {"idempotency-key": "one-menu"}
    first = api.ask("POST", "/v1/media", PICTURE, headers=headers)
    again = api.ask("POST", "/v1/media", PICTURE, headers=headers)

    assert again.body["id"] == first.body["id"]
    assert again.headers["idempotent-replayed"] == "true"
    assert "idempotent-replayed" not in first.headers


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"name": "../menu.png"}, "/name"),
        ({"name": "menu.exe"}, "/name"),
        ({"name": "gnp.\u202eexe.png"}, "/name"),
        ({"type": "application/x-msdownload"}, "/type"),
        ({"size": 0}, "/size"),
        ({"size": 28_000_001}, "/size"),
        ({"size": "100"}, "/size"),
        ({"sha256": "abc"}, "/sha256"),
        ({"expires_in": "P1Y"}, "/expires_in"),
        ({"expires_in": "PT1M"}, "/expires_in"),
        ({"expires_in": "P367D"}, "/expires_in"),
        ({"tenant": "other"}, "/tenant"),
    ],
)
def test_what_cannot_be_kept_is_refused_at_its_place(api, changes, pointer):
    before = api.written()
    answer = api.ask("POST", "/v1/media", {**PICTURE, **changes})

    assert (answer.status, answer.body["code"]) == (422, "invalid_request")
    assert [error["pointer"] for error in answer.body["errors"]] == [pointer]
    assert api.written() == before


def email(**content):
    content = {"subject": "Menu", "text": "The menu.", **content}
    to = {"email": "ann@example.org"}
    return {"to": to, "channel": "email", "purpose": "transactional", "content": content}


def test_an_email_arrives_with_its_file_its_picture_and_its_reply_to(api, ready, monkeypatch):
    text = {"name": "a.txt", "type": "text/plain", "data": "SGVsbG8="}
    picture = {"media_id": ready(), "disposition": "inline", "content_id": "logo"}
    content = {"attachments": [text, picture], "html": '<img src="cid:logo">'}
    accepted = api.ask("POST", "/v1/messages", email(**content, reply_to=["Help@Example.com"]))
    assert accepted.status == 202

    api.work_off("email", monkeypatch)

    sent = api.carrier.outbox.items()
    (item,) = [each for each in sent if each.message_id == accepted.body["id"]]
    assert [(each.name, each.size, each.content_id) for each in item.attachments] == [
        ("a.txt", 5, None),
        ("menu.png", 100, "logo"),
    ]
    assert ("Reply-To", "Help@example.com") in item.headers


def test_a_template_keeps_its_files(api, ready):
    channels = {
        "email": {
            "subject": "Menu",
            "text": "The menu.",
            "attachments": [{"media_id": ready(), "disposition": "attachment"}],
            "reply_to": ["help@example.com"],
        }
    }
    body = {"purpose": "transactional", "channels": channels}
    assert api.ask("PUT", "/v1/templates/menu", body).body["channels"] == channels
    assert api.ask("GET", "/v1/templates/menu").body["channels"] == channels


@pytest.mark.parametrize(
    ("attachment", "pointer"),
    [
        ({}, "/content/attachments/0"),
        ({"media_id": "med_1"}, "/content/attachments/0/media_id"),
        ({"name": "a.txt", "type": "text/plain", "data": "%"}, "/content/attachments/0/data"),
        ({"name": "a.exe", "type": "text/plain", "data": "SGVsbG8="}, "/content/attachments/0"),
        ({"name": "a.txt", "type": "text/plain", "data": "TVqQAAM="}, "/content/attachments/0"),
        ({"name": "a.png", "type": "image/png", "data": "SGVsbG8="}, "/content/attachments/0"),
        ({"name": "a.txt", "data": "SGVsbG8="}, "/content/attachments/0"),
    ],
)
def test_an_attachment_that_is_none_is_refused_at_its_place(api, attachment, pointer):
    answer = api.ask("POST", "/v1/messages", email(attachments=[attachment]))
    assert answer.status == 422
    assert [error["pointer"] for error in answer.body["errors"]] == [pointer]


def test_another_tenants_file_cannot_be_sent(api, ready):
    other = api.make_key(tenant="other")["secret"]
    body = email(attachments=[{"media_id": ready()}])
    assert api.ask("POST", "/v1/messages", body, key=other).body["code"] == "media_not_found"


def test_without_its_provider_a_text_has_no_file(api, ready):
    content = {"text": "The menu.", "media": {"media_id": ready()}}
    body = {**email(), "to": {"phone": "+14255550188"}, "channel": "sms", "content": content}
    answer = api.ask("POST", "/v1/messages", body)
    assert (answer.status, answer.body["code"]) == (422, "mms_not_available")
    assert "sms.provider" in answer.body["detail"]


APPOINTMENT = {
    "start": "{{ at }}",
    "duration": "PT30M",
    "summary": "Dr {{ doctor }}",
    "organizer": "clinic@example.com",
    "method": "REQUEST",
}
DATA = {"at": "2026-12-24T09:00:00+01:00", "doctor": "Ada; Lovelace"}


def test_an_email_brings_its_appointment(api, monkeypatch):
    body = {**email(calendar=APPOINTMENT), "data": DATA}
    files = []

    def note(params, **_):
        files.extend(params["Content"]["Simple"].get("Attachments", ()))

    tried = api.ask("POST", "/v1/messages", body, query={"dry_run": "true"}).body
    assert tried["content"]["calendar"]["summary"] == "Dr Ada; Lovelace"
    assert api.ask("POST", "/v1/messages", body).status == 202
    events = process.sender("sesv2").meta.events
    events.register("provide-client-params.sesv2.SendEmail", note)
    api.work_off("email", monkeypatch)
    events.unregister("provide-client-params.sesv2.SendEmail", note)

    (invitation,) = files
    calendar: Any = Calendar.from_ical(invitation["RawContent"])
    (event,) = calendar.walk("VEVENT")
    assert invitation["FileName"] == "invite.ics"
    assert "method=REQUEST" in invitation["ContentType"]
    assert event["SUMMARY"] == "Dr Ada; Lovelace"
    assert event["DTSTART"].dt == datetime(2026, 12, 24, 8, tzinfo=UTC)
    assert event["DTEND"].dt == datetime(2026, 12, 24, 8, 30, tzinfo=UTC)
    assert event["ATTENDEE"] == "mailto:ann@example.org"
    assert event["ATTENDEE"].params["RSVP"] == "TRUE"


@pytest.mark.parametrize(
    ("changes", "data", "pointer"),
    [
        ({}, {"at": "tomorrow"}, "/content/calendar/start"),
        ({}, {"at": "2026-12-24T09:00:00"}, "/content/calendar/start"),
        ({"duration": "1h"}, {}, "/content/calendar/duration"),
        ({"duration": "PT0S"}, {}, "/content/calendar/duration"),
        ({"summary": "{{"}, {}, "/content/calendar/summary"),
        ({"end": "{{ at }}"}, {}, "/content/calendar"),
        ({"method": "COUNTER"}, {}, "/content/calendar/method"),
        ({"method": "CANCEL"}, {}, "/content/calendar"),
        ({"method": "CANCEL", "uid": "a@x.org"}, {}, "/content/calendar"),
        ({"sequence": 1}, {}, "/content/calendar"),
        ({"sequence": -1}, {}, "/content/calendar/sequence"),
        ({"sequence": "{{ at }}", "uid": "a@x.org"}, {}, "/content/calendar/sequence"),
    ],
)
def test_an_appointment_that_is_none_is_refused_at_its_place(api, changes, data, pointer):
    body = {**email(calendar={**APPOINTMENT, **changes}), "data": {**DATA, **data}}
    answer = api.ask("POST", "/v1/messages", body)
    assert answer.status == 422
    assert [error["pointer"] for error in answer.body["errors"]] == [pointer]
