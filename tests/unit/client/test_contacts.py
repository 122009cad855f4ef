from __future__ import annotations

import pytest

from outbound.adapters.api.contract.contact_examples import (
    CONTACT,
    ERASURE,
    EXPORT,
    HISTORY,
    WANTED,
)
from outbound_client import Problem


def test_a_contact_is_made_whole(api, client):
    api.answer(201, CONTACT)
    made = client.put_contact("ada", **WANTED)
    assert (made.id, made.email, made.phones[0].kind) == (
        "ada",
        ("ada@example.com",),
        "fixed_line_or_mobile",
    )
    assert made.consents["sms"]["marketing"][0].status == "granted"
    assert (api.asked[0].method, api.body(0)) == ("PUT", WANTED)


def test_none_takes_something_away_by_a_change(api, client):
    api.answer(200, CONTACT)
    client.update_contact("ada", {"region": None, "attributes": {"plan": "team"}})
    assert api.asked[0].method == "PATCH"
    assert api.body(0) == {"region": None, "attributes": {"plan": "team"}}


def test_a_contact_is_looked_at_and_its_number_asked_about(api, client):
    for _ in range(2):
        api.answer(200, CONTACT)
    assert client.get_contact("a/b").id == "ada"
    assert client.look_up_number("ada").phones[0].line.type == "mobile"
    assert [each.url.raw_path.decode().removeprefix("/stage") for each in api.asked] == [
        "/v1/contacts/a%2Fb",
        "/v1/contacts/ada/lookup",
    ]


def test_contacts_are_found_by_an_address_or_as_not_reached(api, client):
    for _ in range(2):
        api.answer(200, {"items": [CONTACT], "next_cursor": None})
    assert client.find_contacts(phone="+14255550123").items[0].id == "ada"
    assert client.list_stale_contacts("P1Y", limit=5).items[0].region == "US-WA"
    assert [dict(each.url.params) for each in api.asked] == [
        {"phone": "+14255550123"},
        {"stale": "P1Y", "limit": "5"},
    ]


def test_it_takes_one_address_to_find_by(client):
    for addresses in ({}, {"email": "ada@example.com", "phone": "+14255550123"}):
        with pytest.raises(ValueError, match="exactly one"):
            client.find_contacts(**addresses)


def test_all_that_is_held_comes_part_by_part(api, client):
    api.answer(200, EXPORT | {"next_cursor": "MTIg"})
    api.answer(200, EXPORT)
    parts = list(client.export_contact("ada"))
    assert [each.contact.id for each in parts] == ["ada", "ada"]
    assert [dict(each.url.params) for each in api.asked] == [{}, {"cursor": "MTIg"}]


def test_the_ledger_says_who_wrote_down_what(api, client):
    api.answer(200, HISTORY)
    (entry,) = client.get_consent_history("ada").items
    assert (entry.number, entry.kind, entry.facts["topic"]) == (1, "consent.granted", "offers")


def test_an_erasure_is_followed(api, client):
    api.answer(202, ERASURE)
    api.answer(200, ERASURE | {"state": "finished"})
    begun = client.erase_contact("ada")
    assert client.get_erasure(begun.id).state == "finished"
    assert [each.method for each in api.asked] == ["DELETE", "GET"]


def test_an_answer_says_which_version_it_is(api, client):
    api.answer(200, CONTACT, ETag='"3"')
    api.answer(200, {"items": [CONTACT], "next_cursor": None})
    assert client.get_contact("ada").etag == '"3"'
    assert client.list_stale_contacts("P1Y").items[0].etag is None


def test_a_contact_is_changed_only_as_it_was_seen(api, client):
    for _ in range(4):
        api.answer(200, CONTACT)
    client.put_contact("ada", **WANTED, if_match='"3"')
    client.update_contact("ada", {"region": None}, if_match='"3"')
    client.put_consents("ada", WANTED["consents"], if_match='"3"')
    client.put_contact_checks("ada", [], if_match='"3"')
    assert [each.headers["If-Match"] for each in api.asked] == ['"3"'] * 4


def test_a_contact_is_made_only_if_there_is_none(api, client):
    api.answer(412, {"code": "contact_changed", "title": "Changed"})
    with pytest.raises(Problem, match="contact_changed"):
        client.put_contact("ada", **WANTED, only_new=True)
    assert api.asked[0].headers["If-None-Match"] == "*"
    assert api.body() == WANTED


@pytest.mark.parametrize("if_match", ["", '"é"', '"3"\r\nX: 1'])
def test_what_is_no_etag_is_refused_before_anything_is_asked(api, client, if_match):
    with pytest.raises(ValueError, match="if_match"):
        client.update_contact("ada", {"region": None}, if_match=if_match)
    assert api.asked == []
