"""The operations on API keys."""

from __future__ import annotations

from typing import Any

from outbound.adapters.api.catalog_requests import KeyModel
from outbound.adapters.api.contract import answers
from outbound.adapters.api.contract.operation import Answer, Body, Operation, Parameter
from outbound.adapters.api.contract.parameters import IDEMPOTENCY_KEY, REPLAYED, schema_of
from outbound.adapters.api.contract.pattern import KeyId
from outbound.domain.words import Scope

WANTED: dict[str, Any] = {
    "name": "shop",
    "mode": "test",
    "scopes": ["messages:write", "messages:read"],
    "purposes": ["transactional"],
}
MADE = {
    "id": "key_01kax3b2hv7fw2p8dz5r",
    "secret": "ob_test_8Jq2VxN0sLw5YtB7uKzR3eHcM9aPfD1gXoT4iWy6QbS",
    "tenant": "acme",
    **WANTED,
    "created_at": "2026-11-23T16:40:00.123Z",
    "expires_at": None,
    "revoked_at": None,
}
REVOKED = {**MADE, "secret": None, "revoked_at": "2026-11-24T08:00:00.000Z"}
WORDS = {
    "KeyRequest": {
        "name": "What you call it: where it is used.",
        "mode": "A test key does everything but hand over to a provider.",
        "scopes": "What it may do.",
        "purposes": "What it may send for.",
        "expires_at": "When it ends; never, if not given.",
    },
}
KEY_PATH = Parameter("id", "path", "The key; not its secret.", schema_of(KeyId), MADE["id"])

OPERATIONS = (
    Operation(
        id="createKey",
        method="POST",
        path="/v1/keys",
        tag="Keys",
        summary="Make an API key",
        description="Its secret is shown in this answer and never again; not even a replay has "
        "it. A key gives no rights that the key that asks doesn't have.",
        scope=Scope.KEYS_WRITE,
        parameters=(IDEMPOTENCY_KEY,),
        body=Body(KeyModel, {"A key for a shop": WANTED}),
        answers=(
            Answer(
                201,
                "The key.",
                answers.Key,
                MADE,
                REPLAYED,
                {"revokeKey": {"id": "$response.body#/id"}},
            ),
        ),
        problems=("more_than_issuer", "time_in_the_past", "time_too_far"),
    ),
    Operation(
        id="revokeKey",
        method="DELETE",
        path="/v1/keys/{id}",
        tag="Keys",
        summary="Revoke an API key",
        description="For good. A minute later it works nowhere.",
        scope=Scope.KEYS_WRITE,
        parameters=(KEY_PATH,),
        answers=(Answer(200, "The key, revoked.", answers.Key, REVOKED),),
        problems=("unknown_key_id",),
    ),
)
