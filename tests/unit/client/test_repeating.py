from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import httpx
import pytest

from outbound_client import Problem, Unreachable
from tests.unit.client.conftest import MESSAGE, PROBLEM

LOST = httpx.ReadTimeout("no answer")


@pytest.mark.parametrize(
    "failure",
    [LOST, httpx.ConnectError("refused"), httpx.RemoteProtocolError("closed without an answer")],
)
def test_a_send_without_an_answer_is_repeated_with_the_same_key(api, send, failure):
    api.answers.append(failure)
    api.answer(202, MESSAGE)

    assert send().id == "msg_1"

    first, second = api.asked
    assert first.headers["Idempotency-Key"] == second.headers["Idempotency-Key"]
    assert first.content == second.content


@pytest.mark.parametrize("status", [409, 429, 502, 503, 504])
def test_a_busy_api_is_asked_again_when_it_says(api, send, status):
    api.answer(status, PROBLEM, Retry_After="3")
    api.answer(202, MESSAGE)

    send()

    assert api.waits == [3]
    assert len({request.headers["Idempotency-Key"] for request in api.asked}) == 1


def test_a_date_to_come_back_at_is_kept(api, send):
    api.answer(503, {}, Retry_After=format_datetime(datetime.now(UTC) + timedelta(seconds=10)))
    api.answer(202, MESSAGE)

    send()

    assert 5 < api.waits[0] <= 10


@pytest.mark.parametrize("unreadable", ["", "soon", "-1", "1.5"])
def test_a_wait_that_cannot_be_read_is_chosen_here(api, send, unreadable):
    api.answers.append(httpx.Response(503, headers={"Retry-After": unreadable.encode()}))
    api.answer(202, MESSAGE)

    send()

    assert 0.25 <= api.waits[0] <= 0.5


def test_waits_grow_and_repeating_ends(api, send):
    api.answers += [LOST] * 4

    with pytest.raises(Unreachable, match=r"no answer from api\.example\.com: ReadTimeout"):
        send()

    assert len(api.asked) == 4
    assert 0.25 <= api.waits[0] <= 0.5 <= api.waits[1] <= 1 <= api.waits[2] <= 2


def test_the_last_refusal_of_a_busy_api_is_told(api, send):
    for _ in range(4):
        api.answer(429, {"code": "too_many_requests"}, Retry_After="1")

    with pytest.raises(Problem, match="too_many_requests") as refused:
        send()

    assert refused.value.retry_after == 1
    assert api.waits == [1, 1, 1]


def test_nobody_waits_for_long(api, send):
    api.answer(429, {"code": "monthly_limit"}, Retry_After="86400")

    with pytest.raises(Problem, match="monthly_limit"):
        send()

    assert api.waits == []


@pytest.mark.parametrize("status", [400, 401, 404, 409, 422, 500])
def test_a_definite_refusal_is_not_repeated(api, send, status):
    api.answer(status, {"code": "no"})

    with pytest.raises(Problem):
        send()

    assert len(api.asked) == 1
