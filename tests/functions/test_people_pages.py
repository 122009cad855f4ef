"""Unsubscribing and choosing by links: GET shows, POST acts, nothing else is told."""

from __future__ import annotations

import re
from dataclasses import replace
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlencode

import boto3
import pytest

from functions.pages.handler import handler
from outbound.domain.link import Use
from outbound.wiring import links
from tests.aws import PAGES, TABLES, items
from tests.functions.conftest import CONTEXT, event

GRANTED = {"status": "granted", "level": "express", "source": "web form"}


@pytest.fixture
def person(api, request, monkeypatch):
    """Somebody with an email address, and the links of a newsletter that they got."""
    name = f"p{abs(hash(request.node.name)) % 10**8}"

    def person(topic: str | None = "garden", **changes: Any):
        body = {
            "email": f"{name}@example.com",
            "region": "US-WA",
            "consents": {"email": {"marketing": GRANTED}},
        } | changes
        made = api.ask("PUT", f"/v1/contacts/{name}", body)
        assert made.status == 201, made.body
        api.ask("POST", "/v1/messages", newsletter(name, topic))
        api.carrier.outbox.clear()
        api.work_off("email", monkeypatch)
        [item] = [each for each in api.carrier.outbox.items() if each.to == (body["email"],)]
        return SimpleNamespace(name=name, links=links_of(item.text), headers=dict(item.headers))

    return person


def newsletter(name, topic):
    return {
        "to": {"contact_id": name},
        "channel": "email",
        "purpose": "marketing",
        **({"topic": topic} if topic else {}),
        "content": {
            "subject": "News",
            "text": "News. {{ links.unsubscribe }} {{ links.preferences }}",
        },
    }


def links_of(text):
    return re.findall(rf"{PAGES}(/[up]/\S+)", text)


def visit(path, method="GET", form=None, *, source="192.0.2.1", **headers):
    body = form if form is None or isinstance(form, str) else urlencode(form, doseq=True)
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    request = event(method, path, body, sent, {})
    request["requestContext"]["http"]["sourceIp"] = source
    answer = handler(request, CONTEXT)
    return SimpleNamespace(
        status=answer["statusCode"],
        text=answer["body"],
        headers={name.lower(): value for name, value in answer["headers"].items()},
    )


def decide(api, person, **changes):
    question = {"channel": "email", "purpose": "marketing", "contact_ids": [person.name]}
    return api.ask("POST", "/v1/decisions", question | changes).body["items"][0]["decision"]


def state():
    dynamodb = boto3.client("dynamodb")
    return [sorted(map(str, items(dynamodb, table))) for table in TABLES]


def test_an_email_has_the_headers_of_one_click(api, person):
    someone = person()
    assert someone.headers["List-Unsubscribe"] == f"<{PAGES}{someone.links[0]}>"
    assert someone.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_looking_changes_nothing(api, person, method):
    someone = person()
    before = state()
    for path in someone.links:
        answer = visit(path, method)
        assert answer.status == 200
        assert answer.headers["cache-control"] == "no-store"
        assert "script" not in answer.text
        assert "set-cookie" not in answer.headers
    assert state() == before
    assert decide(api, someone)["verdict"] == "send"


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("List-Unsubscribe=One-Click", "application/x-www-form-urlencoded"),
        ("", "text/plain"),
        ('--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--',
         "multipart/form-data; boundary=x"),
        (None, "application/json"),
    ],
)  # fmt: skip
def test_one_click_acts_at_once_whatever_its_body_and_again_changes_nothing(
    api, person, body, kind
):
    someone = person()
    for _ in range(2):
        answer = visit(someone.links[0], "POST", body, content_type=kind)
        assert (answer.status, answer.headers.get("location")) == (200, None)
    assert decide(api, someone, topic="garden")["reason"] == "revoked"
    assert decide(api, someone, topic="other")["verdict"] == "send"
    history = api.ask("GET", f"/v1/contacts/{someone.name}/consents").body["items"]
    assert [each["kind"] for each in history] == ["consent.granted", "consent.revoked"]
    assert history[1]["by"] == "recipient"
    assert history[1]["proof"]["network_address"] == "192.0.2.1"


