"""A campaign on the deployed product: expanded, sent, counted from the stream, accounted for."""

from typing import Any

import httpx
import pytest

from tests.e2e.deployed import eventually, outbox

PEOPLE = 60
OFFER = {
    "purpose": "transactional",
    "channels": {
        "email": {
            "subject": "Shipped, {{ contact.attributes.name }}",
            "text": "Hello {{ contact.attributes.name }}, order {{ order }} has shipped.",
        }
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


def test_everybody_gets_one_email_and_the_sums_match(run, api):
    ask(api, "PUT", "/v1/templates/shipped", OFFER)
    ids = [f"campaign-{number:03}" for number in range(PEOPLE)]
    for number, contact_id in enumerate(ids):
        ask(
            api,
            "PUT",
            f"/v1/contacts/{contact_id}",
            {
                "email": f"campaign-{number:03}@example.com",
                "timezone": "Europe/Paris",
                "attributes": {"name": f"Person {number}"},
            },
        )
    made = ask(
        api,
        "POST",
        "/v1/campaigns",
        {
            "name": "Shipped",
            "channel": "email",
            "purpose": "transactional",
            "template": {"id": "shipped"},
            "audience": {"contact_ids": ids},
            "data": {"order": "A-77"},
        },
    )
    path = f"/v1/campaigns/{made['id']}"
    ask(api, "POST", f"{path}/launch")

    def delivered() -> bool:
        return bool(ask(api, "GET", f"{path}/report")["statuses"] == {"delivered": PEOPLE})

    assert eventually(delivered, 90), ask(api, "GET", f"{path}/report")
    sent = [item for item in outbox(run) if str(item["to"]).count("campaign-")]
    assert len(sent) == PEOPLE
    assert eventually(lambda: bool(ask(api, "GET", path)["state"] == "finished"), 120)
