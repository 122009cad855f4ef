import pytest
from hypothesis import given
from hypothesis import strategies as st

from outbound.domain.duration import parse_duration
from outbound.domain.media import (
    Uploaded,
    encoded,
    goes_as_mms,
    largest,
    name_objection,
    rejection,
)
from outbound.domain.media_types import HEAD, TYPES, looks_like
from tests.builders import PNG, make_media

PROGRAM = b"MZ\x90\0".ljust(100, b".")


@pytest.mark.parametrize(
    ("name", "type_name"),
    [
        ("menu.pdf", "application/pdf"),
        ("Menü 2026.PDF", "application/pdf"),
        ("a.b.jpeg", "image/jpeg"),
    ],
)
def test_an_ordinary_name_is_taken(name, type_name):
    assert name_objection(name, type_name) is None


@pytest.mark.parametrize(
    "name",
    [
        "",
        "a" * 252 + ".pdf",
        "menu.exe",
        "menu.pdf.exe",
        ".pdf",
        "../menu.pdf",
        "..\\menu.pdf",
        "menu\n.pdf",
        "menu\0.pdf",
        "fdp.\u202egpj.pdf",
        "\u200bmenu.pdf",
        "menu\u2028.pdf",
        "\ud800.pdf",
    ],
)
def test_a_name_that_hides_something_is_refused(name):
    assert name_objection(name, "application/pdf") is not None


@pytest.mark.parametrize("type_name", TYPES)
def test_a_program_is_taken_for_no_type(type_name):
    assert not looks_like(type_name, PROGRAM)
    assert not looks_like(type_name, b"\x7fELF\2\1\1\0".ljust(100, b"\0"))
    assert not looks_like(type_name, b"#!/bin/sh\necho")


@given(st.text(min_size=1))
def test_text_stays_text_wherever_the_look_ends(text):
    content = (text.replace("\0", " ") * HEAD).encode(errors="replace")
    head = b" " + content[: HEAD - 1]
    assert looks_like("text/plain", head)


def test_text_in_another_encoding_is_refused():
    assert not looks_like("text/csv", "Zoë".encode("latin-1"))


@pytest.mark.parametrize(
    ("uploaded", "reason"),
    [
        (Uploaded(100, PNG, None, "1"), None),
        (Uploaded(101, PNG, None, "1"), "wrong_size"),
        (Uploaded(100, PROGRAM, None, "1"), "wrong_type"),
    ],
)
def test_an_upload_is_measured_against_its_announcement(uploaded, reason):
    assert rejection(make_media(), uploaded) == reason


def test_a_digest_must_fit():
    announced = make_media(sha256="a" * 64)
    assert rejection(announced, Uploaded(100, PNG, "b" * 64, "1")) == "wrong_checksum"
    assert rejection(announced, Uploaded(100, PNG, "a" * 64, "1")) is None


@pytest.mark.parametrize(("size", "bytes_"), [(0, 0), (1, 6), (57, 78), (58, 84)])
def test_a_file_grows_by_its_encoding(size, bytes_):
    assert encoded(size) == bytes_


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("P30D", 2_592_000), ("PT1H30M", 5400), ("P1W", 604_800), ("P1DT5S", 86_405)],
)
def test_a_duration_is_read(text, seconds):
    assert parse_duration(text).total_seconds() == seconds


@pytest.mark.parametrize(
    "text", ["", "P", "PT", "P1M", "P1Y", "30D", "P1DT", "-P1D", "P1.5D", "p1d", "P\u0661D"]
)
def test_what_has_no_length_is_no_duration(text):
    with pytest.raises(ValueError, match="ISO 8601"):
        parse_duration(text)


MP4 = b"\0\0\0\x20ftypisom\0\0\x02\0isomiso2avc1mp41"
WEBM = b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\x82\x84webm"
FILES = {
    "video/mp4": MP4,
    "video/webm": WEBM,
    "audio/mp4": b"\0\0\0\x20ftypM4A \0\0\0\0",
    "audio/mpeg": b"ID3\x04\0\0",
    "audio/wav": b"RIFF\x24\0\0\0WAVEfmt ",
    "audio/ogg": b"OggS\0\x02",
    "text/vtt": b"WEBVTT\n\n00:00.000 --> 00:01.000\nHello\n",
}


@pytest.mark.parametrize("type_name", FILES)
def test_a_sound_film_or_caption_is_known_by_how_it_begins(type_name):
    assert looks_like(type_name, FILES[type_name])
    others = {name for name, head in FILES.items() if looks_like(type_name, head)}
    assert others - {"video/mp4", "audio/mp4"} == {type_name} - {"video/mp4", "audio/mp4"}


@pytest.mark.parametrize(
    ("type_name", "head"),
    [
        ("video/mp4", b"\0\0\0\x20ftypheic\0\0\0\0mif1heic"),
        ("video/webm", WEBM.replace(b"webm", b"matroska")),
        ("audio/wav", b"RIFF\x24\0\0\0AVI LIST"),
        ("image/gif", b"GIF89a/*\x01\0*/=1;//<script>alert(1)</script>"),
        ("image/jpeg", b"\xff\xd8\xff\xe0" + b"." * 50 + b"<HTML><body onload=x()>"),
        ("image/png", PNG + b"<svg onload=x()>"),
        ("video/mp4", MP4 + b"<!DOCTYPE html>"),
        ("text/vtt", b"WEBVTT\0\x01"),
        ("text/vtt", b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>"),
        ("image/png", b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>"),
    ],
)
def test_what_is_two_things_at_once_or_another_is_refused(type_name, head):
    assert not looks_like(type_name, head)


def test_a_drawing_that_can_hold_scripts_is_no_type():
    assert "image/svg+xml" not in TYPES


@pytest.mark.parametrize(
    ("type_name", "bytes_"), [("video/mp4", 100_000_000), ("image/png", 28_000_000)]
)
def test_films_may_be_larger_than_what_goes_by_email(type_name, bytes_):
    assert largest(type_name) == bytes_


@pytest.mark.parametrize(
    ("changes", "country", "mms", "along"),
    [
        ({}, "US", True, True),
        ({}, "FR", True, False),
        ({}, None, True, False),
        ({}, "US", False, False),
        ({"size": 2_000_001}, "CA", True, False),
        ({"type": "image/webp"}, "US", True, False),
    ],
)
def test_a_text_takes_a_file_along_where_it_can(changes, country, mms, along):
    assert goes_as_mms(make_media(**changes), country, mms=mms) is along
