from __future__ import annotations

TESTER = {
    "id": "ann",
    "masked": "+1425•••0123",
    "verified_at": None,
    "code_expires_at": "2026-11-23T17:10:00.123Z",
}
VERIFIED = TESTER | {"verified_at": "2026-11-23T16:41:00.123Z", "code_expires_at": None}


def test_settings_are_said_and_read(api, client):
    api.answer(200, {"name": "Clinic", "phone": "+15035550142", "website": None})
    api.answer(200, {"name": "Clinic", "phone": "+15035550142", "website": None})

    said = client.put_settings(name="Clinic", phone="+15035550142")

    assert said == client.get_settings()
    assert api.body(0) == {"name": "Clinic", "phone": "+15035550142"}
    assert (said.name, said.postal_address) == ("Clinic", None)


def test_a_tester_is_invited_verified_listed_and_removed(api, client):
    api.answer(201, TESTER)
    api.answer(200, VERIFIED)
    api.answer(200, {"items": [VERIFIED], "next_cursor": None})
    api.answer(200, VERIFIED)

    assert client.put_tester("ann", phone="+14255550123").verified_at is None
    assert client.verify_tester("ann", "042137").verified_at is not None
    assert [each.id for each in client.list_testers()] == ["ann"]
    assert client.remove_tester("ann").id == "ann"

    assert [(each.method, each.url.path) for each in api.asked] == [
        ("PUT", "/stage/v1/testers/ann"),
        ("POST", "/stage/v1/testers/ann/verify"),
        ("GET", "/stage/v1/testers"),
        ("DELETE", "/stage/v1/testers/ann"),
    ]
    assert api.body(0) == {"phone": "+14255550123"}
    assert api.body(1) == {"code": "042137"}
