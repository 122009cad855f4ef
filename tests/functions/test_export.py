"""An export leaves nothing out of what the tables hold of somebody, or there is a reason."""

from __future__ import annotations

import json
import re

import boto3
import pytest

from functions.inbound.handler import handler as inbound
from outbound.domain.ids import address_key, contact_key
from tests.aws import SECRET, TABLES, items
from tests.functions.conftest import CONTEXT
from tests.texts import envelope, payload, queue_event

EMAIL, PHONE, NAME = "grace.export@example.com", "+14255554711", "grace-export"
YES = {
    "status": "granted",
    "level": "express_written",
    "source": "form",
    "wording": "Send me offers.",
    "proof": "form 12",
}
EXPORTED = {
    "contacts acme#NN": "contact",
    "contacts acme#addr#KEY": "contact",
    "contacts acme#cap#KEY": "counted",
    "contacts acme#supp#NN": "suppressions",
    "messages acme#KEY": "messages",
    "ledger acme#KEY": "ledger",
    "ledger acme#KEY#proof": "ledger",
    "catalog acme#media": "media",
    "catalog acme#media-of#KEY": "media",
    "catalog acme#said#KEY": "texted",
    "catalog acme#coupon-claims#KEY": "messages",
}
NOT_EXPORTED = {
    "contacts mirror#NN": "a change of AWS's lists that waits, with what suppressions say",
    "ledger heads#TIME#NN": "a digest of what the ledger says",
    "messages receipt#sns#ID": "a provider's id and the message's, both in messages",
    "catalog acme#idempotency#live#KEY": "that a request was seen, without what it said",
}


@pytest.fixture(scope="module")
def grace(api):
    """Somebody of whom every table holds something; her ids, keys and addresses."""
    person = {
        "email": EMAIL,
        "phone": PHONE,
        "region": "US-FL",
        "consents": {channel: {"marketing": YES} for channel in ("email", "sms")},
    }
    assert api.ask("PUT", f"/v1/contacts/{NAME}", person).status == 201
    assert api.ask("PUT", "/v1/coupon-pools/grace", {}).status in (200, 201)
    assert api.ask("POST", "/v1/coupon-pools/grace/codes", {"codes": ["GRACE-1"]}).status == 200
    message = {
        "to": {"contact_id": NAME},
        "channel": "sms",
        "purpose": "healthcare",
        "topic": "teas",
        "content": {"text": "Acme: {{ what }} with {{ coupon }}."},
        "data": {"what": "camomile"},
        "coupon_pool": "grace",
    }
    sent = api.ask("POST", "/v1/messages", message, headers={"idempotency-key": "grace"})
    assert sent.body["status"] == "accepted", sent.body
    with pytest.MonkeyPatch.context() as patch:
        api.work_off("sms", patch)
    api.feed_back()
    stop = payload(originationNumber=PHONE, inboundMessageId="grace-stop")
    inbound(queue_event(envelope(stop)), CONTEXT)
    file = {
        "name": "letter.pdf",
        "type": "application/pdf",
        "size": 10,
        "sha256": "0" * 64,
        "contact_id": NAME,
    }
    assert api.ask("POST", "/v1/media", file).status == 201
    secret = SECRET.encode()
    keys = [address_key(secret, "acme", each) for each in (EMAIL, PHONE)]
    return {NAME, EMAIL, PHONE, *keys, contact_key(secret, "acme", NAME), sent.body["id"]}


def test_whatever_a_table_holds_of_somebody_is_exported_or_known_why_not(api, grace):
    found = set()
    for table in TABLES:
        for item in items(boto3.client("dynamodb"), table):
            text = json.dumps(item, default=str)
            if any(each in text for each in grace):
                found.add(f"{table} {_shape(item['pk']['S'])}")
    print(sorted(found))
    assert found <= EXPORTED.keys() | NOT_EXPORTED.keys()
    assert found >= EXPORTED.keys()


def _shape(pk):
    pk = re.sub(r"\d{4}-\d\d-\d\d[T\d:]*Z?", "TIME", pk)
    pk = re.sub(r"#[0-9a-f]{8}-[0-9a-f-]{27}$", "#ID", pk)
    pk = re.sub(r"#\d\d(?=$|#)", "#NN", pk)
    return re.sub(r"#(msg_)?[0-9a-z]{16,}(?=$|#)", "#KEY", pk)


def test_each_part_says_what_is_held(api, grace):
    exported = api.ask("GET", f"/v1/contacts/{NAME}/export").body
    assert all(exported[part] for part in EXPORTED.values())
    [told, message] = exported["messages"]
    assert told["topic"] == "outbound:opt-out"
    assert (message["coupon"], message["data"]) == ("GRACE-1", {"what": "camomile"})
    assert message["timeline"][-1]["status"] == "delivered"
    [counted] = exported["counted"]
    assert (counted["message_id"], counted["topic"]) == (message["id"], "teas")
    [texted] = exported["texted"]
    assert (texted["phone"], texted["word"]) == (PHONE, "stop")
    [file] = exported["media"]
    assert file["name"] == "letter.pdf"
    kinds = {entry["kind"] for entry in exported["ledger"]}
    assert kinds == {"consent.granted", "consent.revoked"}
    assert {"phone", "reasons"} in [set(each) for each in exported["suppressions"]]
