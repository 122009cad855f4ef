"""The page of a file: what it shows, what it may load, and whom it tells nothing."""

from __future__ import annotations

from types import SimpleNamespace

import boto3
import pytest

from functions.pages.handler import handler
from outbound.domain.link import MediaLink
from outbound.wiring import links
from tests.aws import BUCKET, PAGES
from tests.builders import PNG
from tests.functions.conftest import CONTEXT, event

MP4 = b"\0\0\0\x20ftypisom\0\0\x02\0isomiso2avc1mp41".ljust(200, b"\0")
MP3 = b"ID3\x04\0\0".ljust(200, b"\0")
VTT = b"WEBVTT\n\n00:00.000 --> 00:01.000\nHello\n"
PDF = b"%PDF-1.7".ljust(100, b".")
TYPES = {
    "image/png": ("picture.png", PNG),
    "video/mp4": ("film.mp4", MP4),
    "audio/mpeg": ("voice.mp3", MP3),
    "text/vtt": ("captions.vtt", VTT),
    "application/pdf": ("leaflet.pdf", PDF),
}


@pytest.fixture
def file(api):
    """Uploads a file; gives its id back."""

    def file(type_name, **changes):
        name, content = TYPES[type_name]
        wanted = {"name": name, "type": type_name, "size": len(content), **changes}
        announced = api.ask("POST", "/v1/media", wanted)
        assert announced.status == 201, announced.body
        key = announced.body["upload"]["fields"]["key"]
        boto3.client("s3").put_object(Bucket=BUCKET, Key=key, Body=content)
        media_id = announced.body["id"]
        assert api.ask("GET", f"/v1/media/{media_id}").body["state"] == "ready"
        return media_id

    return file


def link_to(media_id, tenant="acme"):
    return links.signed().media_url(MediaLink(tenant, media_id)).removeprefix(PAGES)


def visit(path, method="GET", **headers):
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    answer = handler(event(method, path, None, sent, {}), CONTEXT)
    return SimpleNamespace(
        status=answer["statusCode"],
        text=answer["body"],
        headers={name.lower(): value for name, value in answer["headers"].items()},
    )


def test_a_film_plays_with_its_captions_its_poster_and_its_words(api, file):
    api.ask("PUT", "/v1/settings", {"name": "Green Street Clinic"})
    poster, captions = file("image/png"), file("text/vtt")
    said = {"title": "Your visit", "transcript": "We meet at ten.\n\nBring <this>."}
    media_id = file(
        "video/mp4",
        page={**said, "poster_id": poster, "captions_id": captions, "language": "en"},
    )

    seen = visit(link_to(media_id))

    assert seen.status == 200
    assert "<h1>Your visit</h1>" in seen.text
    assert "Green Street Clinic" in seen.text
    assert "<p>We meet at ten.</p>" in seen.text
    assert "Bring &lt;this&gt;." in seen.text
    assert "<script" not in seen.text
    policy = seen.headers["content-security-policy"]
    assert f"media-src https://{BUCKET}.s3.amazonaws.com/kept-31/acme/{media_id} 'self'" in policy
    assert f"img-src data: https://{BUCKET}.s3.amazonaws.com/kept-31/acme/{poster};" in policy
    assert "default-src 'none'" in policy
    assert "X-Amz-Algorithm=AWS4-HMAC-SHA256" in seen.text
    assert "X-Amz-Expires=3600" in seen.text
    track = visit(f"{link_to(media_id)}/captions")
    assert (track.status, track.headers["content-type"]) == (200, "text/vtt; charset=utf-8")
    assert track.text == VTT.decode()


@pytest.mark.parametrize(
    ("type_name", "element", "source"),
    [
        ("image/png", '<img class="shown"', "img-src data: https://"),
        ("audio/mpeg", '<audio class="shown"', "media-src https://"),
        ("application/pdf", "<a href", "img-src data:;"),
    ],
)
def test_each_kind_of_file_is_shown_its_way(file, type_name, element, source):
    seen = visit(link_to(file(type_name)))
    assert element in seen.text
    assert source in seen.headers["content-security-policy"]
    assert f"<h1>{TYPES[type_name][0]}</h1>" in seen.text


