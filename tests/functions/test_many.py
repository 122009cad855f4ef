"""Batches, dry runs, lists and cancelling, over the handler."""

import pytest

from tests.functions.test_cost import counted

ROUTE = "/v1/messages/batch"


def item(number, **changes):
    return {
        "to": {"phone": f"+1425556{number:04}"},
        "channel": "sms",
        "purpose": "transactional",
        "content": {"text": "Order {{ order }} has shipped."},
        "data": {"order": "A-77"},
        **changes,
    }


def post(api, items, key=None, **query):
    headers = {"idempotency-key": key} if key else {}
    return api.ask("POST", ROUTE, {"messages": items}, headers=headers, query=query)


def test_each_item_is_answered_in_its_order(api, monkeypatch):
    items = [item(1), item(2, data={}), item(3, channel="pigeon"), "text", item(4)]
    answer = post(api, items)
    assert answer.status == 200
    assert [entry["index"] for entry in answer.body["items"]] == [0, 1, 2, 3, 4]
    sent, missing, wrong, text, last = answer.body["items"]
    assert sent["status"] == last["status"] == "accepted"
    assert [each["problem"]["code"] for each in (missing, wrong, text)] == [
        "missing_variable",
        "invalid_request",
        "invalid_request",
    ]
    pointers = [each["problem"]["errors"][0]["pointer"] for each in (missing, wrong, text)]
    assert pointers == ["/messages/1/data/order", "/messages/2/channel", "/messages/3"]
    api.work_off("sms", monkeypatch)
    for entry in (sent, last):
        assert api.ask("GET", f"/v1/messages/{entry['id']}").body["status"] == "sent"


def test_a_batch_is_replayed(api):
    first = post(api, [item(10), item(11)], key="batch-1")
    written = api.written()
    again = post(api, [item(10), item(11)], key="batch-1")
    assert again.body == first.body
    assert (first.headers.get("idempotent-replayed"), api.written()) == (None, written)
    assert again.headers["idempotent-replayed"] == "true"
    other = post(api, [item(10)], key="batch-1")
    assert (other.status, other.body["code"]) == (422, "idempotency_key_reused")


def test_a_token_is_that_of_a_single_request_with_the_same_message(api):
    single = api.ask("POST", "/v1/messages", item(20), headers={"idempotency-key": "token-20"})
    both = post(api, [item(20, client_token="token-20"), item(21, client_token="token-20")])
    first, second = both.body["items"]
    assert first["id"] == single.body["id"]
    assert second["problem"]["code"] == "duplicate_token"
    assert second["problem"]["errors"][0]["pointer"] == "/messages/1/client_token"


@pytest.mark.parametrize(
    ("body", "status", "code", "pointer"),
    [
        ({"messages": []}, 422, "invalid_request", "/messages"),
        ({"messages": [item(1)] * 501}, 422, "invalid_request", "/messages"),
        ({"messages": "all"}, 422, "invalid_request", "/messages"),
        ({}, 422, "invalid_request", "/messages"),
        ([item(1)], 422, "invalid_request", ""),
        ({"messages": [item(1)], "more": 1}, 422, "invalid_request", "/more"),
        ('{"messages": [NaN]}', 400, "malformed_json", None),
        ("{", 400, "malformed_json", None),
        ("[" * 100_000, 400, "malformed_json", None),
        (" " * 4_000_001, 413, "body_too_large", None),
    ],
)
def test_what_is_no_batch_is_refused_and_nothing_written(api, body, status, code, pointer):
    written = api.written()
    answer = api.ask("POST", ROUTE, body)
    assert (answer.status, answer.body["code"]) == (status, code)
    if pointer is not None:
        assert answer.body["errors"][0]["pointer"] == pointer
    assert api.written() == written


def test_a_message_too_large_for_its_table_is_refused_alone(api):
    large = {"subject": "Hi", "text": "é" * 60_000}
    mail = {"to": {"email": "ada@example.com"}, "channel": "email", "purpose": "transactional"}
    first, second = post(api, [{**mail, "content": large}, item(60)]).body["items"]
    assert first["problem"]["code"] == "body_too_large"
    assert second["status"] == "accepted"


def test_a_dry_run_that_would_answer_too_much_is_refused(api):
    mail = {"to": {"email": "ada@example.com"}, "channel": "email", "purpose": "transactional"}
    content = {"subject": "Hi", "text": "{% for n in range %}" + "x" * 1000 + "{% endfor %}"}
    items = [{**mail, "content": content, "data": {"range": [0] * 90}}] * 12
    answer = post(api, items, dry_run="true")
    assert (answer.status, answer.body["code"]) == (413, "answer_too_large")


@pytest.mark.parametrize("value", [None, 5, [], {"client_token": "a b"}, {"to": {"phone": 5}}])
def test_a_wrong_item_has_its_problem(api, value):
    (entry,) = post(api, [value]).body["items"]
    assert entry["problem"]["status"] == 422
    assert all(each["pointer"].startswith("/messages/0") for each in entry["problem"]["errors"])


