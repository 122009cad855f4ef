from __future__ import annotations

import httpx
import pytest

from tests.unit.client.conftest import MEDIA, PROBLEM, UPLOAD


@pytest.fixture
def menu(tmp_path):
    path = tmp_path / "menu.pdf"
    path.write_bytes(b"%PDF-1.7 The menu.")
    return path


def answer(api, **media):
    api.answer(201, {**MEDIA, "upload": UPLOAD})
    api.answers.append(httpx.Response(204))
    api.answer(200, {**MEDIA, **media})


def test_an_uploaded_file_is_told_by_its_id(api, outbound, menu):
    answer(api, state="ready")

    result = outbound("media", "upload", str(menu), "--expires-in", "P7D", "--contact", "ada")

    assert (result.code, result.out) == (0, "med_1  ready\n")
    assert api.body(0)["type"] == "application/pdf"
    assert api.body(0)["name"] == "menu.pdf"
    assert (api.body(0)["expires_in"], api.body(0)["contact_id"]) == ("P7D", "ada")


def test_its_type_may_be_given_and_its_answer_be_json(api, outbound, menu):
    answer(api, state="ready")

    result = outbound("media", "upload", str(menu), "--type", "text/plain", "--json")

    assert api.body(0)["type"] == "text/plain"
    assert result.json()["id"] == "med_1"


def test_a_file_that_is_rejected_is_a_failure_with_its_reason(api, outbound, menu):
    answer(api, state="rejected", reason="wrong_type")

    result = outbound("media", "upload", str(menu))

    assert result.code == 2
    assert "menu.pdf can't be sent: wrong_type." in result.err


@pytest.mark.parametrize(
    ("name", "said"),
    [("notes.unknown", "give its --type"), ("none.pdf", "No such file or directory")],
)
def test_a_file_that_cannot_be_read_asks_for_nothing(api, outbound, tmp_path, name, said):
    result = outbound("media", "upload", str(tmp_path / name))

    assert result.code != 0
    assert said in result.err
    assert api.asked == []


def test_a_problem_is_told_as_it_is(api, outbound, menu):
    api.answer(422, PROBLEM)

    result = outbound("media", "upload", str(menu))

    assert result.code == 1
    assert "order has no value" in result.err


def test_a_file_is_looked_at_and_removed(api, outbound):
    api.answer(200, MEDIA)
    api.answer(200, MEDIA)

    assert "menu.pdf" in outbound("media", "get", "med_1").out
    assert outbound("media", "remove", "med_1", "--json").json()["id"] == "med_1"
    assert [each.method for each in api.asked] == ["GET", "DELETE"]
