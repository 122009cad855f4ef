"""The product as `cdk deploy` puts it into the emulator, used over HTTP."""

import hashlib
import json
import threading
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from playwright.sync_api import expect

from infra.local.places import SERVICE_STACK
from outbound_client import Content, Problem
from outbound_client.command import main
from tests.builders import PNG
from tests.e2e.deployed import client_of, command, eventually, free_port, outbox

TEXT: dict[str, Any] = {
    "to": {"phone": "+14255550170"},
    "channel": "sms",
    "purpose": "transactional",
}


@pytest.fixture(scope="module", autouse=True)
def scheduled(client):
    soon = datetime.now(UTC) + timedelta(seconds=5)
    return client.send_message(**TEXT, content={"text": "This was scheduled."}, send_at=soon)


@pytest.fixture(scope="module", autouse=True)
def revoked(run, client):
    key = client.create_key(
        name="to be revoked", mode="live", scopes=["messages:read"], purposes=[]
    )
    with client_of(run, key.secret.get_secret_value()) as other:
        other.list_messages("con_nobody")
        client.revoke_key(key.id)
        yield other


def test_the_demo_ends_as_expected(demonstrated):
    assert demonstrated


def test_twenty_clients_with_one_idempotency_key_send_once(run):
    content: Content = {"text": "Twenty asked for this."}
    answers = []

    def ask():
        with client_of(run) as client:
            answers.append(client.send_message(**TEXT, content=content, idempotency_key="twenty"))

    threads = [threading.Thread(target=ask) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(answers) == 20
    assert len({answer.id for answer in answers}) == 1
    with client_of(run) as client:
        client.wait_for(answers[0].id, until={"delivered"}, timeout=150)
        with pytest.raises(Problem) as refused:
            client.send_message(**TEXT, content={"text": "Another."}, idempotency_key="twenty")
    assert (refused.value.status, refused.value.code) == (422, "idempotency_key_reused")
    assert [item["text"] for item in outbox(run)].count(content["text"]) == 1


def test_a_test_key_sends_nothing_and_says_what_would_have_become_of_it(run, client):
    made = client.create_key(
        name="rehearsal",
        mode="test",
        scopes=["messages:write", "messages:read"],
        purposes=["transactional"],
    )
    with client_of(run, made.secret.get_secret_value()) as rehearsing:
        message = rehearsing.send_message(**TEXT, content={"text": "Only a rehearsal."})
        done = rehearsing.wait_for(message.id, until={"delivered"}, timeout=150)
    assert done.provider is not None
    assert done.provider.name == "rehearsal"
    assert "Only a rehearsal." not in [item["text"] for item in outbox(run)]
    with pytest.raises(Problem) as unknown:
        client.get_message(message.id)
    assert unknown.value.code == "unknown_message"


def test_the_outbox_shows_what_was_sent(run, client, browser):
    message = client.send_message(
        to={"email": "ann@example.org"},
        channel="email",
        purpose="informational",
        content={
            "subject": "See you, {{ name }}",
            "text": "Dear {{ name }}, see you.",
            "html": "<p>Dear <b>{{ name }}</b>, see you.</p>",
        },
        data={"name": "<Ann>"},
    )
    client.wait_for(message.id, until={"delivered"}, timeout=150)

    page = browser.new_page()
    page.goto(run.outbox_url)
    page.get_by_text("See you, <Ann>").first.click()
    expect(page.get_by_text("Dear <Ann>, see you.").first).to_be_visible()
    frame = page.frame_locator("iframe").first
    expect(frame.get_by_text("<Ann>")).to_be_visible()
    page.close()


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "code"),
    [
        ("POST", "/v1/messages", b"{", 400, "malformed_json"),
        ("POST", "/v1/messages", b"[]", 422, "invalid_request"),
        ("POST", "/v1/messages", b'{"to": "' + b"x" * 7_000_000 + b'"}', 413, "body_too_large"),
        ("GET", "/v1/messages/msg_unknown", b"", 404, "unknown_message"),
        ("GET", "/v1/messages?contact_id=con_a&cursor=wrong", b"", 400, "invalid_cursor"),
        ("GET", "/v1/messages", b"", 400, "invalid_parameter"),
        ("PUT", "/v1/templates/Not%20An%20Id", b"{}", 422, "invalid_request"),
        ("DELETE", "/v1/keys/key_unknown", b"", 404, "unknown_key_id"),
        ("PATCH", "/v1/anything/else", b"{}", 404, "unknown_route"),
    ],
)
def test_what_is_wrong_is_a_problem_that_says_so(run, method, path, body, status, code):
    headers = {"Authorization": f"Bearer {run.api_key}", "Content-Type": "application/json"}
    answer = httpx.request(method, run.url + path, content=body, headers=headers, timeout=60)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["request_id"]