def test_a_dry_run_shows_the_text_and_writes_nothing(api):
    written = api.written()
    query = {"dry_run": "true"}
    headers = {"idempotency-key": "dry"}
    answer = api.ask("POST", "/v1/messages", item(30), query=query, headers=headers)
    assert answer.status == 200
    assert answer.body["dry_run"] is True
    assert answer.body["content"] == {"text": "Order A-77 has shipped."}
    assert answer.body["sms"] == {"encoding": "GSM-7", "parts": 1}
    assert "id" not in answer.body
    batch = post(api, [item(30), item(31, data={})], dry_run="true")
    first, second = batch.body["items"]
    assert first["content"] == {"text": "Order A-77 has shipped."}
    assert second["problem"]["code"] == "missing_variable"
    assert api.written() == written
    assert api.ask("POST", "/v1/messages", item(30), headers=headers).status == 202


@pytest.mark.parametrize("value", ["yes", "1", "True", ""])
def test_a_dry_run_is_true_or_false(api, value):
    answer = api.ask("POST", "/v1/messages", item(32), query={"dry_run": value})
    assert (answer.status, answer.body["errors"][0]["pointer"]) == (400, "dry_run")


def test_a_message_is_cancelled_and_does_not_leave(api, monkeypatch):
    message = api.ask("POST", "/v1/messages", item(40)).body
    cancelled = api.ask("POST", f"/v1/messages/{message['id']}/cancel")
    assert (cancelled.status, cancelled.body["status"]) == (200, "cancelled")
    api.work_off("sms", monkeypatch)
    assert api.ask("POST", f"/v1/messages/{message['id']}/cancel").body["status"] == "cancelled"


def test_a_message_that_has_left_is_not_cancelled(api, monkeypatch):
    message = api.ask("POST", "/v1/messages", item(41)).body
    api.work_off("sms", monkeypatch)
    answer = api.ask("POST", f"/v1/messages/{message['id']}/cancel")
    assert (answer.status, answer.body["code"]) == (409, "not_cancellable")
    unknown = api.ask("POST", "/v1/messages/msg_nobody/cancel")
    assert (unknown.status, unknown.body["code"]) == (404, "unknown_message")


def test_a_message_that_waits_leaves_at_another_time(api, monkeypatch):
    message = api.ask("POST", "/v1/messages", item(42)).body
    path, later = f"/v1/messages/{message['id']}", "2027-01-12T09:00:00.000Z"
    moved = api.ask("PATCH", path, {"send_at": later})
    assert (moved.status, moved.body["status"], moved.body["send_at"]) == (200, "scheduled", later)
    api.work_off("sms", monkeypatch)
    assert api.ask("GET", path).body["status"] == "scheduled"
    wrong = api.ask("PATCH", path, {"send_at": "2027-02-30T09:00"})
    assert (wrong.status, wrong.body["errors"][0]["pointer"]) == (422, "/send_at")
    local = api.ask("PATCH", path, {"send_at": "2027-01-12T09:00"})
    assert (local.status, local.body["code"]) == (422, "timezone_not_known")


def test_a_list_is_filtered_by_status(api):
    message = api.ask("POST", "/v1/messages", item(50)).body
    contact = message["to"]["contact_id"]

    def listed(status):
        query = {"contact_id": contact, "status": status}
        return [each["id"] for each in api.ask("GET", "/v1/messages", query=query).body["items"]]

    assert listed("accepted,failed") == [message["id"]]
    assert listed("failed") == []


@pytest.mark.parametrize(
    ("query", "status", "code"),
    [
        ({}, 400, "invalid_parameter"),
        ({"contact_id": "con_1", "campaign_id": "c"}, 400, "invalid_parameter"),
        ({"campaign_id": "autumn"}, 404, "unknown_campaign"),
        ({"contact_id": "con_1", "status": "lost"}, 400, "invalid_parameter"),
        ({"contact_id": "con_1", "status": ""}, 400, "invalid_parameter"),
    ],
)
def test_a_list_says_what_is_wrong_with_its_parameters(api, query, status, code):
    answer = api.ask("GET", "/v1/messages", query=query)
    assert (answer.status, answer.body["code"]) == (status, code)


def test_a_hundred_take_few_requests(api):
    items = [item(1000 + number) for number in range(100)]
    with counted("dynamodb", "sqs") as new:
        assert "problem" not in str(post(api, items, key="many-1").body)
    with counted("dynamodb", "sqs") as known:
        assert "problem" not in str(post(api, items, key="many-2").body)
    for counts in (new, known):  # the key, read again each 30 seconds, and when it was used
        counts.pop("GetItem", None), counts.pop("UpdateItem", None)
    print("100 to new contacts", dict(new), "100 to known contacts", dict(known))
    assert new == {
        "PutItem": 1,
        "BatchGetItem": 4,
        "TransactWriteItems": 2,
        "BatchWriteItem": 4,
        "SendMessageBatch": 10,
    }
    assert known == {
        "PutItem": 1,
        "BatchGetItem": 4,
        "BatchWriteItem": 4,
        "SendMessageBatch": 10,
    }


def test_a_batch_by_template_asks_once_which_version_is_published(api):
    template = {"purpose": "transactional", "channels": {"sms": {"text": "Order {{ order }}"}}}
    assert api.ask("PUT", "/v1/templates/many", template).status == 201
    items = [item(number, content=None, template={"id": "many"}) for number in range(50)]
    post(api, items, dry_run="true")
    with counted("dynamodb") as counts:
        assert "problem" not in str(post(api, items, dry_run="true").body)
    assert counts["GetItem"] <= 2, "the template, and the key if its 30 seconds are over"
