"""A system beside the deployment is told of messages; the library's own verifier takes it all."""

import json
import time

import pytest
from standardwebhooks.webhooks import Webhook as Verifier

from tests.e2e.deployed import eventually
from tests.systems import taking_events

ALL = ("message.accepted", "message.sent", "message.delivered")


@pytest.fixture
def system():
    with taking_events() as system:
        yield system


def test_what_becomes_of_a_message_arrives_and_verifies(client, system):
    secret = client.put_webhook("e2e", url=f"{system.url}/").secret
    sent: list[str] = []

    def told_of_all():
        # A process that has looked for webhooks before doesn't for half a minute.
        told = {(each["data"]["message_id"], each["type"]) for each in map(json.loads, bodies())}
        if not sent or (sent[-1], "message.accepted") not in told:
            sent.append(_send(client))
            time.sleep(5)
        return any({(each, kind) for kind in ALL} <= told for each in sent)

    def bodies():
        return [body for _, _, body in system.asked]

    assert eventually(told_of_all, 180)
    client.delete_webhook("e2e")
    for _, headers, body in system.asked:
        assert Verifier(secret).verify(body, headers) == json.loads(body)


def _send(client):
    return client.send_message(
        to={"phone": "+14255550158"},
        channel="sms",
        purpose="transactional",
        content={"text": "Told to a webhook."},
    ).id
