from __future__ import annotations

import hashlib

import httpx
import pytest

from outbound_client import Problem, Unreachable
from tests.unit.client.conftest import MEDIA, PROBLEM, UPLOAD

CONTENT = b"%PDF-1.7 The menu."


def upload(client, **changes):
    return client.upload_media("menu.pdf", CONTENT, type="application/pdf", **changes)


def test_a_file_is_announced_uploaded_by_its_form_and_looked_at(api, client):
    api.answer(201, {**MEDIA, "upload": UPLOAD})
    api.answers.append(httpx.Response(204))
    api.answer(200, {**MEDIA, "state": "ready"})

    media = upload(client, expires_in="P7D", idempotency_key="menu-1")

    announced, posted, looked = api.asked
    assert api.body(0) == {
        "name": "menu.pdf",
        "type": "application/pdf",
        "size": len(CONTENT),
        "sha256": hashlib.sha256(CONTENT).hexdigest(),
        "expires_in": "P7D",
    }
    assert announced.headers["Idempotency-Key"] == "menu-1"
    assert (str(posted.url), posted.method) == (UPLOAD["url"], "POST")
    fields = posted.content.split(b'; name="')
    assert [part.partition(b'"')[0] for part in fields[1:]] == [b"key", b"policy", b"file"]
    assert CONTENT in fields[-1]
    assert looked.url.path.endswith("/v1/media/med_1")
    assert (media.id, media.state) == ("med_1", "ready")


def test_the_key_is_not_shown_to_who_takes_the_file(api, client):
    api.answer(201, {**MEDIA, "upload": UPLOAD})
    api.answers.append(httpx.Response(204))
    api.answer(200, MEDIA)

    upload(client)

    assert "authorization" not in api.asked[1].headers


def test_a_file_that_was_uploaded_before_is_not_uploaded_again(api, client):
    api.answer(201, {**MEDIA, "state": "ready", "upload": None})
    api.answer(200, {**MEDIA, "state": "ready"})

    upload(client)

    assert [request.method for request in api.asked] == ["POST", "GET"]


@pytest.mark.parametrize(
    "answer", [httpx.Response(403), httpx.ConnectError("media-bucket refused")]
)
def test_an_upload_that_nobody_takes_is_an_error(api, client, answer):
    api.answer(201, {**MEDIA, "upload": UPLOAD})
    api.answers.append(answer)

    with pytest.raises(Unreachable, match=r"the file (was not taken|could not be uploaded)"):
        upload(client)


def test_an_announcement_that_is_refused_uploads_nothing(api, client):
    api.answer(422, PROBLEM)

    with pytest.raises(Problem):
        upload(client)
    assert len(api.asked) == 1
