import pytest
from hypothesis import given
from hypothesis import strategies as st

from outbound.domain.duration import parse_duration
from outbound.domain.media import Uploaded, encoded, name_objection, rejection
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