@pytest.mark.parametrize("path", ["/v1/messages", "/v1/templates/a", "/v1/keys", "/nothing/here"])
def test_no_address_answers_a_stranger(run, path):
    answer = httpx.post(run.url + path, json={}, timeout=60)
    assert (answer.status_code, answer.json()["code"]) == (401, "missing_key")
    assert answer.headers["www-authenticate"] == "Bearer"


def test_a_browser_of_an_allowed_origin_may_call(run):
    origin = "http://127.0.0.1:4570"
    headers = {"Origin": origin, "Access-Control-Request-Method": "POST"}
    answer = httpx.options(f"{run.url}/v1/messages", headers=headers, timeout=60)
    assert answer.status_code < 300
    assert answer.headers["access-control-allow-origin"] == origin


def test_a_taken_port_is_named(run, tmp_path):
    taken = httpx.URL(run.url).port or 80
    started = command("start", tmp_path, (taken, free_port()))
    assert started.returncode == 1
    assert f"Port {taken} is taken" in started.stdout
    assert "OUTBOUND_EMULATOR_PORT" in started.stdout


def test_a_revoked_key_works_nowhere_within_a_minute(revoked):
    def is_refused():
        try:
            revoked.list_messages("con_nobody")
        except Problem as problem:
            return problem.code == "revoked_key"
        return False

    assert eventually(is_refused, 120)


def test_a_scheduled_message_leaves_by_the_sweep(run, client, scheduled):
    assert scheduled.status == "scheduled"
    done = client.wait_for(scheduled.id, until={"delivered"}, timeout=150)
    left = next(entry.at for entry in done.timeline if entry.status == "sending")
    assert left >= scheduled.created_at + timedelta(seconds=4)
    assert [item["text"] for item in outbox(run)].count("This was scheduled.") == 1


def test_a_file_and_an_invitation_arrive_with_an_email(run, client):
    picture = client.upload_media("logo.png", PNG, type="image/png")
    assert (picture.state, picture.reason) == ("ready", None)
    message = client.send_message(
        to={"email": "media@example.org"},
        channel="email",
        purpose="transactional",
        content={
            "subject": "Menu",
            "text": "The menu.",
            "html": '<img src="cid:logo">',
            "attachments": [
                {"media_id": picture.id},
                {"media_id": picture.id, "disposition": "inline", "content_id": "logo"},
            ],
            "calendar": {
                "start": "2027-03-01T09:30:00-08:00",
                "duration": "PT30M",
                "summary": "Tasting of the menu",
                "organizer": "chef@example.com",
                "method": "REQUEST",
            },
            "reply_to": ["help@example.org"],
        },
    )
    client.wait_for(message.id, until={"delivered"}, timeout=150)

    (item,) = [each for each in outbox(run) if each["message_id"] == message.id]
    digest = hashlib.sha256(PNG).hexdigest()
    *pictures, invitation = item["attachments"]
    assert [each["sha256"] for each in pictures] == [digest, digest]
    assert [each["content_id"] for each in pictures] == [None, "logo"]
    assert (invitation["name"], invitation["content_type"]) == (
        "invite.ics",
        "text/calendar; method=REQUEST; charset=UTF-8",
    )
    lines = httpx.get(f"{run.outbox_url}/{item['provider_id']}/files/2").text.split("\r\n")
    assert {"METHOD:REQUEST", "SUMMARY:Tasting of the menu", "DTSTART:20270301T173000Z"} <= {*lines}
    assert {"name": "Reply-To", "value": "help@example.org"} in item["headers"]


@pytest.fixture
def secret_of_the_clinic(run, monkeypatch, capsys):
    for name, value in run.aws["credentials"].items():
        monkeypatch.setenv(name.upper(), value)
    place = ("--stack", SERVICE_STACK, "--region", run.aws["region"])
    arguments = (
        "keys",
        "create",
        "--json",
        "--tenant",
        "clinic",
        "--name",
        "e2e",
        "--mode",
        "live",
    )
    rights = ("--scopes", "messages:write", "messages:read", "--purposes", "transactional")
    assert (
        main((*arguments, *rights, *place, "--endpoint-url", run.aws["endpoints"]["default"])) == 0
    )
    return json.loads(capsys.readouterr().out)["secret"]


def test_an_email_of_a_tenant_arrives_from_its_sender(run, secret_of_the_clinic):
    with client_of(run, secret_of_the_clinic) as clinic:
        message = clinic.send_message(
            to={"email": "sender@example.org"},
            channel="email",
            purpose="transactional",
            content={
                "subject": "News",
                "text": "News.",
                "from": "Ward 3 <news@clinic.example.org>",
            },
        )
        clinic.wait_for(message.id, until={"delivered"}, timeout=150)

    assert message.sender == "Ward 3 <news@clinic.example.org>"
    (item,) = [each for each in outbox(run) if each["message_id"] == message.id]
    assert item["from"] == message.sender


def test_a_file_that_is_not_what_it_says_is_rejected(client):
    program = client.upload_media("logo.png", b"MZ".ljust(100, b"."), type="image/png")
    assert (program.state, program.reason) == ("rejected", "wrong_type")
