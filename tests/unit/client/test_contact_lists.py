from __future__ import annotations

from outbound.adapters.api.contract.contact_examples import HEALTH


def test_parts_of_the_list_are_added_up(api, client):
    api.answer(200, HEALTH | {"next_cursor": "MTIg"})
    api.answer(200, HEALTH)

    found = client.get_list_health(stale="P6M")

    first, second = api.asked
    assert dict(first.url.params) == {"stale": "P6M"}
    assert dict(second.url.params) == {"stale": "P6M", "cursor": "MTIg"}
    assert (found.contacts, found.stale, found.suppressed["opted_out"]) == (824, 62, 34)
    assert found.next_cursor is None


def test_who_was_not_reached_is_counted_only_if_asked_for(api, client):
    api.answer(200, HEALTH | {"stale": None})

    assert client.get_list_health().stale is None
    assert dict(api.asked[0].url.params) == {}
