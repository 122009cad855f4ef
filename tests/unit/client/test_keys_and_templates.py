from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.unit.client.conftest import KEY, TEMPLATE

if TYPE_CHECKING:
    from outbound_client import CreatedKey, OutboundClient


def create(client: OutboundClient, **changes: Any) -> CreatedKey:
    return client.create_key(
        name="shop",
        mode="live",
        scopes=("messages:write",),
        purposes=["transactional"],
        **changes,
    )


def test_a_new_key_tells_its_secret_only_to_who_asks_for_it(api, client):
    api.answer(201, KEY | {"secret": "ob_live_secret"})

    key = create(client)

    assert "ob_live_secret" not in f"{key} {key!r}"
    assert key.secret is not None
    assert key.secret.get_secret_value() == "ob_live_secret"
    assert api.asked[0].headers["Idempotency-Key"]
    assert api.body()["scopes"] == ["messages:write"]


def test_a_replayed_key_has_no_secret(api, client):
    api.answer(201, KEY, Idempotent_Replayed="true")

    assert create(client, idempotency_key="first-key").secret is None


def test_a_key_is_revoked(api, client):
    api.answer(200, KEY | {"revoked_at": "2026-11-24T00:00:00Z"})

    key = client.revoke_key("key_1")

    assert api.asked[0].method == "DELETE"
    assert key.revoked_at is not None


def test_a_template_is_stored_and_read(api, client):
    api.answer(201, TEMPLATE)
    api.answer(200, TEMPLATE)

    stored = client.put_template(
        "shipped", purpose="transactional", channels={"sms": {"text": "Order {{ order }}"}}
    )
    found = client.get_template("shipped", version=2)

    assert stored == found
    assert [request.url.raw_path for request in api.asked] == [
        b"/stage/v1/templates/shipped",
        b"/stage/v1/templates/shipped?version=2",
    ]
