"""Look-ups of numbers, as those who ask the registers hand them in."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.functions.test_cost import counted

NOON = "2026-11-24T20:00:00Z"
GRANTED = {
    "status": "granted",
    "level": "express_written",
    "source": "web form",
    "at": "2026-08-01T10:00:00Z",
    "wording": "Text me offers.",
    "proof": "form 12",
}
REASSIGNED = {
    "kind": "reassigned",
    "answer": "no",
    "since": "2026-08-01",
    "at": "2026-11-20T10:00:00Z",
    "source": "reassigned.us",
    "proof": "query 7, line 12",
}
DO_NOT_CALL = {"kind": "do_not_call", "answer": "no", "source": "FTC registry"}


@pytest.fixture
def put(api):
    """Makes somebody with a number, who said yes in August."""

    def put(name, number):
        body = {
            "phone": number,
            "region": "US-CA",
            "consents": {"sms": {"marketing": GRANTED}},
        }
        answer = api.ask("PUT", f"/v1/contacts/{name}", body)
        assert answer.status in (200, 201), answer.body

    return put


def decide(api, name):
    question = {"at": NOON, "channel": "sms", "purpose": "marketing", "contact_ids": [name]}
    return api.ask("POST", "/v1/decisions", question).body["items"][0]["decision"]


def tell(api, *checks, at="/v1/checks"):
    return api.ask("PUT", at, {"checks": list(checks)})


def test_without_its_look_up_an_offer_is_stopped_with_rule_and_source(api, put):
    put("checked-1", "+14155550701")
    assert decide(api, "checked-1") == {
        "verdict": "block",
        "rule": "us.reassigned-numbers",
        "source": "47 CFR 64.1200(m)",
        "reason": "reassigned_check_missing",
        "until": None,
    }
    told = tell(api, REASSIGNED | {"phone": "+14155550701"}, at="/v1/contacts/checked-1/checks")
    assert (told.status, told.headers["etag"]) == (200, '"2"')
    assert decide(api, "checked-1")["verdict"] == "send"


def test_a_look_up_is_shown_with_its_number_and_stands_in_the_ledger(api, put):
    put("checked-2", "+14155550702")
    tell(api, REASSIGNED | {"phone": "+14155550702"})
    [phone] = api.ask("GET", "/v1/contacts/checked-2").body["phones"]
    shown = {name: value for name, value in REASSIGNED.items() if name != "proof"}
    assert phone["checks"] == [shown | {"at": "2026-11-20T10:00:00.000Z"}]
    entry = api.ask("GET", "/v1/contacts/checked-2/consents").body["items"][-1]
    assert (entry["kind"], entry["at"]) == ("check.recorded", "2026-11-20T10:00:00.000Z")
    assert entry["facts"] == {
        "kind": "reassigned",
        "answer": "no",
        "since": "2026-08-01",
        "source": "reassigned.us",
    }
    assert entry["proof"] == {"address": "+14155550702", "proof": "query 7, line 12"}
    exported = api.ask("GET", "/v1/contacts/checked-2/export").body
    assert exported["contact"]["phones"] == [phone]


def test_it_stays_when_the_contact_is_written_anew_and_goes_with_its_number(api, put):
    put("checked-3", "+14155550703")
    tell(api, REASSIGNED | {"phone": "+14155550703"})
    put("checked-3", "+14155550703")
    api.ask("PATCH", "/v1/contacts/checked-3", {"phone": ["+14155550799", "+14155550703"]})
    phones = api.ask("GET", "/v1/contacts/checked-3").body["phones"]
    assert [len(phone["checks"]) for phone in phones] == [0, 1]
    put("checked-3", "+14155550799")
    put("checked-3", "+14155550703")
    assert decide(api, "checked-3")["reason"] == "reassigned_check_missing"


def test_many_are_answered_one_by_one_and_may_be_told_again(api, put):
    put("checked-4", "+14155550704")
    put("checked-5", "+14155550704")
    put("checked-6", "+14155550706")
    checks = [
        REASSIGNED | {"phone": "+14155550704"},
        DO_NOT_CALL | {"phone": "+14155550704", "at": NOON},
        REASSIGNED | {"phone": "+14155550777"},
        REASSIGNED | {"phone": "no number"},
        DO_NOT_CALL | {"phone": "+14155550706", "at": "2099-01-01T00:00:00Z"},
        DO_NOT_CALL | {"phone": "+14155550706", "at": NOON, "answer": "yes"},
    ]
    first = tell(api, *checks)
    assert first.status == 200
    said = [
        item.get("contacts") or (item["problem"]["code"], item["problem"]["errors"])
        for item in first.body["items"]
    ]
    assert (said[0], said[1], said[5]) == (2, 2, 1)
    assert said[2] == ("unknown_contact", [])
    assert said[3][1][0]["pointer"] == "/checks/3/phone"
    assert (said[4][0], said[4][1][0]["pointer"]) == ("time_in_the_future", "/checks/4/at")
    written = api.written()
    assert tell(api, *checks).body == first.body
    assert api.written() == written
    assert decide(api, "checked-5")["verdict"] == "send"
    [phone] = api.ask("GET", "/v1/contacts/checked-6").body["phones"]
    assert [each["answer"] for each in phone["checks"]] == ["yes"]


def test_five_hundred_take_few_requests(api):
    for number in range(20):
        body = {"phone": f"+1650555{number:04}"}
        assert api.ask("PUT", f"/v1/contacts/scrub-{number}", body).status == 201
    checks = [DO_NOT_CALL | {"phone": f"+1650555{number:04}"} for number in range(500)]
    with counted("dynamodb") as requests:
        answer = tell(api, *checks)
    assert sum("contacts" in item for item in answer.body["items"]) == 20
    assert requests == {"BatchGetItem": 16, "TransactWriteItems": 1}


TODAY = datetime.now(UTC).date()


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"phone": "+14155550798"}, "/checks/0/phone"),
        ({"kind": "weather"}, "/checks/0/kind"),
        ({"answer": "perhaps"}, "/checks/0/answer"),
        ({"since": None}, "/checks/0/since"),
        ({"since": "yesterday"}, "/checks/0/since"),
        ({"at": None, "since": str(TODAY + timedelta(days=2))}, "/checks/0/since"),
        ({"kind": "do_not_call"}, "/checks/0/since"),
        ({"kind": "do_not_call", "since": None, "answer": "no_data"}, "/checks/0/answer"),
        ({"at": "2099-01-01T00:00:00Z"}, "/checks/0/at"),
        ({"source": None}, "/checks/0/source"),
        ({"surprise": 1}, "/checks/0/surprise"),
    ],
)
def test_what_is_no_look_up_is_refused_at_its_place_and_not_written(api, put, change, pointer):
    put("checked-7", "+14155550707")
    before = api.written()
    check = REASSIGNED | {"phone": "+14155550707"} | change
    refused = tell(
        api,
        {name: value for name, value in check.items() if value is not None},
        at="/v1/contacts/checked-7/checks",
    )
    assert (refused.status, refused.body["errors"][0]["pointer"]) == (422, pointer)
    assert api.written() == before


def test_nobody_writes_to_the_contacts_of_others(api, put):
    put("checked-8", "+14155550708")
    other = api.make_key(tenant="other")["secret"]
    check = REASSIGNED | {"phone": "+14155550708"}
    asked = api.ask("PUT", "/v1/contacts/checked-8/checks", {"checks": [check]}, key=other)
    assert (asked.status, asked.body["code"]) == (404, "unknown_contact_id")
    many = api.ask("PUT", "/v1/checks", {"checks": [check]}, key=other)
    assert many.body["items"][0]["problem"]["code"] == "unknown_contact"
    assert decide(api, "checked-8")["reason"] == "reassigned_check_missing"


@pytest.mark.parametrize("body", [{}, {"checks": []}, {"checks": "all"}, {"checks": [{}] * 501}])
def test_what_is_no_list_is_refused(api, body):
    refused = api.ask("PUT", "/v1/checks", body)
    assert (refused.status, refused.body["errors"][0]["pointer"]) == (422, "/checks")
