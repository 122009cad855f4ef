"""A campaign on the deployed product: expanded, sent, counted from the stream, accounted for."""

import csv
import os
import re
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.e2e.deployed import eventually, outbox

PEOPLE, TEXTED = 60, 100
"""At the full rate of its lane, texts leave for more than ten seconds."""
AREA = "+1425557"
QUIET = timedelta(seconds=2)
COMMAND = Path(sys.executable).with_name("outbound")
OFFER = {
    "purpose": "transactional",
    "channels": {
        "email": {
            "subject": "Shipped, {{ contact.attributes.name }}",
            "text": "Hello {{ contact.attributes.name }}, order {{ order }} has shipped.",
        },
        "sms": {"text": "Hello {{ contact.attributes.name }}, {{ order }} has shipped."},
    },
}


@pytest.fixture(scope="module")
def api(run):
    headers = {"authorization": f"Bearer {run.api_key}"}
    with httpx.Client(base_url=run.url, headers=headers, timeout=60) as client:
        yield client


def ask(api: httpx.Client, method: str, path: str, body: Any = None) -> Any:
    answer = api.request(method, path, json=body)
    assert answer.status_code < 300, answer.text
    return answer.json()


@pytest.fixture(scope="module")
def people(api) -> list[str]:
    ask(api, "PUT", "/v1/templates/shipped", OFFER)
    ids = [f"campaign-{number:03}" for number in range(TEXTED)]
    for number, contact_id in enumerate(ids):
        contact = {
            "email": f"{contact_id}@example.com",
            "phone": f"{AREA}{number:04}",
            "timezone": "Europe/Paris",
            "attributes": {"name": f"Person {number}"},
        }
        ask(api, "PUT", f"/v1/contacts/{contact_id}", contact)
    return ids


def launched(api: httpx.Client, channel: str, ids: list[str]) -> str:
    wanted = {
        "name": "Shipped",
        "channel": channel,
        "purpose": "transactional",
        "template": {"id": "shipped"},
        "audience": {"contact_ids": ids},
        "data": {"order": "A-77"},
    }
    path = f"/v1/campaigns/{ask(api, 'POST', '/v1/campaigns', wanted)['id']}"
    ask(api, "POST", f"{path}/launch")
    return path


def test_everybody_gets_one_email_and_the_sums_and_the_exported_rows_match(
    run, api, people, tmp_path
):
    path = launched(api, "email", people[:PEOPLE])

    def delivered() -> bool:
        return bool(ask(api, "GET", f"{path}/report")["statuses"] == {"delivered": PEOPLE})

    assert eventually(delivered, 180), ask(api, "GET", f"{path}/report")
    sent = [item for item in outbox(run) if str(item["to"]).count("campaign-")]
    assert len(sent) == PEOPLE
    assert eventually(lambda: bool(ask(api, "GET", path)["state"] == "finished"), 120)

    file = tmp_path / "shipped.csv"
    command = [COMMAND, "campaigns", "export", path.rpartition("/")[2], "--to", file]
    access = {"OUTBOUND_URL": run.url, "OUTBOUND_API_KEY": run.api_key}
    subprocess.run(command, env={**os.environ, **access}, check=True, timeout=180)
    with file.open(newline="") as lines:
        rows = [(row["contact_id"], row["status"]) for row in csv.DictReader(lines)]
    reached = [name for item in sent for name in re.findall(r"campaign-\d+", str(item["to"]))]
    assert sorted(rows) == sorted((each, "delivered") for each in reached)


def test_a_pause_is_seen_within_ten_seconds_and_resuming_loses_and_repeats_nobody(run, api, people):
    def texts() -> list[tuple[datetime, str]]:
        items = [item for item in outbox(run) if str(item["to"]).count(AREA)]
        return sorted((datetime.fromisoformat(item["at"]), str(item["to"])) for item in items)

    path = launched(api, "sms", people)
    assert eventually(lambda: len(texts()) > 0, 120)
    assert ask(api, "POST", f"{path}/pause")["state"] == "paused"
    by_then = datetime.now(UTC) + timedelta(seconds=10)

    assert eventually(lambda: datetime.now(UTC) > by_then + QUIET, 120)
    before = texts()
    assert [at for at, _ in before if at > by_then] == []
    assert len(before) < TEXTED
    assert ask(api, "POST", f"{path}/resume")["state"] == "running"

    def settled() -> bool:
        counts = ask(api, "GET", f"{path}/report")["statuses"]
        return bool(sum(counts.values()) == TEXTED and counts.keys() <= {"sent", "delivered"})

    assert eventually(settled, 180), ask(api, "GET", f"{path}/report")
    assert len(texts()) == len({to for _, to in texts()}) == TEXTED
