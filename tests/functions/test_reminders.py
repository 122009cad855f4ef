"""Reminders over HTTP, and as EventBridge Scheduler and the sweep bring them."""

from __future__ import annotations

import json
from collections import Counter
from datetime import UTC, date, datetime, timedelta

import boto3
import pytest

from functions.schedule.handler import handler as schedule
from outbound.adapters.scheduler import name_of
from outbound.domain.due import minute_of
from outbound.domain.task import Task, Work
from outbound.flow.erasing import work
from outbound.wiring import contacts, stores
from outbound.wiring import reminders as wiring
from tests.aws import SCHEDULE_GROUP
from tests.functions.conftest import CONTEXT
from tests.functions.test_cost import counted

TEXT = {"text": "Visit on {{ reminder.local }}"}
EMAIL = {
    "subject": "Visit",
    "text": "Visit on {{ reminder.local }}",
    "calendar": {
        "start": "{{ reminder.start }}",
        "end": "{{ reminder.end }}",
        "summary": "{{ reminder.summary }}",
        "uid": "{{ reminder.uid }}",
        "sequence": "{{ reminder.sequence }}",
    },
}
TEMPLATE = {"purpose": "informational", "channels": {"sms": TEXT, "email": EMAIL}}
SOON = timedelta(seconds=90)
NEAR = (datetime.now(UTC) + timedelta(days=5)).date()
JANUARY = date(NEAR.year + (date(NEAR.year, 1, 11) < NEAR), 1, 11)
"""The next eleventh of January that isn't too near: winter in New York, five hours behind UTC."""
GAP = min(
    each
    for year in (NEAR.year, NEAR.year + 1)
    for each in (date(year, 3, 14) - timedelta(days=(date(year, 3, 14).weekday() + 1) % 7),)
    if each > NEAR
)
"""The next day on which New York has no half past two: the second Sunday of a March."""


@pytest.fixture(scope="module")
def clinic(api):
    assert api.ask("PUT", "/v1/templates/visit", TEMPLATE).status == 201
    contact = {
        "phone": "+14255550161",
        "email": "eve@example.com",
        "timezone": "America/New_York",
    }
    assert api.ask("PUT", "/v1/contacts/eve", contact).status == 201
    return api


def visit(at=f"{JANUARY}T09:30", **changes):
    return {
        "contact_id": "eve",
        "channel": "sms",
        "purpose": "informational",
        "template": {"id": "visit"},
        "at": at,
        "offsets": ["-P1D", "-PT1H"],
        **changes,
    }


def dose(**repeat):
    values = {"start": f"{JANUARY}T08:00", "times": ["08:00", "20:00"], "days_supply": 14}
    request = {**visit(), "repeat": {**values, **repeat}}
    return {name: value for name, value in request.items() if name not in ("at", "offsets")}


def taken(api):
    """What waits in the queue of reminders, which is then no longer there."""
    sqs, url = boto3.client("sqs"), api.account.reminders_queue
    found = sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages", [])
    for each in found:
        sqs.delete_message(QueueUrl=url, ReceiptHandle=each["ReceiptHandle"])
    return [{"messageId": each["MessageId"], "body": each["Body"]} for each in found]


def looked_after(api):
    """Give the function what waits in its queue."""
    records = taken(api)
    assert schedule({"Records": records}, CONTEXT) == {"batchItemFailures": []}


def schedules():
    listed = boto3.client("scheduler").list_schedules(GroupName=SCHEDULE_GROUP)["Schedules"]
    client = boto3.client("scheduler")
    return [
        client.get_schedule(GroupName=SCHEDULE_GROUP, Name=each["Name"])["ScheduleExpression"]
        for each in listed
    ]


