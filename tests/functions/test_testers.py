"""Testers over HTTPS: invited, told a code, verified by it."""

import re

import pytest

ANN = {"phone": "+14255550155"}


@pytest.fixture(scope="module")
def key(api):
    return api.make_key(tenant="testers")["secret"]


def told(api):
    """The code that was handed over last."""
    text = api.carrier.outbox.items()[-1].text
    (code,) = re.findall(r"\d{6}", text)
    return code


def test_a_tester_is_verified_by_the_code_that_arrives(api, key, monkeypatch):
    invited = api.ask("PUT", "/v1/testers/ann", ANN, key=key)
    assert (invited.status, invited.body["verified_at"]) == (201, None)
    assert ANN["phone"] not in str(invited.body)
    api.work_off("sms", monkeypatch)
    verified = api.ask("POST", "/v1/testers/ann/verify", {"code": told(api)}, key=key)
    assert verified.status == 200
    assert verified.body["verified_at"] is not None
    assert api.ask("PUT", "/v1/testers/ann", ANN, key=key).body == verified.body
    assert api.ask("GET", "/v1/testers", key=key).body["items"] == [verified.body]
    assert api.ask("DELETE", "/v1/testers/ann", key=key).body == verified.body
    assert api.ask("GET", "/v1/testers", key=key).body["items"] == []


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "code", "pointer"),
    [
        ("PUT", "/v1/testers/ann", {}, 422, "invalid_request", ""),
        ("PUT", "/v1/testers/ann", {"phone": "1"}, 422, "invalid_request", "/phone"),
        ("PUT", "/v1/testers/Ann", ANN, 422, "invalid_request", "/id"),
        ("POST", "/v1/testers/ben/verify", {"code": "12345"}, 422, "invalid_request", "/code"),
        ("POST", "/v1/testers/ben/verify", {"code": "123456"}, 404, "unknown_tester", None),
        ("DELETE", "/v1/testers/ben", None, 404, "unknown_tester", None),
    ],
)
def test_what_is_wrong_is_told(api, key, method, path, body, status, code, pointer):
    answer = api.ask(method, path, body, key=key)
    assert (answer.status, answer.body["code"]) == (status, code)
    if pointer is not None:
        assert pointer in [error["pointer"] for error in answer.body["errors"]]


def test_a_wrong_code_is_not_repeated(api, key):
    api.ask("PUT", "/v1/testers/cy", {"phone": "+14255550156"}, key=key)
    answers = [
        api.ask("POST", "/v1/testers/cy/verify", {"code": code}, key=key)
        for code in ("000000", "000001")
    ]
    wrong = next(each for each in answers if each.status != 200)
    assert (wrong.status, wrong.body["code"]) == (422, "wrong_code")
    assert "00000" not in str(wrong.body)
