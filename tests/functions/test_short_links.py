"""Short links over HTTP: where they lead, and who leaves a mark."""

from __future__ import annotations

import re
from dataclasses import replace
from types import SimpleNamespace

import pytest

from functions.pages.handler import handler
from outbound.domain.machines import HASTE
from outbound.wiring import pages as wiring
from outbound.wiring import process
from tests.aws import PAGES
from tests.functions.conftest import CONTEXT, event
from tests.functions.upkeep import work_off

TARGET = "https://shop.example.com/spring?from=text"
BROWSER = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1 Safari/604.1"
GRANTED = {"status": "granted", "level": "express", "source": "web form"}


@pytest.fixture(autouse=True)
def a_while_later(api, monkeypatch):
    """Whoever follows a link has had the time to read."""
    ports = wiring.follow_ports()
    later = SimpleNamespace(now=lambda: ports.clock.now() + HASTE)
    monkeypatch.setattr(wiring, "follow_ports", lambda: replace(ports, clock=later))


def visit(path, method="GET", **headers):
    sent = {"user-agent": BROWSER} | {
        name.replace("_", "-"): value for name, value in headers.items()
    }
    answer = handler(event(method, path, None, sent, {}), CONTEXT)
    return SimpleNamespace(
        status=answer["statusCode"],
        text=answer["body"],
        headers={name.lower(): value for name, value in answer["headers"].items()},
    )


@pytest.fixture
def someone(api, request, monkeypatch):
    """Somebody who got a text with a short link; gives the message's id and the link's path."""
    number = f"+1206555{abs(hash(request.node.name)) % 10_000:04}"
    name = f"s{number[1:]}"

    def someone(*, tracking=True, purpose="transactional", target=TARGET):
        topic = {"topic": "click-tracking"} if tracking else {"topic": "offers"}
        body = {
            "phone": number,
            "region": "US-WA",
            "consents": {"sms": {purpose: {**GRANTED, **topic}}},
        }
        assert api.ask("PUT", f"/v1/contacts/{name}", body).status in (200, 201)
        message = {
            "to": {"contact_id": name},
            "channel": "sms",
            "purpose": purpose,
            "topic": "offers",
            "content": {"text": f'See {{{{ "{target}"|short }}}}'},
        }
        accepted = api.ask("POST", "/v1/messages", message)
        assert accepted.status == 202, accepted.body
        api.carrier.outbox.clear()
        api.work_off("sms", monkeypatch)
        [item] = api.carrier.outbox.items()
        [path] = re.findall(rf"{PAGES}(/l/\S+)", item.text)
        return SimpleNamespace(name=name, id=accepted.body["id"], path=path)

    return someone


def marks(api, someone):
    return api.ask("GET", f"/v1/messages/{someone.id}").body["marks"]


def test_a_link_leads_to_its_target_and_names_nobody(api, someone):
    sent = someone()
    assert len(sent.path) == 16
    seen = visit(sent.path)
    assert (seen.status, seen.headers["location"]) == (302, TARGET)
    assert seen.headers["cache-control"] == "no-store"
    assert seen.headers["referrer-policy"] == "no-referrer"
    assert "set-cookie" not in seen.headers


def test_a_click_is_marked_once_with_consent(api, someone):
    sent = someone()
    assert marks(api, sent) == []
    visit(sent.path)
    visit(sent.path)
    assert marks(api, sent) == ["clicked"]


@pytest.mark.parametrize("wish", [{"tracking": False}, {"purpose": "healthcare"}])
def test_a_click_is_not_marked_without_consent_nor_of_health(api, someone, wish):
    sent = someone(**wish)
    assert visit(sent.path).status == 302
    assert marks(api, sent) == []


def test_a_consent_that_was_taken_back_counts_from_then_on(api, someone):
    sent = someone()
    no = {**GRANTED, "status": "revoked", "topic": "click-tracking"}
    body = {"consents": {"sms": {"transactional": no}}}
    answer = api.ask("PUT", f"/v1/contacts/{sent.name}/consents", body)
    assert answer.status == 200, answer.body
    visit(sent.path)
    assert marks(api, sent) == []


@pytest.mark.parametrize(
    ("method", "headers"),
    [
        ("HEAD", {}),
        ("GET", {"user_agent": ""}),
        ("GET", {"user_agent": "Mozilla/5.0"}),
        ("GET", {"user_agent": "facebookexternalhit/1.1 Facebot Twitterbot/1.0"}),
        ("GET", {"user_agent": "Slackbot-LinkExpanding 1.0"}),
        ("GET", {"user_agent": "WhatsApp/2.23"}),
        ("GET", {"user_agent": "curl/8.5"}),
        ("GET", {"sec_purpose": "prefetch;prerender"}),
        ("GET", {"purpose": "prefetch"}),
    ],
)
def test_a_machine_is_led_on_and_leaves_no_mark(api, someone, method, headers):
    sent = someone()
    assert visit(sent.path, method, **headers).headers["location"] == TARGET
    assert marks(api, sent) == []


def test_who_follows_within_seconds_is_a_machine(api, someone, monkeypatch):
    sent = someone()
    hasty = replace(wiring.follow_ports(), clock=process.clock)
    monkeypatch.setattr(wiring, "follow_ports", lambda: hasty)
    assert visit(sent.path).headers["location"] == TARGET
    assert marks(api, sent) == []


@pytest.mark.parametrize(
    "path",
    [
        "/l/" + "x" * 13,
        "/l/short",
        "/l/" + "é" * 13,
        "/l/https%3A%2F%2Fevil.example",
        "/l/" + "x" * 900,
    ],
)
def test_a_link_that_nobody_made_leads_nowhere(api, path):
    seen = visit(path)
    assert seen.status == 404
    assert "location" not in seen.headers


def test_a_place_that_the_message_does_not_have_leads_nowhere(api, someone):
    sent = someone()
    assert visit(sent.path[:-1] + "1").status == 404


def test_after_an_erasure_a_link_leads_nowhere(api, someone):
    sent = someone()
    erasure = api.ask("DELETE", f"/v1/contacts/{sent.name}").body["id"]
    work_off()
    assert api.ask("GET", f"/v1/erasures/{erasure}").body["redacted_messages"] == 1
    assert visit(sent.path).status == 404


class Broken:
    """A store that can't be reached."""

    def __getattr__(self, name):
        raise ConnectionError


def test_a_click_that_cannot_be_noted_keeps_nobody_from_going_on(api, someone, monkeypatch):
    sent = someone()
    broken = replace(wiring.follow_ports(), contacts=Broken())
    monkeypatch.setattr(wiring, "follow_ports", lambda: broken)
    assert visit(sent.path).headers["location"] == TARGET