def test_a_reminder_is_scheduled_moved_and_cancelled_and_leaves_nothing_behind(clinic):
    made = clinic.ask("POST", "/v1/reminders", visit())
    path = f"/v1/reminders/{made.body['id']}"
    assert (made.status, made.headers["location"]) == (201, path)
    assert (made.body["at"], made.body["timezone"]) == (
        f"{JANUARY}T14:30:00.000Z",
        "America/New_York",
    )
    looked_after(clinic)
    assert schedules() == [f"at({JANUARY - timedelta(days=1)}T14:30:00)"]
    moved = clinic.ask("PATCH", path, {"at": f"{JANUARY + timedelta(days=1)}T10:00"})
    assert (moved.status, moved.body["next_at"]) == (200, f"{JANUARY}T15:00:00.000Z")
    looked_after(clinic)
    assert schedules() == [f"at({JANUARY}T15:00:00)"]
    assert clinic.ask("POST", f"{path}/pause").body["state"] == "paused"
    looked_after(clinic)
    assert schedules() == []
    assert clinic.ask("POST", f"{path}/resume").body["state"] == "active"
    assert clinic.ask("DELETE", path).body["state"] == "cancelled"
    looked_after(clinic)
    assert schedules() == []
    assert clinic.ask("GET", path).body["next_at"] is None
    assert clinic.ask("POST", f"{path}/resume").body["code"] == "reminder_over"


def test_what_is_due_is_sent_with_its_calendar(clinic, monkeypatch):
    soon = datetime.now(UTC) + timedelta(hours=1)
    request = visit(
        soon.isoformat(),
        channel="email",
        offsets=["-P1D", "-PT1H"],
        past="send",
        calendar={"duration": "PT30M", "summary": "Clinic", "uid": "visit-7@clinic.test"},
    )
    made = clinic.ask("POST", "/v1/reminders", request).body
    assert [each["state"] for each in made["messages"]] == ["skipped", "planned"]
    looked_after(clinic)
    over = clinic.ask("GET", f"/v1/reminders/{made['id']}").body
    assert (over["state"], over["counts"]["sent"]) == ("ended", 1)
    message_id = over["messages"][1]["message_id"]
    clinic.work_off("email", monkeypatch)
    message = clinic.ask("GET", f"/v1/messages/{message_id}").body
    assert (message["status"], message["to"]["contact_id"]) == ("sent", "eve")
    assert message["template"] == {"id": "visit", "version": 1, "locale": None}


def test_what_is_due_goes_by_a_route(clinic, monkeypatch):
    soon = datetime.now(UTC) + timedelta(hours=1)
    route = {"mode": "first", "channels": ["sms", "email"], "after": "PT5M"}
    event = {"duration": "PT30M", "summary": "Clinic"}
    request = visit(soon.isoformat(), offsets=["-PT2H"], past="send", route=route, calendar=event)
    del request["channel"]
    made = clinic.ask("POST", "/v1/reminders", request)
    assert (made.status, made.body["channel"], made.body["route"]) == (201, None, route)
    looked_after(clinic)

    path = f"/v1/reminders/{made.body['id']}"
    [message] = clinic.ask("GET", path).body["messages"]
    first = clinic.ask("GET", f"/v1/messages/{message['message_id']}").body
    found = clinic.ask("GET", f"/v1/routes/{first['route']}").body
    assert [each["channel"] for each in found["messages"]] == ["sms", "email"]
    # At night the text waits for its hour.
    waiting = {"accepted", "scheduled", "deferred"}
    assert waiting.issuperset(each["status"] for each in found["messages"])
    moved = clinic.ask("PATCH", path, {"at": (soon + timedelta(days=1)).isoformat()})
    assert (moved.status, moved.body["route"]) == (200, route)
    found = clinic.ask("GET", f"/v1/routes/{first['route']}").body
    assert [each["status"] for each in found["messages"]] == ["cancelled", "cancelled"]


def test_the_sweep_brings_what_nobody_else_has(clinic):
    soon = datetime.now(UTC) + timedelta(hours=1)
    made = clinic.ask(
        "POST", "/v1/reminders", visit(soon.isoformat(), offsets=["-PT1H"], past="send")
    ).body
    taken(clinic)
    reminders = stores.reminders()
    standing = reminders.get("acme", made["id"])
    assert standing is not None
    assert standing.due is not None
    minute = minute_of(standing.due)
    found = [
        name
        for each in range(3)
        for group in reminders.due(minute + timedelta(minutes=each))
        for _, name in group
    ]
    assert found == [made["id"]]


