from __future__ import annotations

SPRING = {
    "id": "spring",
    "name": "Spring news",
    "purpose": "marketing",
    "topic": None,
    "channels": ["email"],
    "level": "express",
    "wording": {"en": "I agree."},
    "keyword": None,
    "brand": None,
    "continue_to": None,
    "created_at": "2026-11-23T16:40:00.123Z",
    "updated_at": "2026-11-23T16:40:00.123Z",
}
WANTED = {name: SPRING[name] for name in ("name", "purpose", "channels", "level", "wording")}


def test_a_programme_is_put_with_what_is_given(api, client):
    api.answer(201, SPRING)

    programme = client.put_programme("spring", **WANTED)

    [asked] = api.asked
    assert (asked.method, asked.url.path) == ("PUT", "/stage/v1/programmes/spring")
    assert api.body(0) == WANTED
    assert (programme.id, programme.wording) == ("spring", {"en": "I agree."})


def test_a_programme_is_read_listed_and_removed(api, client):
    for body in (SPRING, {"items": [SPRING], "next_cursor": "next"}, SPRING):
        api.answer(200, body)

    found = client.get_programme("spring")
    page = client.list_programmes(limit=1, cursor="here")
    removed = client.delete_programme("spring")

    assert [asked.method for asked in api.asked] == ["GET", "GET", "DELETE"]
    assert dict(api.asked[1].url.params) == {"limit": "1", "cursor": "here"}
    assert (page.items, page.next_cursor, removed) == ((found,), "next", found)
