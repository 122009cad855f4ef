"""A file of contacts, from its announcement to its report, on AWS."""

from __future__ import annotations

import csv
import io
import json
from types import SimpleNamespace
from typing import Any

import boto3
import httpx
import pytest

from functions.imports.handler import handler
from tests.aws import BUCKET
from tests.contract.conftest import received

CONTEXT: Any = SimpleNamespace(
    aws_request_id="request-1", get_remaining_time_in_millis=lambda: 120_000
)
PLAN = {"format": "csv", "constants": {"attributes.cohort": "spring"}}


def upload(made, content):
    key = made.body["upload"]["fields"]["key"]
    boto3.client("s3").put_object(Bucket=BUCKET, Key=key, Body=content)


def work(api):
    bodies = received(boto3.client("sqs"), api.account.imports_queue)
    records = [{"messageId": str(index), "body": body} for index, body in enumerate(bodies)]
    assert handler({"Records": records}, CONTEXT) == {"batchItemFailures": []}


def test_a_file_is_uploaded_read_and_reported(api):
    made = api.ask("POST", "/v1/imports", PLAN)
    assert (made.status, made.body["state"]) == (201, "waiting")
    path = made.headers["location"]
    early = api.ask("POST", f"{path}/start")
    assert (early.status, early.body["code"]) == (409, "file_not_uploaded")
    upload(made, "id,email,Remark\nimp-ada,ada@example.org,x\nimp-bob,nobody,\n")

    started = api.ask("POST", f"{path}/start")
    assert (started.status, started.body["state"]) == (202, "running")
    work(api)

    done = api.ask("GET", path).body
    assert (done["state"], done["ignored_columns"]) == ("finished", ["Remark"])
    assert done["rows"] == {"created": 1, "changed": 0, "unchanged": 0, "refused": 1}
    contact = api.ask("GET", "/v1/contacts/imp-ada").body
    assert contact["attributes"] == {"cohort": "spring"}
    text = httpx.get(done["report"]).text if done["report"].startswith("http://") else None
    key = f"kept-93/acme/{done['id']}.csv"
    stored = boto3.client("s3").get_object(Bucket=BUCKET, Key=key)["Body"].read().decode()
    assert text in (None, stored)
    (line,) = csv.DictReader(io.StringIO(stored))
    assert (line["line"], line["column"], line["value"]) == ("3", "email", "n•••")


def test_an_export_of_pinpoint_is_read(api):
    made = api.ask("POST", "/v1/imports", {"format": "ndjson", "source": "pinpoint"})
    endpoint = {
        "ChannelType": "SMS",
        "Address": "+16045550182",
        "OptOut": "ALL",
        "User": {"UserId": "pin-1"},
    }
    upload(made, json.dumps(endpoint))
    api.ask("POST", f"/v1/imports/{made.body['id']}/start")
    work(api)
    contact = api.ask("GET", "/v1/contacts/pin-1").body
    assert contact["phone"] == ["+16045550182"]
    assert contact["consents"]["sms"]["marketing"][0]["status"] == "revoked"


def test_what_nobody_reads_is_queued_each_hour(api):
    made = api.ask("POST", "/v1/imports", PLAN)
    upload(made, "id\nimp-carl\n")
    api.ask("POST", f"/v1/imports/{made.body['id']}/start")
    received(boto3.client("sqs"), api.account.imports_queue)
    assert handler({}, CONTEXT)["queued"] == 1
    work(api)
    assert api.ask("GET", f"/v1/imports/{made.body['id']}").body["state"] == "finished"
    assert handler({}, CONTEXT)["queued"] == 0


def test_an_import_is_cancelled_and_stays_so(api):
    made = api.ask("POST", "/v1/imports", PLAN)
    path = f"/v1/imports/{made.body['id']}"
    for _ in range(2):
        assert api.ask("POST", f"{path}/cancel").body["state"] == "cancelled"
    refused = api.ask("POST", f"{path}/start")
    assert (refused.status, refused.body["code"]) == (409, "import_ended")


def test_an_announcement_is_repeated_and_listed(api):
    headers = {"idempotency-key": "import-1"}
    first = api.ask("POST", "/v1/imports", PLAN, headers=headers)
    again = api.ask("POST", "/v1/imports", PLAN, headers=headers)
    assert again.body["id"] == first.body["id"]
    assert again.headers["idempotent-replayed"] == "true"
    page = api.ask("GET", "/v1/imports", query={"limit": "1"}).body
    assert page["items"][0]["id"] == first.body["id"]
    more = api.ask("GET", "/v1/imports", query={"cursor": page["next_cursor"]})
    assert more.status == 200
    other = api.make_key(tenant="gardens")["secret"]
    assert api.ask("GET", f"/v1/imports/{first.body['id']}", key=other).status == 404


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({}, "/format"),
        ({"format": "xlsx"}, "/format"),
        ({"format": "csv", "columns": {"A": "attributes"}}, "/columns/A"),
        ({"format": "csv", "columns": {"A": "consents.fax.marketing.at"}}, "/columns/A"),
        ({"format": "csv", "constants": {"id": "ada"}}, "/constants/id/[key]"),
    ],
)
def test_what_is_wrong_is_refused_in_its_place(api, body, pointer):
    answer = api.ask("POST", "/v1/imports", body)
    assert (answer.status, answer.body["code"]) == (422, "invalid_request")
    assert answer.body["errors"][0]["pointer"].startswith(pointer.partition("/[")[0])
