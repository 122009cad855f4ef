"""What an alert costs: requests and write units, which a slow machine doesn't change."""

from __future__ import annotations

import json
import re
from itertools import count, islice
from types import SimpleNamespace

import pytest

from functions.expand.handler import handler as expand
from functions.pages.handler import handler as pages
from outbound.domain.alert import run_of
from outbound.domain.run import Phase
from outbound.domain.shards import shard_of
from outbound.domain.words import Channel
from outbound.flow.alerts.steering import open_wave
from outbound.wiring import alerts as wiring
from outbound.wiring import catalog, stores
from tests.aws import PAGES, QUEUE_ARN
from tests.benchmarks.cases import clients
from tests.benchmarks.replay import Recorder
from tests.examples import ahead
from tests.functions.campaigning import SLOW
from tests.functions.conftest import CONTEXT, event

PEOPLE = 4
STEP = {"after": "PT30M", "channels": ["email", "sms", "voice"]}
WANTED = ahead(
    {
        "status": "Actual",
        "urgency": "Immediate",
        "severity": "Severe",
        "certainty": "Observed",
        "target": {"regions": ["US-WA"]},
        "expires_at": "2027-01-31T18:00:00Z",
        "info": [{"language": "en", "event": "Flood", "headline": "The river rises"}],
        "calls_again": 0,
        "escalation": [STEP],
    }
)


@pytest.fixture(scope="module")
def keys(api):
    def key(person):
        scopes = ["alerts:write", "alerts:read", "alerts:approve", "contacts:write"]
        values = {"scopes": scopes, "purposes": ["emergency"], "person": person}
        return api.make_key(tenant="county", **values)["secret"]

    return SimpleNamespace(ada=key("ada"), grace=key("grace"))


@pytest.fixture(scope="module")
def people(api, keys):
    """Contacts of one shard, so that a task is for all of them."""
    names = (name for number in count() if shard_of(name := f"con_{number}") == 0)
    found = list(islice(names, PEOPLE))
    for number, name in enumerate(found):
        contact = {"phone": f"+120655501{number:02}", "email": f"{name}@example.com"}
        saved = api.ask("PUT", f"/v1/contacts/{name}", {**contact, "region": "US-WA"}, key=keys.ada)
        assert saved.status == 201
    return found


def launched(api, keys):
    """An alert that was approved."""
    asked = api.ask("POST", "/v1/alerts", WANTED, key=keys.ada).body
    assert api.ask("POST", f"/v1/alerts/{asked['id']}/approve", key=keys.grace).status == 200
    alert = catalog.alerts().get("county", asked["id"])
    assert alert is not None
    return alert


def expanded(alert, number=0):
    """The people's shard of a wave, written."""
    body = json.dumps({"task": "alert", "tenant": "county", "id": f"{alert.id}#{number}#0"})
    record = {"messageId": "1", "body": body, "eventSourceARN": QUEUE_ARN}
    assert expand({"Records": [record]}, SLOW) == {"batchItemFailures": []}


def recorded(do, *arguments):
    with Recorder(clients()) as tape:
        do(*arguments)
    return tape


@pytest.fixture
def warm(api, keys, people, monkeypatch):
    """An alert; what each process keeps for a while is known."""
    expanded(launched(api, keys))
    for channel in Channel:
        api.work_off(channel, monkeypatch, "critical")
    api.carrier.outbox.clear()
    return launched(api, keys)


def test_an_alert_costs_what_the_readme_says(api, warm, monkeypatch):
    tape = recorded(expanded, warm)
    messages = PEOPLE * len(Channel)
    assert tape.requests["PutItem"] == messages + 1
    assert tape.requests["SendMessageBatch"] == len(Channel)
    assert tape.requests["Query"] == 1
    assert tape.requests["BatchGetItem"] <= 3
    assert tape.write_units == 2 * messages + 1

    for channel, (call, units) in {
        "sms": ("Publish", 5),
        "email": ("SendEmail", 4),
        "voice": ("SendVoiceMessage", 3),
    }.items():
        tape = recorded(api.work_off, channel, monkeypatch, "critical")
        assert (tape.requests[call], tape.requests["UpdateItem"]) == (PEOPLE, 2 * PEOPLE)
        assert tape.write_units == units * PEOPLE

    texts = [each.text for each in api.carrier.outbox.items() if each.channel == "sms"]
    pages_of = [visit(re.findall(rf"{PAGES}(/l/\S+)", text)[0]) for text in texts]
    for page in pages_of:
        tape = recorded(visit, page, "POST")
    assert tape.requests == {"GetItem": 1, "TransactWriteItems": 1}
    assert tape.write_units == 4

    later = warm.waves[1]
    open_wave(warm, later, wiring.alert_sending())
    tape = recorded(expanded, warm, later.number)
    # On a slow machine five seconds have passed, and the alert itself is read again.
    assert tape.requests.pop("GetItem") in (2, 3)
    assert tape.requests == {"Query": 1, "BatchGetItem": 1, "PutItem": 1}
    assert tape.write_units == 1
    point = stores.runs().point(run_of(warm, later), Phase.REST, 0)
    assert (point.done, point.recipients) == (True, 0)


def visit(path, method="GET"):
    """Where a page sends to, as the path of its own."""
    headers = pages(event(method, path, "", {"user-agent": "iPhone"}, {}), CONTEXT)["headers"]
    return headers.get("Location", "").removeprefix("..")
