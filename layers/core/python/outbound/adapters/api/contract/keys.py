"""The operations on API keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from outbound.adapters.api.catalog_requests import KeyModel, RotationModel
from outbound.adapters.api.contract import catalog_answers as answers
from outbound.adapters.api.contract.operation import Answer, Body, Operation, Parameter
from outbound.adapters.api.contract.parameters import (
    CURSOR,
    IDEMPOTENCY_KEY,
    LIMIT,
    PAGING_PROBLEMS,
    REPLAYED,
    schema_of,
)
from outbound.adapters.api.contract.schemas import shape, value_of
from outbound.adapters.api.identifiers import KeyId
from outbound.domain.words import Scope

if TYPE_CHECKING:
    from collections.abc import Mapping

    from outbound.adapters.api.contract.schemas import Refine, Schema

TAG = "Keys"
WANTED: dict[str, Any] = {
    "name": "shop",
    "mode": "test",
    "scopes": ["messages:read", "messages:write"],
    "purposes": ["transactional"],
    "allowed_addresses": ["192.0.2.0/24"],
    "limit_per_minute": 600,
}
KEY: dict[str, Any] = {
    "id": "key_01kax3b2hv7fw2p8dz5r",
    "tenant": "acme",
    **WANTED,
    "created_at": "2026-11-23T16:40:00.123Z",
    "expires_at": None,
    "revoked_at": None,
    "last_used_at": None,
    "replaces": None,
    "replaced_by": None,
    "person": "ada",
}
MADE = {**KEY, "secret": "ob_test_8Jq2VxN0sLw5YtB7uKzR3eHcM9aPfD1gXoT4iWy6QbS"}
ROTATED = {**MADE, "id": "key_01kaz0q7m3c9t4xw8v2n", "replaces": KEY["id"]}
REVOKED = {**KEY, "revoked_at": "2026-11-24T08:00:00.000Z"}
WORDS = {
    "KeyRequest": {
        "name": "What you call it: where it is used.",
        "mode": "A test key does everything but hand over to a provider.",
        "scopes": "What it may do.",
        "purposes": "What it may send for.",
        "expires_at": "When it ends. If not given: never, or with the key that asks.",
        "allowed_addresses": "IP addresses and networks from where it may be used; from "
        "everywhere, if there are none.",
        "limit_per_minute": "How many requests it may make; if not given, as many as the "
        "deployment gives each key.",
    },
    "RotationRequest": {
        "overlap": "How long the old key still works: an ISO 8601 duration in days, hours and "
        "minutes, at most P30D.",
    },
}
KEY_PATH = Parameter("id", "path", "The key; not its secret.", schema_of(KeyId), KEY["id"])

OPERATIONS = (
    Operation(
        id="createKey",
        method="POST",
        path="/v1/keys",
        tag=TAG,
        summary="Make an API key",
        description="Its secret is shown in this answer and never again; not even a replay has "
        "it. A key gives no rights that the key that asks doesn't have, and belongs to the same "
        "person.",
        scope=Scope.KEYS_WRITE,
        parameters=(IDEMPOTENCY_KEY,),
        body=Body(KeyModel, {"A key for a shop": WANTED}),
        answers=(
            Answer(
                201,
                "The key, with its secret.",
                answers.MadeKey,
                {"A new key": MADE},
                REPLAYED,
                {
                    "getKey": {"id": "$response.body#/id"},
                    "rotateKey": {"id": "$response.body#/id"},
                    "revokeKey": {"id": "$response.body#/id"},
                },
            ),
        ),
        problems=("more_than_issuer", "time_in_the_past", "time_too_far"),
    ),
    Operation(
        id="listKeys",
        method="GET",
        path="/v1/keys",
        tag=TAG,
        summary="List API keys",
        description="All keys of the tenant, newest first, also those that ended.",
        scope=Scope.KEYS_WRITE,
        parameters=(LIMIT, CURSOR),
        answers=(
            Answer(
                200,
                "A page of keys.",
                answers.KeyList,
                {"One key": {"items": [KEY], "next_cursor": None}},
            ),
        ),
        problems=PAGING_PROBLEMS,
    ),
    Operation(
        id="getKey",
        method="GET",
        path="/v1/keys/{id}",
        tag=TAG,
        summary="Look at an API key",
        description="Without its secret.",
        scope=Scope.KEYS_WRITE,
        parameters=(KEY_PATH,),
        answers=(Answer(200, "The key.", answers.Key, {"A key": KEY}),),
        problems=("unknown_key_id",),
    ),
    Operation(
        id="rotateKey",
        method="POST",
        path="/v1/keys/{id}/rotate",
        tag=TAG,
        summary="Replace an API key",
        description="Makes a key with the same rights. The old one goes on for the overlap, so "
        "that nothing stops while you change over. A key can be replaced once.",
        scope=Scope.KEYS_WRITE,
        parameters=(KEY_PATH, IDEMPOTENCY_KEY),
        body=Body(RotationModel, {"Within two days": {"overlap": "P2D"}}, required=False),
        answers=(
            Answer(
                201,
                "The new key, with its secret.",
                answers.MadeKey,
                {"The new key": ROTATED},
                REPLAYED,
            ),
        ),
        problems=(
            "unknown_key_id",
            "more_than_issuer",
            "key_already_rotated",
            "key_not_usable",
        ),
    ),
    Operation(
        id="revokeKey",
        method="DELETE",
        path="/v1/keys/{id}",
        tag=TAG,
        summary="Revoke an API key",
        description="For good. A minute later it works nowhere.",
        scope=Scope.KEYS_WRITE,
        parameters=(KEY_PATH,),
        answers=(Answer(200, "The key, revoked.", answers.Key, {"Revoked": REVOKED}),),
        problems=("unknown_key_id",),
    ),
)


def refine_key(schema: Schema, _: dict[str, Schema]) -> Schema:
    """Addresses are read by Python's ipaddress."""
    value_of(schema["properties"]["allowed_addresses"])["items"]["format"] = "ip-network"
    return schema


def refine_rotation(schema: Schema, _: dict[str, Schema]) -> Schema:
    """A duration, as far as a pattern says it."""
    pattern = r"^P(?=[0-9T])([0-9]{1,4}D)?(T(?=[0-9])([0-9]{1,4}H)?([0-9]{1,5}M)?)?$"
    shape(schema, "overlap", pattern=pattern, format="duration")
    return schema


REFINEMENTS: Mapping[str, Refine] = {"KeyRequest": refine_key, "RotationRequest": refine_rotation}