def test_a_schedule_that_is_left_over_is_removed(clinic):
    scheduler = boto3.client("scheduler")
    gone = Task(Work.REMIND, "rem_".ljust(40, "0"), "acme")
    at = datetime(2026, 1, 1, tzinfo=UTC)
    assert wiring.tending().scheduler.bring(gone, at)
    part = name_of(gone, at).removeprefix("remind-")[:3]
    body = json.dumps({"task": Work.CLEAR, "tenant": "", "id": part})
    schedule({"Records": [{"messageId": "1", "body": body}]}, CONTEXT)
    listed = scheduler.list_schedules(GroupName=SCHEDULE_GROUP)["Schedules"]
    assert name_of(gone, at) not in [each["Name"] for each in listed]


def test_a_dose_comes_twice_a_day_as_long_as_the_supply(clinic):
    made = clinic.ask(
        "POST",
        "/v1/reminders",
        {**dose(), "refill": {"before": "P3D", "template": {"id": "visit"}}},
    )
    assert (made.status, made.body["next_at"]) == (201, f"{JANUARY}T13:00:00.000Z")
    looked_after(clinic)
    assert schedules() == [f"at({JANUARY}T13:00:00)"]
    clinic.ask("DELETE", f"/v1/reminders/{made.body['id']}")
    looked_after(clinic)


def test_a_batch_makes_what_can_be_made_once(clinic):
    body = {"reminders": [visit(), visit("2020-01-01T09:00"), {"contact_id": "eve"}, dose()]}
    headers = {"idempotency-key": "batch-1"}
    items = clinic.ask("POST", "/v1/reminders/batch", body, headers=headers).body["items"]
    codes = [each["problem"]["code"] if "problem" in each else each["state"] for each in items]
    assert codes == ["active", "time_in_the_past", "invalid_request", "active"]
    assert items[1]["problem"]["errors"][0]["pointer"] == "/reminders/1/at"
    again = clinic.ask("POST", "/v1/reminders/batch", body, headers=headers)
    assert (again.status, [each.get("id") for each in again.body["items"]]) == (
        200,
        [each.get("id") for each in items],
    )


def test_a_token_makes_a_reminder_once_wherever_it_stands(clinic):
    token = {"client_token": "visit-77"}
    body = {"reminders": [visit(**token), visit(**token), visit(client_token="with space")]}
    made, double, wrong = clinic.ask("POST", "/v1/reminders/batch", body).body["items"]
    assert (double["problem"]["code"], wrong["problem"]["code"]) == (
        "duplicate_token",
        "invalid_request",
    )
    pointers = [each["problem"]["errors"][0]["pointer"] for each in (double, wrong)]
    assert pointers == ["/reminders/1/client_token", "/reminders/2/client_token"]
    again = clinic.ask("POST", "/v1/reminders/batch", {"reminders": [visit(**token)]})
    assert again.headers["idempotent-replayed"] == "true"
    headers = {"idempotency-key": "visit-77"}
    single = clinic.ask("POST", "/v1/reminders", visit(), headers=headers)
    assert (single.status, single.headers["idempotent-replayed"]) == (201, "true")
    assert [again.body["items"][0]["id"], single.body["id"]] == [made["id"]] * 2
    other = {"reminders": [visit(f"{JANUARY}T10:30", **token)]}
    (refused,) = clinic.ask("POST", "/v1/reminders/batch", other).body["items"]
    assert refused["problem"]["code"] == "idempotency_key_reused"


def test_a_reminder_costs_the_requests_that_the_readme_says(clinic):
    while taken(clinic):
        pass
    with counted("dynamodb", "sqs") as making:
        made = clinic.ask("POST", "/v1/reminders", visit()).body
    wiring.tending()
    with counted("dynamodb", "scheduler", "sqs") as planning:
        looked_after(clinic)
    print("making", dict(making), "planning", dict(planning))
    assert making == {"BatchGetItem": 2, "GetItem": 1, "PutItem": 1, "SendMessageBatch": 1}
    tended = {
        name: count
        for name, count in planning.items()
        if name not in ("ReceiveMessage", "DeleteMessage")
    }
    assert tended == {"GetItem": 1, "CreateSchedule": 1, "PutItem": 1}
    clinic.ask("DELETE", f"/v1/reminders/{made['id']}")
    looked_after(clinic)