@pytest.mark.parametrize(
    ("language", "word"), [("es", "De "), ("fr-CA", "De "), ("de", "Von "), ("pl", "From ")]
)
def test_it_speaks_the_readers_language(file, language, word):
    assert f">{word}" in visit(link_to(file("image/png")), accept_language=language).text


def test_looking_without_reading_is_answered_alike(file):
    assert visit(link_to(file("image/png")), method="HEAD").status == 200


def test_a_link_that_is_forged_cut_or_for_something_else_leads_nowhere(api, file):
    path = link_to(file("image/png"))
    other = path.replace("/m/", "/u/")
    for wrong in (path[:-1], path + "x", "/m/forged", "/m/" + "x" * 5000):
        assert visit(wrong).status == 404
    assert visit(other).status == 404
    assert visit(path + "/captions").status == 404


def test_a_file_that_is_gone_expired_or_of_others_leads_nowhere(api, file):
    media_id = file("image/png")
    assert visit(link_to(media_id, tenant="other")).status == 404
    api.ask("DELETE", f"/v1/media/{media_id}")
    gone = visit(link_to(media_id), accept_language="de")
    assert gone.status == 404
    assert 'lang="de"' in gone.text


def test_a_file_that_waits_or_was_rejected_is_not_shown(api):
    wanted = {"name": "a.png", "type": "image/png", "size": 100}
    announced = api.ask("POST", "/v1/media", wanted).body
    assert visit(link_to(announced["id"])).status == 404
    key = announced["upload"]["fields"]["key"]
    boto3.client("s3").put_object(Bucket=BUCKET, Key=key, Body=b"MZ".ljust(100, b"."))
    assert api.ask("GET", f"/v1/media/{announced['id']}").body["state"] == "rejected"
    assert visit(link_to(announced["id"])).status == 404


@pytest.mark.parametrize(
    ("name", "type_name", "changes", "code"),
    [
        ("poster_id", "text/vtt", {}, "wrong_media_type"),
        ("captions_id", "image/png", {}, "wrong_media_type"),
        ("captions_id", "text/vtt", {"expires_in": "P20D"}, "media_expires_first"),
    ],
)
def test_what_a_page_needs_is_checked_when_it_is_named(api, file, name, type_name, changes, code):
    needed = file(type_name, **changes)
    before = api.written()
    wanted = {"name": "film.mp4", "type": "video/mp4", "size": 9, "page": {name: needed}}
    answer = api.ask("POST", "/v1/media", wanted)
    assert (answer.status, answer.body["code"]) == (422, code)
    assert [each["pointer"] for each in answer.body["errors"]] == [f"/page/{name}"]
    assert api.written() == before


def test_another_tenants_poster_is_unknown(api, file):
    other = api.make_key(tenant="other")["secret"]
    page = {"poster_id": file("image/png")}
    wanted = {"name": "f.mp4", "type": "video/mp4", "size": 9, "page": page}
    answer = api.ask("POST", "/v1/media", wanted, key=other)
    assert (answer.status, answer.body["code"]) == (422, "media_not_found")


def test_the_same_announcement_is_answered_though_its_poster_is_gone(api, file):
    poster = file("image/png")
    wanted = {"name": "f.mp4", "type": "video/mp4", "size": 9, "page": {"poster_id": poster}}
    headers = {"idempotency-key": "one-film"}
    first = api.ask("POST", "/v1/media", wanted, headers=headers)
    api.ask("DELETE", f"/v1/media/{poster}")
    again = api.ask("POST", "/v1/media", wanted, headers=headers)
    assert (again.status, again.body["id"]) == (201, first.body["id"])
    assert again.body["page"]["poster_id"] == poster


@pytest.mark.parametrize(("size", "status"), [(100_000_000, 201), (100_000_001, 422)])
def test_a_form_takes_a_film_of_its_size_and_no_larger(api, size, status):
    wanted = {"name": "film.mp4", "type": "video/mp4", "size": size}
    answer = api.ask("POST", "/v1/media", wanted)
    assert answer.status == status
