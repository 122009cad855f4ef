"""An export leaves nothing out of what is held of somebody, and an erasure leaves nothing of it.

Or there is a reason.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import boto3
import pytest

from outbound.domain.erasure import SETTLING
from outbound.flow.erasing import work
from outbound.wiring import contacts as wiring
from outbound.wiring import process
from tests.aws import BUCKET, TABLES, items
from tests.functions.grace import (
    LETTER,
    NAME,
    NEW_EMAIL,
    OLD_EMAIL,
    OLD_LETTER,
    PHONE,
    SAID,
    keys,
    make_grace,
)
from tests.functions.upkeep import verify, work_off
from tests.memory.clock import MemoryClock

EXPORTED = {
    "contacts acme#NN": "contact",
    "contacts acme#addr#KEY": "contact",
    "contacts acme#cap#KEY": "counted",
    "contacts acme#supp#NN": "suppressions",
    "messages acme#KEY": "messages",
    "messages acme#KEY#body": "messages",
    "messages acme#KEY#reminders": "reminders",
    "messages link#TOKEN": "messages",
    "ledger acme#KEY": "ledger",
    "ledger acme#KEY#proof": "ledger",
    "ledger acme#address#KEY": "done_to_addresses",
    "ledger acme#address#KEY#proof": "done_to_addresses",
    "catalog acme#media": "media",
    "catalog acme#media-of#KEY": "media",
    "catalog acme#said#KEY": "texted",
    "catalog acme#coupon-claims#KEY": "messages",
    "catalog acme#correction#KEY": "contact",
    "catalog acme#settings": "testers",
    "catalog acme#alert_read#KEY": "messages",
}
NOT_EXPORTED = {
    "contacts mirror#NN": "a change of AWS's lists that waits, with what suppressions say",
    "ledger heads#TIME#NN": "a digest of what the ledger says",
    "messages receipt#sns#ID": "a provider's id and the message's, both in messages",
    "catalog acme#idempotency#live#KEY": "that a request was seen, without what it said",
    "catalog acme#attempts#KEY": "how often an address was asked today",
    "catalog acme#segment-list": "a list of the tenant's own",
    "catalog acme#campaign": "a list of the tenant's own",
    "runs acme#alt#KEY#run": "a list of the tenant's own, as it was when it was used",
    "runs acme#cam#KEY#run": "that a run is for her, which becomes one of messages",
}
STAYS = {
    "contacts acme#addr#KEY": "that nobody has the address",
    "contacts acme#supp#NN": "that the address must not be used, by its digest",
    "messages acme#KEY": "that a message was sent and what became of it, without what and to whom",
    "messages receipt#sns#ID": "a provider's id and the message's",
    "ledger acme#KEY": "that something was said, by its digest",
    "ledger acme#KEY#proof": "that a proof was erased",
    "ledger acme#address#KEY": "that something was done, by its digest",
    "ledger acme#address#KEY#proof": "that a proof was erased",
    "ledger heads#TIME#NN": "a digest of what the ledger says",
    "runs acme#cam#KEY#run": "that somebody was in a run, which counts them as blocked",
    "catalog acme#erasure": "that it was erased",
    "catalog acme#said#KEY": "when a word was said, for 30 days, so that a late one undoes none",
    "catalog acme#coupon-claims#KEY": "that a code was given away, until its pool is gone",
    "catalog acme#idempotency#live#KEY": "that a request was seen, for a week",
    "catalog acme#attempts#KEY": "how often an address was asked, for a day",
}
GOES_LATER = {
    "contacts mirror#NN": "a change of AWS's lists, in some minutes, or three days at the latest",
}


@pytest.fixture(scope="module")
def grace(api):
    """The id of a message of hers."""
    return make_grace(api)


def held(marks):
    """Where the tables have one of these, and what there."""
    found: dict[str, list[Any]] = {}
    for table in TABLES:
        for item in items(boto3.client("dynamodb"), table):
            text = json.dumps(item, default=str)
            if any(each in text for each in marks):
                found.setdefault(f"{table} {_shape(item['pk']['S'])}", []).append(item)
    return found


def _shape(pk):
    pk = re.sub(r"\d{4}-\d\d-\d\d[T\d:]*Z?", "TIME", pk)
    pk = re.sub(r"#[0-9a-f]{8}-[0-9a-f-]{27}$", "#ID", pk)
    pk = re.sub(r"#\d\d(?=$|#)", "#NN", pk)
    pk = re.sub(r"^link#\w+", "link#TOKEN", pk)
    pk = re.sub(r"#(alt|cam|run)_[0-9a-z]{16,}", r"#\1#KEY", pk)
    pk = re.sub(r"#(msg_)?[0-9a-z]{16,}(?=$|#)", "#KEY", pk)
    return pk.replace("alert_read#alt#KEY", "alert_read#KEY").replace("#run#KEY", "#run")


def test_whatever_a_table_holds_of_somebody_is_exported_or_known_why_not(grace):
    found = held(SAID | keys() | {grace}).keys()
    print(sorted(found))
    assert found <= EXPORTED.keys() | NOT_EXPORTED.keys()
    assert found >= EXPORTED.keys()


def test_each_part_says_what_is_held(api, grace):
    exported = api.ask("GET", f"/v1/contacts/{NAME}/export").body
    assert all(exported[part] for part in EXPORTED.values())
    assert exported["contact"]["unconfirmed"] == [NEW_EMAIL]
    messages = {each["id"]: each for each in exported["messages"]}
    message = messages[grace]
    assert (message["coupon"], message["data"]) == ("GRACE-1", {"what": "camomile"})
    assert message["links"] == ["https://acme.test/tea"]
    assert message["timeline"][-1]["status"] == "delivered"
    [alert] = [each for each in exported["messages"] if each["purpose"] == "emergency"]
    assert alert["acknowledged"]["channel"] == "sms"
    counted = {each["message_id"]: each["topic"] for each in exported["counted"]}
    assert counted[grace] == "teas"
    [texted] = exported["texted"]
    assert (texted["phone"], texted["word"]) == (PHONE, "stop")
    [file] = exported["media"]
    assert file["name"] == "letter.pdf"
    assert {"consent.granted", "consent.revoked"} <= {each["kind"] for each in exported["ledger"]}
    assert {"phone", "reasons"} in [set(each) for each in exported["suppressions"]]
    done, before = exported["done_to_addresses"]
    assert (done["phone"], before["email"]) == (PHONE, OLD_EMAIL)
    assert before["entries"][-1]["proof"]["proof"] == OLD_LETTER
    assert [each["kind"] for each in done["entries"]] == ["suppression.made", "suppression.lifted"]
    assert done["entries"][-1]["proof"]["proof"] == LETTER
    [tester] = exported["testers"]
    assert (tester["id"], tester["phone"]) == ("grace", PHONE)
    assert len(exported["reminders"]) == 1


def test_once_it_is_erased_nothing_says_who_it_was(api, grace):
    """The last test here: there is no Grace afterwards."""
    erasure = api.ask("DELETE", f"/v1/contacts/{NAME}").body
    work_off()
    clock = MemoryClock(process.clock.now() + SETTLING)
    ports = wiring.erasure()
    ports = replace(ports, people=replace(ports.people, clock=clock))
    for _ in range(3):
        work("acme", erasure["id"], ports)
        clock.advance(timedelta(minutes=2))
    assert api.ask("GET", f"/v1/erasures/{erasure['id']}").body["state"] == "finished"
    left = held(SAID | keys() | {grace})
    print(sorted(left))
    assert left.keys() <= STAYS.keys() | GOES_LATER.keys()
    assert all(item["erased"]["L"] for each in GOES_LATER for item in left.get(each, ()))
    text = json.dumps({each: left[each] for each in left.keys() - GOES_LATER}, default=str)
    assert [each for each in SAID if each in text] == []
    assert verify(tenant="acme") == []
    assert boto3.client("scheduler").list_schedules()["Schedules"] == []
    files = boto3.client("s3").list_objects_v2(Bucket=BUCKET).get("Contents", [])
    for each in files:
        content = boto3.client("s3").get_object(Bucket=BUCKET, Key=each["Key"])["Body"].read()
        assert not any(mark.encode() in content for mark in SAID)