@pytest.mark.parametrize(
    ("body", "code", "pointer"),
    [
        (visit("2027-02-29T09:00"), "invalid_request", "/at"),
        (visit(f"{GAP}T02:30"), "time_does_not_exist", "/at"),
        (visit("2020-03-14T02:30"), "time_in_the_past", "/at"),
        (visit("9999-12-31T23:59"), "invalid_request", "/at"),
        (visit("9999-12-31T23:59:59-12:00"), "time_too_far", "/at"),
        (dose(start=f"{JANUARY.year + 2}-01-11T08:00"), "time_too_far", "/repeat"),
        (visit(timezone="Mars/Olympus"), "invalid_request", "/timezone"),
        (visit(offsets=["-P1D"] * 1000), "invalid_request", "/offsets"),
        (visit(offsets=["-PT60M", "-PT1H"]), "invalid_request", "/offsets"),
        (visit(offsets=[]), "invalid_request", "/offsets"),
        (visit(contact_id="nobody"), "unknown_contact", "/contact_id"),
        (visit(template={"id": "nothing"}), "unknown_template", "/template"),
        (visit(purpose="marketing"), "wrong_purpose", "/purpose"),
        (visit(purpose="emergency"), "invalid_request", "/purpose"),
        (visit(data={"reminder": 1}), "invalid_request", "/data"),
        (visit(repeat=dose()["repeat"]), "invalid_request", ""),
        (dose(days_supply=None), "invalid_schedule", "/repeat"),
        (dose(times=None, rule="FREQ=DAILY", days_supply=None), "invalid_schedule", "/repeat"),
        (dose(times=None, rule="FREQ=SECONDLY"), "invalid_request", "/repeat/rule"),
        (dose(times=None, rule="FREQ=DAILY;BYHOUR=99"), "invalid_schedule", "/repeat"),
        (dose(times=["08:00", "08:05"]), "invalid_schedule", "/repeat"),
    ],
)
def test_what_can_not_be_kept_is_refused_and_nothing_is_written(clinic, body, code, pointer):
    before = clinic.written()
    answer = clinic.ask("POST", "/v1/reminders", body)
    assert (answer.status, answer.body["code"]) == (422, code)
    assert answer.body["errors"][0]["pointer"] == pointer
    assert clinic.written() == before


def test_a_list_is_of_a_contact_page_by_page(clinic):
    first = clinic.ask("GET", "/v1/reminders", query={"contact_id": "eve", "limit": "2"}).body
    rest = clinic.ask(
        "GET",
        "/v1/reminders",
        query={"contact_id": "eve", "limit": "2", "cursor": first["next_cursor"]},
    ).body
    ids = [each["id"] for each in (*first["items"], *rest["items"])]
    assert len(set(ids)) == 4
    without = clinic.ask("GET", "/v1/reminders")
    assert (without.status, without.body["errors"][0]["pointer"]) == (400, "contact_id")


def test_who_is_erased_is_reminded_no_more(clinic):
    contact = {"phone": "+14255550162", "timezone": "Europe/Paris"}
    clinic.ask("PUT", "/v1/contacts/fay", contact)
    made = clinic.ask("POST", "/v1/reminders", visit(contact_id="fay")).body
    export = clinic.ask("GET", "/v1/contacts/fay/export").body
    assert [each["id"] for each in export["reminders"]] == [made["id"]]
    erasure = clinic.ask("DELETE", "/v1/contacts/fay").body
    work("acme", erasure["id"], contacts.erasure())
    assert clinic.ask("GET", f"/v1/reminders/{made['id']}").status == 404


def test_many_are_made_in_few_requests(clinic):
    body = {"reminders": [visit() for _ in range(100)]}
    with counted("dynamodb", "sqs") as counts:
        items = clinic.ask("POST", "/v1/reminders/batch", body).body["items"]
    print(dict(counts))
    assert Counter(each["state"] for each in items) == {"active": 100}
    assert (counts["BatchWriteItem"], counts["SendMessageBatch"]) == (4, 10)
    assert sum(counts.values()) < 20
