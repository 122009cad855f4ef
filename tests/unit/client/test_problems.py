from __future__ import annotations

import pickle

import httpx
import pytest

from outbound_client import OutboundClient, Problem, UnreadableAnswer
from tests.unit.client.conftest import MESSAGE, PROBLEM


@pytest.fixture
def problem(api, send) -> Problem:
    api.answer(422, PROBLEM)
    with pytest.raises(Problem) as refused:
        send()
    return refused.value


def test_a_refusal_carries_the_whole_problem(problem):
    assert (problem.status, problem.code) == (422, "missing_variable")
    assert problem.title == "A template variable has no value"
    assert problem.request_id == "req_1"
    assert [(error.pointer, error.code) for error in problem.errors] == [
        ("/data/order", "missing_variable")
    ]


def test_the_text_of_a_refusal_says_where_and_repeats_no_value(problem):
    assert str(problem) == (
        "422 missing_variable: A template variable has no value"
        " (/data/order: missing_variable) [request req_1]"
    )
    assert "+14155550123" in problem.detail
    assert "+14155550123" not in repr(problem)


def test_a_refusal_passes_between_processes(problem):
    copy = pickle.loads(pickle.dumps(problem))

    assert (copy.code, copy.errors, str(copy)) == (problem.code, problem.errors, str(problem))


@pytest.mark.parametrize(
    ("status", "content", "text"),
    [
        (413, b'{"message": "Request Entity Too Large"}', "413 http_413: "),
        (403, b"<html>the proxy says no</html>", "403 http_403: Forbidden"),
        (499, b"", "499 http_499: Not an answer of Outbound"),
        (400, b'{"code": 7, "errors": "all"}', "400 http_400: Bad Request"),
    ],
)
def test_a_refusal_by_what_stands_in_front_is_a_problem_too(api, client, status, content, text):
    api.answers.append(httpx.Response(status, content=content))

    with pytest.raises(Problem) as refused:
        client.get_message("msg_1")

    assert str(refused.value).startswith(text)


@pytest.mark.parametrize("content", [b"<html>sign in</html>", b"[]", b'{"id": "+14155550123"}'])
def test_an_answer_of_something_else_is_not_taken_for_a_message(api, client, content):
    api.answers.append(httpx.Response(200, content=content))

    with pytest.raises(UnreadableAnswer, match="isn't a Message") as refused:
        client.get_message("msg_1")

    assert "+14155550123" not in str(refused.value)


def test_a_key_is_never_sent_on_to_where_a_redirect_points(api, client):
    api.answers.append(httpx.Response(307, headers={"Location": "https://elsewhere.example"}))

    with pytest.raises(Problem, match="307"):
        client.get_message("msg_1")

    assert len(api.asked) == 1


@pytest.mark.parametrize(
    "url", ["", "api.example.com", "ftp://example.com", "https://", "http://a:x"]
)
def test_a_url_that_cannot_be_an_api_is_refused(url):
    with pytest.raises(ValueError, match="URL"):
        OutboundClient(url, "ob_test_secret")


@pytest.mark.parametrize("api_key", ["", "ob_test_a\nb", "ob_test_ü"])
def test_a_key_that_cannot_be_a_header_is_refused_without_repeating_it(api_key):
    with pytest.raises(ValueError, match="API key") as refused:
        OutboundClient("https://api.example.com", api_key)

    assert "ob_test" not in str(refused.value)


def test_the_path_of_a_url_is_kept(api):
    api.answer(200, MESSAGE)
    url = "http://127.0.0.1:4566/_aws/execute-api/abc/"

    OutboundClient(url, "ob_test_secret", transport=httpx.MockTransport(api)).get_message("msg_1")

    assert str(api.asked[0].url) == f"{url}v1/messages/msg_1"