def test_without_a_topic_it_is_about_the_purpose_and_outlives_the_contact(api, person):
    someone = person(topic=None)
    visit(someone.links[0], "POST")
    assert decide(api, someone)["reason"] == "suppressed_opted_out"
    assert decide(api, someone, purpose="transactional")["verdict"] == "send"
    api.ask("DELETE", f"/v1/contacts/{someone.name}")
    again = {
        "email": f"{someone.name}@example.com",
        "consents": {"email": {"marketing": GRANTED}},
    }
    api.ask("PUT", f"/v1/contacts/{someone.name}", again)
    assert decide(api, someone)["reason"] == "suppressed_opted_out"


def test_a_link_still_works_when_its_contact_is_gone(api, person):
    someone = person()
    api.ask("DELETE", f"/v1/contacts/{someone.name}")
    answer = visit(someone.links[0], "POST")
    assert (answer.status, "•••" in answer.text) == (200, True)
    query = {"email": f"{someone.name}@example.com"}
    [stands] = api.ask("GET", "/v1/suppressions", query=query).body["items"]
    assert (stands["reason"], stands["purposes"]) == ("opted_out", ["marketing"])
    assert visit(someone.links[1]).status == 404


def form_of(page):
    version = re.search(r'name="version" value="(\d+)"', page.text)
    values = re.findall(r'name="on" id="\w+" value="([^"]+)"( checked)?', page.text)
    return {
        "version": version[1] if version else "",
        "on": [value for value, checked in values if checked],
    }, [value for value, _ in values]


class TestPreferences:
    def test_show_what_there_is_to_choose_and_no_address(self, api, person):
        someone = person(phone="+14255550901")
        page = visit(someone.links[1])
        _, choices = form_of(page)
        assert choices == ["email.marketing.*", "email.marketing.garden"]
        assert someone.name not in page.text
        assert "+1425•••0901" in page.text

    def test_are_saved_with_their_proof(self, api, person):
        someone = person()
        page = visit(someone.links[1])
        form, _ = form_of(page)
        wish = {"version": form["version"], "on": ["email.marketing.*"], "locale": "de",
                "timezone": "Europe/Berlin"}  # fmt: skip
        saved = visit(someone.links[1], "POST", wish)
        assert (saved.status, "Gespeichert" in saved.text) == (200, True)
        contact = api.ask("GET", f"/v1/contacts/{someone.name}").body
        assert (contact["locale"], contact["timezone"]) == ("de", "Europe/Berlin")
        assert decide(api, someone, topic="garden")["reason"] == "revoked"
        assert decide(api, someone, topic="other")["verdict"] == "send"
        last = api.ask("GET", f"/v1/contacts/{someone.name}/consents").body["items"][-1]
        assert last["proof"]["wording"].endswith("garden, by email")

    def test_a_yes_in_the_centre_takes_back_the_no_of_its_owner(self, api, person):
        someone = person(topic=None)
        visit(someone.links[0], "POST")
        form, _ = form_of(visit(someone.links[1]))
        assert form["on"] == []
        visit(someone.links[1], "POST", form | {"on": ["email.marketing.*"]})
        assert decide(api, someone)["verdict"] == "send"

    def test_everything_can_be_stopped_and_paused(self, api, person):
        someone = person(phone="+14255550902")
        form, _ = form_of(visit(someone.links[1]))
        visit(someone.links[1], "POST", form | {"pause": "on"})
        assert decide(api, someone)["reason"] == "paused"
        form, _ = form_of(visit(someone.links[1]))
        visit(someone.links[1], "POST", form)
        assert decide(api, someone)["verdict"] == "send"
        form, _ = form_of(visit(someone.links[1]))
        visit(someone.links[1], "POST", {"version": form["version"], "nothing": "yes"})
        for channel in ("email", "sms", "voice"):
            decision = decide(api, someone, channel=channel, purpose="transactional")
            assert decision["reason"] == "suppressed_opted_out"

    def test_what_others_changed_meanwhile_is_shown_and_not_overwritten(self, api, person):
        someone = person()
        form, _ = form_of(visit(someone.links[1]))
        api.ask("PATCH", f"/v1/contacts/{someone.name}", {"locale": "fr"})
        late = visit(someone.links[1], "POST", form | {"on": []})
        assert (late.status, "entre-temps" in late.text) == (409, True)
        assert decide(api, someone)["verdict"] == "send"

    @pytest.mark.parametrize(
        "form",
        [
            "",
            "version=x",
            "version=9&on=%00",
            "a=1&" * 300,
            "on=email.marketing",
            "version=99999999999",
        ],
    )
    def test_a_form_that_is_not_ours_changes_nothing(self, api, person, form):
        someone = person()
        before = state()
        assert visit(someone.links[1], "POST", form).status == 409
        assert state() == before


