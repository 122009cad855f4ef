from __future__ import annotations

import json

import pytest

from tests.unit.client.test_coupons import POOL, RUNNING
from tests.unit.client.test_programmes import SPRING, WANTED

SAID = {"name": "Clinic", "phone": "+15035550142", "website": None}
FORM = {"url": "https://example.com/u/1", "language": "fr", "html": "<form></form>"}


@pytest.fixture
def write(tmp_path):
    """Writes a file, and gives its path."""

    def write(content):
        path = tmp_path / "file"
        path.write_text(content if isinstance(content, str) else json.dumps(content))
        return str(path)

    return write


def test_who_you_are_is_said_whole_and_shown(api, outbound):
    api.answer(200, SAID)
    api.answer(200, SAID)
    put = outbound("settings", "put", "--name", "Clinic", "--phone", "+15035550142")
    assert api.body() == {"name": "Clinic", "phone": "+15035550142"}
    assert put.out == outbound("settings", "get").out == "name   Clinic\nphone  +15035550142\n"


def test_who_has_said_nothing_is_shown_as_that(api, outbound):
    api.answer(200, {})
    api.answer(200, {})
    assert outbound("settings", "get").out == "name  not said\n"
    assert outbound("settings", "get", "--json").json()["name"] is None


def test_a_programme_is_put_from_a_file_and_shown(api, outbound, write):
    api.answer(201, SPRING)
    result = outbound("programmes", "put", "spring", write(WANTED))
    assert api.body() == WANTED
    assert "wording.en  I agree." in result.out


@pytest.mark.parametrize(
    ("document", "told"),
    [
        (WANTED | {"colour": "red"}, "colour is not known; there are name, purpose"),
        ({"name": "Spring"}, "purpose is missing"),
    ],
)
def test_a_programme_of_other_fields_is_refused_in_words(api, outbound, write, document, told):
    result = outbound("programmes", "put", "spring", write(document))
    assert (result.code, told in result.err, api.asked) == (2, True, [])


def test_a_programme_of_the_wrong_form_is_left_to_the_api(api, outbound, write):
    api.answer(422, {"code": "invalid_request", "title": "Not valid"})
    strange = WANTED | {"channels": "email", "wording": 7}
    assert outbound("programmes", "put", "spring", write(strange)).code == 1
    assert api.body() == strange


def test_programmes_are_listed_shown_and_removed(api, outbound):
    api.answer(200, {"items": [SPRING], "next_cursor": "more"})
    api.answer(200, SPRING)
    api.answer(200, SPRING)
    listed = outbound("programmes", "list", "--limit", "1")
    assert "Spring news" in listed.out
    assert "--cursor more" in listed.err
    assert outbound("programmes", "get", "spring", "--json").json()["level"] == "express"
    assert outbound("programmes", "remove", "spring").code == 0
    assert api.asked[-1].method == "DELETE"


def test_the_form_alone_is_printed_so_that_it_can_go_into_a_page(api, outbound):
    api.answer(200, FORM)
    result = outbound("programmes", "form", "spring", "--language", "fr")
    assert result.out == "<form></form>\n"
    assert "https://example.com/u/1" in result.err
    assert dict(api.asked[0].url.params) == {"language": "fr"}


def test_a_pool_is_made_and_shown_with_its_files(api, outbound):
    api.answer(201, POOL)
    api.answer(200, POOL | {"imports": [RUNNING]})
    outbound("coupons", "put", "spring", "--expires-at", "2027-04-01T00:00:00Z")
    assert api.body() == {"expires_at": "2027-04-01T00:00:00Z"}
    lines = [line.split() for line in outbound("coupons", "get", "spring").out.splitlines()]
    assert ["free", "2"] in lines
    assert ["med_1", "running", "0", "0"] in lines


def test_each_line_of_a_file_is_a_code(api, outbound, write):
    api.answer(200, {"added": 1, "duplicates": 1})
    result = outbound("coupons", "add", "spring", write("A-1\r\n\nnot two\n"))
    assert api.body() == {"codes": ["A-1", "not two"]}
    assert [line.split()[-1] for line in result.out.splitlines()] == ["1", "1"]


def test_a_file_without_codes_is_refused_before_anything_is_asked(api, outbound, write):
    result = outbound("coupons", "add", "spring", write("\n"))
    assert (result.code, "is empty" in result.err, api.asked) == (2, True, [])


def test_an_uploaded_file_of_codes_is_read_in_the_background(api, outbound):
    api.answer(202, RUNNING)
    result = outbound("coupons", "import", "spring", "med_1")
    assert api.body() == {"media_id": "med_1"}
    assert "running" in result.out
