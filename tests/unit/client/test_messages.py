from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pydantic
import pytest

from outbound_client import NotReached
from tests.unit.client.conftest import MESSAGE


def test_a_message_is_posted_as_the_api_wants_it(api, send):
    api.answer(202, MESSAGE)

    message = send(data={"order": "A-77"}, idempotency_key="order-77")

    request = api.asked[0]
    assert (request.method, request.url.path) == ("POST", "/stage/v1/messages")
    assert request.headers["Authorization"] == "Bearer ob_test_secret"
    assert request.headers["Idempotency-Key"] == "order-77"
    assert api.body() == {
        "to": {"phone": "+14155550123"},
        "channel": "sms",
        "purpose": "transactional",
        "content": {"text": "Your order has shipped."},
        "data": {"order": "A-77"},
    }
    assert message.id == "msg_1"
    assert message.price is not None
    assert message.price.amount == Decimal("0.009")


def test_each_send_without_a_key_gets_a_key_of_its_own(api, send):
    api.answer(202, MESSAGE)
    api.answer(202, MESSAGE)

    send()
    send()

    first, second = (request.headers["Idempotency-Key"] for request in api.asked)
    assert first != second


def test_times_are_sent_in_utc(api, send):
    api.answer(202, MESSAGE)

    send(send_at=datetime(2027, 1, 31, 8, tzinfo=timezone(timedelta(hours=-5))))

    assert api.body()["send_at"] == "2027-01-31T13:00:00.000Z"


@pytest.mark.parametrize(
    "wrong",
    [
        {"send_at": datetime(2027, 1, 31)},
        {"idempotency_key": ""},
        {"idempotency_key": "line\nbreak"},
        {"idempotency_key": "k" * 256},
    ],
)
def test_what_cannot_be_sent_is_refused_before_it_is(api, send, wrong):
    with pytest.raises(ValueError):
        send(**wrong)

    assert api.asked == []


def test_answers_are_immutable_and_ignore_what_a_later_version_adds(api, client):
    api.answer(200, MESSAGE | {"status": "teleported", "mood": "good"})

    message = client.get_message("msg_1")

    assert message.status == "teleported"
    with pytest.raises(pydantic.ValidationError):
        message.status = "sent"


def test_an_id_stays_one_segment_of_the_path(api, client):
    api.answer(200, MESSAGE)

    client.get_message("../keys/key_1?x=1")

    assert api.asked[0].url.raw_path == b"/stage/v1/messages/..%2Fkeys%2Fkey_1%3Fx%3D1"


@pytest.mark.parametrize("identifier", ["", ".", ".."])
def test_an_id_that_would_leave_its_collection_is_refused(client, identifier):
    with pytest.raises(ValueError):
        client.get_message(identifier)


def test_iterating_goes_on_over_an_empty_page_to_the_last(api, client):
    api.answer(200, {"items": [MESSAGE], "next_cursor": "c1"})
    api.answer(200, {"items": [], "next_cursor": "c2"})
    api.answer(200, {"items": [MESSAGE | {"id": "msg_2"}], "next_cursor": None})

    found = [message.id for message in client.iterate_messages("con_1", limit=1)]

    assert found == ["msg_1", "msg_2"]
    assert [dict(request.url.params) for request in api.asked] == [
        {"contact_id": "con_1", "limit": "1"},
        {"contact_id": "con_1", "limit": "1", "cursor": "c1"},
        {"contact_id": "con_1", "limit": "1", "cursor": "c2"},
    ]


def test_waiting_ends_with_the_awaited_status(api, client):
    timeline = [{"status": "accepted", "at": datetime.now(UTC).isoformat()}]
    for status in ("accepted", "sent", "delivered"):
        api.answer(200, MESSAGE | {"status": status, "timeline": timeline})

    message = client.wait_for("msg_1", {"delivered", "bounced"}, poll=2)

    assert message.status == "delivered"
    assert message.timeline[0].status == "accepted"
    assert api.waits == [2, 2]


def test_waiting_is_given_up_when_the_time_is_over(api, client):
    for _ in range(4):
        api.answer(200, MESSAGE | {"status": "sent"})

    with pytest.raises(NotReached, match="msg_1 is sent") as stopped:
        client.wait_for("msg_1", {"delivered"}, timeout=5, poll=2)

    assert stopped.value.message.status == "sent"
    assert api.waits == [2, 2, 1]


def test_waiting_is_given_up_when_the_message_ended_otherwise(api, client):
    api.answer(200, MESSAGE | {"status": "blocked"})

    with pytest.raises(NotReached, match="blocked"):
        client.wait_for("msg_1", {"delivered"})

    assert api.waits == []
