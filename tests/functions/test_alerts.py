"""Alerts over HTTPS: in JSON and CAP, by two persons, read on their page, and all that is wrong."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import boto3
import pytest

from functions.expand.handler import handler as expand
from functions.pages.handler import handler as pages
from outbound.adapters.api.contract import alert_examples
from outbound.domain.tester import code_of
from outbound.wiring import intake as wiring
from outbound.wiring import process
from outbound_client import ready_made
from tests.aws import PAGES
from tests.examples import ahead
from tests.functions.conftest import CONTEXT, event
from tests.functions.test_campaigns import SLOW, records

SCOPES = ["alerts:write", "alerts:read", "alerts:approve", "keys:write", "testers:write"]
SCOPES += ["contacts:write", "templates:write", "settings:write"]
BROWSER = {"user-agent": "Mozilla/5.0 (iPhone)", "accept-language": "es"}
XML = {"content-type": "application/cap+xml"}
AMBER = (Path(__file__).parents[1] / "cap" / "amber.xml").read_text()
CAP, WANTED = ahead(alert_examples.CAP), ahead(alert_examples.WANTED)
ACTUAL = {**WANTED, "status": "Actual", "calls_again": 0, "escalation": []}


@pytest.fixture(scope="module")
def keys(api):
    """A key of ada's and one of grace's."""

    def key(person):
        values = {"scopes": SCOPES, "purposes": ["emergency", "transactional"], "person": person}
        return api.make_key(tenant="county", **values)["secret"]

    return SimpleNamespace(ada=key("ada"), grace=key("grace"), nobodys=key(None))


@pytest.fixture(scope="module", autouse=True)
def people(api, keys):
    for name, number, locale, region in (
        ("ann", "+12065550111", "en-US", "US-WA"),
        ("eva", "+12065550112", "es-MX", "US-WA"),
        ("joe", "+15035550113", "en-US", "US-OR"),
    ):
        contact = {"phone": number, "email": f"{name}@example.com", "locale": locale}
        body = {**contact, "region": region}
        saved = api.ask("PUT", f"/v1/contacts/{name}", body, key=keys.ada)
        assert saved.status == 201, saved.body


@pytest.fixture(scope="module")
def tester(api, keys, people):
    """Eva, who has shown that her number is hers."""
    api.ask("PUT", "/v1/testers/eva", {"phone": "+12065550112"}, key=keys.ada)
    (tester,) = wiring.tester_ports().testers.all("county").testers
    code = code_of(process.secret(), "county", tester)
    api.ask("POST", "/v1/testers/eva/verify", {"code": code}, key=keys.ada)


def send(api, monkeypatch):
    """Bring all tasks of alerts, and then all messages, to their functions."""
    while found := records(api.account.alerts_queue):
        for each in found:
            assert expand({"Records": [each]}, SLOW) == {"batchItemFailures": []}
    api.carrier.outbox.clear()
    for channel in ("sms", "email", "voice"):
        api.work_off(channel, monkeypatch, "critical")
    return api.carrier.outbox.items()


def visit(path, method="GET"):
    answer = pages(event(method, path, "", BROWSER, {}), CONTEXT)
    headers = {name.lower(): value for name, value in answer["headers"].items()}
    return SimpleNamespace(status=answer["statusCode"], text=answer["body"], headers=headers)


def test_an_alert_is_sent_when_a_second_person_says_so(api, keys, monkeypatch):
    asked = api.ask("POST", "/v1/alerts", ACTUAL, key=keys.ada)
    assert (asked.status, asked.body["state"]) == (202, "awaiting_approval")
    path = asked.headers["location"]
    told = api.ask("POST", f"{path}/estimate", key=keys.grace)
    assert (told.status, told.body["reached"]) == (200, told.body["recipients"])
    mine = api.ask(
        "POST",
        "/v1/keys",
        {
            "name": "second",
            "mode": "live",
            "scopes": SCOPES,
            "purposes": ["emergency"],
        },
        key=keys.ada,
    ).body
    assert mine["person"] == "ada"
    for key, code in (
        (keys.ada, "approval_by_another_person"),
        (mine["secret"], "approval_by_another_person"),
        (keys.nobodys, "person_required"),
    ):
        refused = api.ask("POST", f"{path}/approve", key=key)
        assert (refused.status, refused.body["code"]) == (403, code)
    assert send(api, monkeypatch) == []

    approved = api.ask("POST", f"{path}/approve", key=keys.grace)
    assert (approved.body["state"], approved.body["approved_by"]) == ("sending", "grace")
    sent = send(api, monkeypatch)
    said = sorted((each.channel, each.text.split("\n")[0][:20]) for each in sent)
    assert said == [
        ("email", "Boil tap water befor"),
        ("email", "Hierva el agua del g"),
        ("sms", "Boil tap water befor"),
        ("sms", "Hierva el agua del g"),
        ("voice", "County Health. Boil "),
        ("voice", "County Health. Hierv"),
    ]
    shown = api.ask("GET", path, key=keys.ada)
    assert shown.status == 200
    assert shown.body["progress"]["expanded"]


def test_a_drill_in_xml_reaches_only_testers_and_is_acknowledged(api, keys, tester, monkeypatch):
    query = {"channels": "sms", "escalation": "PT10M:voice"}
    today = f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%S}-00:00"
    drill = re.sub(r"<sent>[^<]+", f"<sent>{today}", CAP)
    asked = api.ask("POST", "/v1/alerts", drill, key=keys.ada, headers=XML, query=query)
    assert (asked.status, asked.body["state"]) == (202, "sending")
    again = api.ask("POST", "/v1/alerts", drill, key=keys.ada, headers=XML, query=query)
    assert again.headers["idempotent-replayed"] == "true"
    [step] = asked.body["escalation"]
    assert step == {"after": "PT10M", "channels": ["voice"]}
    [text] = send(api, monkeypatch)
    assert text.to == ("+12065550112",)
    assert text.text.startswith("EXERCISE ONLY. Boil tap water")
    [path] = re.findall(rf"{PAGES}(/l/\S+)", text.text)

    moved = visit(path)
    assert moved.status == 302
    page = visit("/e/" + moved.headers["location"].removeprefix("../e/"))
    assert page.status == 200
    assert "EXERCISE ONLY" in page.text
    assert "Lo he leído" in page.text
    progress = f"/v1/alerts/{asked.body['id']}"
    assert api.ask("GET", progress, key=keys.ada).body["progress"]["acknowledged"] == {}
    for _ in range(2):
        done = visit("/e/" + moved.headers["location"].removeprefix("../e/"), "POST")
        assert (done.status, "Gracias" in done.text) == (200, True)
    assert api.ask("GET", progress, key=keys.ada).body["progress"]["acknowledged"] == {"sms": 1}
    (place,) = api.ask("GET", progress, key=keys.ada).body["progress"]["places"]
    assert (place["region"], place["channel"], place["acknowledged"]) == ("US-WA", "sms", 1)


def test_the_ready_made_template_says_it_in_its_frame(api, keys, monkeypatch):
    api.ask("PUT", "/v1/settings", {"name": "Riverside", "phone": "+12065550100"}, key=keys.ada)
    for name in (ready_made.LAYOUT, "alert"):
        body = ready_made.document(name)
        assert api.ask("PUT", f"/v1/templates/{name}", body, key=keys.ada).status == 201
    infos = [{**each, "areas": ["Seattle"]} for each in ACTUAL["info"]]
    body = {**ACTUAL, "info": infos, "template": {"id": "alert"}}
    asked = api.ask("POST", "/v1/alerts", body, key=keys.ada)
    assert (asked.status, asked.body.get("template")) == (202, {"id": "alert", "version": 1})
    api.ask("POST", f"{asked.headers['location']}/approve", key=keys.grace)
    sent = {(each.channel, each.to[0]): each for each in send(api, monkeypatch)}
    assert sent["sms", "+12065550111"].text.startswith(
        "WARNING from Riverside: Boil tap water before drinking, Seattle. Boil water for one"
    )
    email = sent["email", "eva@example.com"]
    assert email.subject == "Aviso: Hierva el agua del grifo antes de beberla"
    [link] = {*re.findall(rf"{PAGES}/l/[A-Za-z0-9]+", email.html)}
    assert link in email.text
    assert "Riverside" in sent["voice", "+12065550111"].text


def test_a_link_that_nobody_made_leads_nowhere(api):
    assert visit("/e/forged.token", "POST").status == 404


def test_an_example_of_the_specification_is_accepted_in_two_languages(api, keys):
    soon = datetime.now(UTC).replace(microsecond=0)
    text = AMBER.replace("2003-06-11T22:39:00-07:00", soon.isoformat())
    asked = api.ask(
        "POST", "/v1/alerts", text, key=keys.ada, headers=XML, query={"regions": "US-CA"}
    )
    assert asked.status == 202, asked.body
    assert [each["language"] for each in asked.body["info"]] == ["en-US", "es-US"]
    assert asked.body["identifier"] == "KAR0-0306112239-SW"
    path = asked.headers["location"]
    assert api.ask("POST", f"{path}/cancel", key=keys.ada).body["state"] == "cancelled"
    listed = api.ask("GET", "/v1/alerts", key=keys.ada, query={"limit": "1"}).body
    assert [each["id"] for each in listed["items"]] == [asked.body["id"]]
    behind = api.ask("GET", "/v1/alerts", key=keys.ada, query={"cursor": listed["next_cursor"]})
    assert asked.body["id"] not in [each["id"] for each in behind.body["items"]]
    refused = api.ask("POST", f"{path}/approve", key=keys.grace)
    assert (refused.status, refused.body["code"]) == (409, "wrong_alert_state")


LATE = re.sub("<sent>[^<]+", "<sent>9999-12-31T23:59:59-00:00", CAP)
PAST = (datetime.now(UTC) - timedelta(days=1)).isoformat()
HOURS = (datetime.now(UTC) + timedelta(hours=2)).isoformat()


@pytest.mark.parametrize(
    ("changes", "status", "code", "pointer"),
    [
        ({"expires_at": PAST}, 422, "time_in_the_past", "/expires_at"),
        ({"expires_at": "9999-12-31T23:59:59-12:00"}, 422, "time_too_far", "/expires_at"),
        ({"expires_at": "0001-01-01T00:00:00+14:00"}, 422, "time_in_the_past", "/expires_at"),
        ({"urgency": "Soon"}, 422, "invalid_request", "/urgency"),
        ({"info": []}, 422, "invalid_request", "/info"),
        ({"target": {}}, 422, "invalid_request", "/target"),
        ({"target": {"regions": ["Bavaria"]}}, 422, "invalid_request", "/target/regions/0"),
        ({"target": {"segment": "none"}}, 422, "unknown_segment", "/target/segment"),
        ({"type": "Update"}, 422, "unknown_reference", "/references"),
        ({"template": {"id": "nothing"}}, 422, "unknown_template", "/template"),
        ({"references": ["alt_00000000000000000000"]}, 422, "unknown_reference", "/references"),
        ({"channels": ["fax"]}, 422, "invalid_request", "/channels/0"),
        (
            {"expires_at": HOURS, "escalation": [{"after": "PT2H", "channels": ["sms"]}]},
            422,
            "time_too_far",
            "/escalation/0/after",
        ),
        (
            {"escalation": [{"after": "PT1S", "channels": ["sms"]}]},
            422,
            "invalid_request",
            "/escalation/0/after",
        ),
    ],
)
def test_what_is_wrong_is_told_and_nothing_written(api, keys, changes, status, code, pointer):
    before = api.written()
    answer = api.ask("POST", "/v1/alerts", {**ACTUAL, **changes}, key=keys.ada)
    assert (answer.status, answer.body["code"]) == (status, code)
    assert pointer in [error["pointer"] for error in answer.body["errors"]]
    assert api.written() == before


@pytest.mark.parametrize(
    ("body", "headers", "query", "status", "code"),
    [
        ("<alert/>", XML, {}, 422, "invalid_cap"),
        ('<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', XML, {}, 400, "malformed_xml"),
        (CAP.replace("US-WA", "washington"), XML, {}, 422, "unknown_area"),
        (LATE, XML, {}, 422, "invalid_cap"),
        (CAP, XML, {"regions": "x"}, 400, "invalid_parameter"),
        (CAP, XML, {"escalation": "PT10M"}, 400, "invalid_parameter"),
        (CAP, XML, {"template": "No such"}, 400, "invalid_parameter"),
        (CAP, {"content-type": "text/xml"}, {}, 415, "unsupported_media_type"),
        ("x" * 330_000, XML, {}, 413, "body_too_large"),
        (WANTED, {}, {"regions": "US-WA"}, 400, "invalid_parameter"),
    ],
)
def test_a_wrong_document_is_told(api, keys, body, headers, query, status, code):
    answer = api.ask("POST", "/v1/alerts", body, key=keys.ada, headers=headers, query=query)
    assert (answer.status, answer.body["code"]) == (status, code)


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", ""), ("POST", "/approve"), ("POST", "/cancel")],
)
def test_an_alert_of_another_tenant_is_none(api, keys, method, path):
    asked = api.ask("POST", "/v1/alerts", ACTUAL, key=keys.ada).body["id"]
    other = api.make_key(tenant="other", scopes=SCOPES, purposes=["emergency"], person="eve")
    answer = api.ask(method, f"/v1/alerts/{asked}{path}", key=other["secret"])
    assert (answer.status, answer.body["code"]) == (404, "unknown_alert")


def test_the_clock_looks_after_what_is_open(api, keys, monkeypatch):
    asked = api.ask("POST", "/v1/alerts", ACTUAL, key=keys.ada).body["id"]
    api.ask("POST", f"/v1/alerts/{asked}/approve", key=keys.grace)
    boto3.client("sqs").purge_queue(QueueUrl=api.account.alerts_queue)
    assert expand({}, SLOW)["queued"] >= 1
    tasks = [each for each in records(api.account.alerts_queue) if asked in each["body"]]
    assert [each["body"] for each in tasks] != []
