"""A file of appointments, from its announcement to the schedules, on AWS."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from typing import Any

import boto3
import pytest

from tests.aws import BUCKET
from tests.functions.test_cost import counted
from tests.functions.test_imports import upload, work
from tests.functions.test_reminders import JANUARY, TEMPLATE, looked_after, schedules, taken

DAY = timedelta(days=1)
PLAN: dict[str, Any] = {
    "type": "reminders",
    "format": "csv",
    "columns": {"Patient": "contact_id"},
    "constants": {
        "channel": "sms",
        "purpose": "informational",
        "template": "visit",
        "offsets": "-P1D,-PT1H",
        "timezone": "America/New_York",
    },
}
ROWS = f"id,Patient,at,status\nf1,fay,{JANUARY}T09:30,\nf2,nobody,{JANUARY}T09:30,\n"


@pytest.fixture(scope="module")
def clinic(api):
    assert api.ask("PUT", "/v1/templates/visit", TEMPLATE).status == 201
    contact = {"phone": "+14255550177", "timezone": "America/New_York"}
    assert api.ask("PUT", "/v1/contacts/fay", contact).status == 201
    return api


def imported(api, content, **changes):
    made = api.ask("POST", "/v1/imports", {**PLAN, **changes})
    assert (made.status, made.body["type"]) == (201, "reminders")
    upload(made, content)
    assert api.ask("POST", f"{made.headers['location']}/start").status == 202
    work(api)
    return api.ask("GET", made.headers["location"]).body


def counts(done):
    assert done["state"] == "finished"
    return tuple(done["rows"].values())


def test_a_file_is_read_again_moved_and_cancelled(clinic):
    while taken(clinic):
        pass
    before = set(schedules())
    done = imported(clinic, ROWS)
    assert counts(done) == (1, 0, 0, 1)
    stored = boto3.client("s3").get_object(Bucket=BUCKET, Key=f"kept-93/acme/{done['id']}.csv")
    (line,) = csv.DictReader(io.StringIO(stored["Body"].read().decode()))
    assert (line["line"], line["column"], line["code"]) == ("3", "Patient", "unknown_contact")
    looked_after(clinic)
    assert set(schedules()) - before == {f"at({JANUARY - DAY}T14:30:00)"}
    (reminder,) = clinic.ask("GET", "/v1/reminders", query={"contact_id": "fay"}).body["items"]

    assert counts(imported(clinic, ROWS)) == (0, 0, 1, 1)
    assert taken(clinic) == []

    assert counts(imported(clinic, ROWS.replace("11T09:30", "12T09:30", 1))) == (0, 1, 0, 1)
    looked_after(clinic)
    assert set(schedules()) - before == {f"at({JANUARY}T14:30:00)"}
    (moved,) = clinic.ask("GET", "/v1/reminders", query={"contact_id": "fay"}).body["items"]
    assert (moved["id"], moved["at"]) == (reminder["id"], f"{JANUARY + DAY}T14:30:00.000Z")

    assert counts(imported(clinic, "id,Patient,at,status\nf1,fay,,cancelled\n")) == (0, 1, 0, 0)
    looked_after(clinic)
    assert set(schedules()) == before


def test_rows_that_stand_cost_a_read_together(clinic):
    rows = "id,Patient,at\n" + "".join(f"g{each},fay,{JANUARY}T09:30\n" for each in range(20))
    assert counts(imported(clinic, rows)) == (20, 0, 0, 0)
    while taken(clinic):
        pass
    with counted("dynamodb", "sqs", "scheduler") as asked:
        assert counts(imported(clinic, rows)) == (0, 0, 20, 0)
    assert asked["BatchGetItem"] == 1
    assert asked["CreateSchedule"] == 0
    assert taken(clinic) == []


def test_who_may_not_remind_may_not_import_reminders(clinic):
    scopes = ["contacts:write", "contacts:read"]
    key = clinic.make_key(scopes=scopes)["secret"]
    refused = clinic.ask("POST", "/v1/imports", PLAN, key=key)
    assert (refused.status, refused.body["code"]) == (403, "missing_scope")


def fixed(**constants):
    return {"constants": {**PLAN["constants"], **constants}}


def test_what_only_columns_can_complete_is_no_wrong_constant(clinic):
    changes = fixed(**{"calendar.location": "Room 4", "data.age:number": "7", "past": "send"})
    answer = clinic.ask("POST", "/v1/imports", {**PLAN, **changes})
    assert answer.status == 201, answer.body


def test_a_purpose_that_the_key_has_not_is_told_before_any_row(clinic):
    scopes = ["contacts:write", "contacts:read", "reminders:write"]
    key = clinic.make_key(scopes=scopes, purposes=["transactional"])["secret"]
    refused = clinic.ask("POST", "/v1/imports", PLAN, key=key)
    assert (refused.body["code"], refused.body["errors"][0]["pointer"]) == (
        "purpose_not_allowed",
        "/constants/purpose",
    )


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"source": "pinpoint"}, "/source"),
        ({"columns": {"Tel": "phone"}}, "/columns/Tel"),
        ({"constants": {"at": "2027-01-11T09:30"}}, "/constants/at"),
        ({"type": "people"}, "/type"),
        (fixed(channel="fax"), "/constants/channel"),
        (fixed(purpose="emergency"), "/constants/purpose"),
        (fixed(timezone="Mars/Olympus"), "/constants/timezone"),
        (fixed(offsets="soon"), "/constants/offsets"),
        (fixed(offsets="-PT60M,-PT1H"), "/constants/offsets"),
        (fixed(template="Visit!"), "/constants/template"),
        (fixed(moved_template="Visit!"), "/constants/moved_template"),
        (fixed(expires_in="P9D"), "/constants/expires_in"),
        (fixed(**{"calendar.duration": "long"}), "/constants/calendar.duration"),
        (fixed(**{"calendar.location": "here\nthere"}), "/constants/calendar.location"),
        (fixed(**{"data.age:number": "old"}), "/constants/data.age:number"),
        (fixed(**{"data.a/b:boolean": "perhaps"}), "/constants/data.a~1b:boolean"),
        (fixed(**{"data.reminder": "x"}), "/constants/data.reminder"),
    ],
)
def test_what_is_not_of_appointments_is_refused_in_its_place(clinic, changes, pointer):
    answer = clinic.ask("POST", "/v1/imports", {**PLAN, **changes})
    assert (answer.status, answer.body["code"]) == (422, "invalid_request")
    assert pointer in [each["pointer"] for each in answer.body["errors"]]
