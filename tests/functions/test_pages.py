"""What is open to everybody: the document, its page, the problems."""

import base64
import gzip
import json
import re
from types import SimpleNamespace

import pytest
from markupsafe import escape

from functions.pages.handler import handler
from outbound.adapters.api.problems import PROBLEMS
from tests.functions.conftest import CONTEXT, event

PATHS = ["/v1/openapi.json", "/v1/docs", "/problems/missing_variable"]


def get(path, **headers):
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    answer = handler(event("GET", path, None, sent, {}), CONTEXT)
    return SimpleNamespace(
        status=answer["statusCode"],
        text=answer["body"],
        encoded=answer["isBase64Encoded"],
        headers={name.lower(): value for name, value in answer["headers"].items()},
    )


@pytest.mark.parametrize("path", PATHS)
def test_it_is_open_to_everybody_and_may_be_kept(path):
    answer = get(path)
    again = get(path, if_none_match=f'"other", {answer.headers["etag"]}')

    assert answer.status == 200
    assert answer.headers["cache-control"] == "public, max-age=300"
    assert (again.status, again.text) == (304, None)
    assert again.headers["etag"] == answer.headers["etag"]
    assert get(path, if_none_match='"other"').status == 200


@pytest.mark.parametrize("path", PATHS)
def test_it_is_compressed_for_those_that_take_it(path):
    plain, packed = get(path), get(path, accept_encoding="gzip, br")

    assert packed.encoded
    assert packed.headers["content-encoding"] == "gzip"
    assert gzip.decompress(base64.b64decode(packed.text)).decode() == plain.text
    assert "content-encoding" not in plain.headers


def test_the_document_is_json():
    answer = get("/v1/openapi.json")
    assert answer.headers["content-type"] == "application/json"
    assert json.loads(answer.text)["openapi"].startswith("3.1")


@pytest.mark.parametrize("path", PATHS[1:])
def test_a_page_may_load_nothing_and_runs_nothing(path):
    answer = get(path)
    policy = answer.headers["content-security-policy"]

    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "script-src" not in policy
    assert "<script" not in answer.text
    assert not re.search(r'(?:src|href)="(?:https?:)?//', answer.text)


@pytest.mark.parametrize("code", PROBLEMS)
def test_every_problem_is_explained(code):
    answer = get(f"/problems/{code}")
    assert answer.status == 200
    assert f"<h1>{escape(PROBLEMS[code][1])}</h1>" in answer.text
    assert "What to do" in answer.text


@pytest.mark.parametrize("path", ["/problems/none", "/problems/..%2Fx", "/problems/", "/other"])
def test_what_is_not_there_is_a_problem(path):
    answer = get(path)
    assert (answer.status, json.loads(answer.text)["code"]) == (404, "unknown_route")
    assert answer.headers["content-type"] == "application/problem+json"