class TestCorrecting:
    """A new address is asked first; until it answers, the old one stays."""

    def test_a_new_email_address_is_confirmed_by_its_link(self, api, person, monkeypatch):
        someone = person()
        new = f"new.{someone.name}@example.org"
        form, _ = form_of(visit(someone.links[1]))
        asked = visit(
            someone.links[1], "POST", {"version": form["version"], "email": new, "correct": "yes"}
        )
        assert (asked.status, "Look there now" in asked.text) == (200, True)
        assert "n•••@example.org" in asked.text
        contact = api.ask("GET", f"/v1/contacts/{someone.name}").body
        assert (contact["email"], contact["unconfirmed"]) == (
            [f"{someone.name}@example.com"],
            [new],
        )
        api.work_off("email", monkeypatch)
        [email] = [item for item in api.carrier.outbox.items() if item.to == (new,)]
        [link] = set(re.findall(rf"{PAGES}(/a/[\w.=-]+)", email.text))

        before = state()
        for method in ("GET", "HEAD"):
            assert visit(link, method).status == 200
        assert state() == before
        for _ in range(2):
            said = visit(link, "POST", "")
            assert (said.status, "from now on" in said.text) == (200, True)
        contact = api.ask("GET", f"/v1/contacts/{someone.name}").body
        assert (contact["email"], contact["unconfirmed"]) == ([new], [])
        assert decide(api, someone)["verdict"] == "send"
        assert visit(someone.links[1]).status == 404
        assert visit(link.replace("/a/", "/c/")).status == 404

    @pytest.mark.parametrize(
        ("typed", "wrong"),
        [
            ({}, {"email"}),
            ({"email": "ada"}, {"email"}),
            ({"phone": "555"}, {"phone"}),
            ({"email": "ada@example.com", "phone": "0"}, {"phone"}),
        ],
    )
    def test_what_is_wrong_is_said_beside_its_field(self, api, person, typed, wrong):
        someone = person()
        form, _ = form_of(visit(someone.links[1]))
        before = state()
        sent = {"version": form["version"], "correct": "yes", **typed}
        page = visit(someone.links[1], "POST", sent)
        assert page.status == 422
        assert set(re.findall(r'id="(\w+)-wrong"', page.text)) == wrong
        assert state() == before

    def test_what_others_changed_meanwhile_is_shown_first(self, api, person):
        someone = person()
        form, _ = form_of(visit(someone.links[1]))
        api.ask("PATCH", f"/v1/contacts/{someone.name}", {"locale": "fr"})
        sent = {"version": form["version"], "correct": "yes", "email": "ada@example.org"}
        assert visit(someone.links[1], "POST", sent).status == 409
        assert api.ask("GET", f"/v1/contacts/{someone.name}").body["unconfirmed"] == []


@pytest.mark.parametrize("method", ["GET", "POST", "HEAD"])
@pytest.mark.parametrize("token", ["x", "x.y", "a" * 900, "YWNtZQ==", "%00"])
def test_what_is_no_link_of_ours_tells_nothing(api, method, token):
    before = state()
    for use in "upscae":
        answer = visit(f"/{use}/{token}", method, accept_language="fr")
        assert answer.status == 404
        assert "Ce lien ne fonctionne pas" in answer.text
    assert state() == before


def test_a_link_of_another_tenant_changes_nothing_here(api, person):
    someone = person()
    ours = links.signed().read(someone.links[0].removeprefix("/u/"), Use.UNSUBSCRIBE)
    assert ours is not None
    theirs = links.signed().token(replace(ours, tenant="other"))
    assert visit(f"/u/{theirs}", "POST").status == 200
    assert decide(api, someone, topic="garden")["verdict"] == "send"
    query = {"email": f"{someone.name}@example.com"}
    assert api.ask("GET", "/v1/suppressions", query=query).status == 404


def test_a_link_for_one_page_opens_no_other(api, person):
    someone = person()
    swapped = someone.links[0].replace("/u/", "/p/")
    assert visit(swapped).status == 404
