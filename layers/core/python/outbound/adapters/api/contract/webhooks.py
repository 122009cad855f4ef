"""The operations on webhooks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from outbound.adapters.api.contract import webhook_answers as answers
from outbound.adapters.api.contract.operation import Answer, Body, Operation, Parameter
from outbound.adapters.api.contract.parameters import schema_of
from outbound.adapters.api.contract.schemas import shape
from outbound.adapters.api.identifiers import WebhookId
from outbound.adapters.api.webhook_requests import WebhookModel, WebhookRotationModel
from outbound.domain.words import Scope

if TYPE_CHECKING:
    from collections.abc import Mapping

    from outbound.adapters.api.contract.schemas import Refine, Schema

TAG = "Webhooks"
WANTED = {
    "url": "https://shop.example.com/outbound",
    "types": ["message.delivered", "message.bounced", "message.failed"],
}
WEBHOOK: dict[str, Any] = {
    "id": "shop",
    **WANTED,
    "state": "active",
    "failing_since": None,
    "failure": None,
    "tried_again_at": None,
    "disabled_at": None,
    "disabled_reason": None,
    "secrets": [{"ends_at": None}],
    "tested": None,
    "created_at": "2026-11-23T16:40:00.123Z",
    "updated_at": "2026-11-23T16:40:00.123Z",
}
MADE = {"secret": "whsec_OEpxMlZ4TjBzTHc1WXRCN3VLelIzZUhjTTlhUGZEMWdYb1Q0aVd5NlFiUw==", **WEBHOOK}
CHANGED = {**MADE, "secret": None}
ROTATED = {
    **MADE,
    "secrets": [{"ends_at": None}, {"ends_at": "2026-11-24T16:40:00.123Z"}],
}
WORDS = {
    "WebhookRequest": {
        "url": "Where events are sent, over HTTPS; a name that stands for public addresses alone.",
        "types": "Of what; of everything, if not given.",
    },
    "WebhookRotationRequest": {
        "overlap": "How long the secrets before sign as well: an ISO 8601 duration, at most P7D.",
    },
}
ID = Parameter("id", "path", "The webhook; you choose its id.", schema_of(WebhookId), "shop")
NOT_THERE = ("invalid_request", "unknown_webhook")

OPERATIONS = (
    Operation(
        id="putWebhook",
        method="PUT",
        path="/v1/webhooks/{id}",
        tag=TAG,
        summary="Make or replace a webhook",
        description="What becomes of messages is POSTed there, signed as [Standard "
        "Webhooks](https://www.standardwebhooks.com) says it, and again and later each time for "
        "three days until it answers 2xx. Its secret is in the answer that makes it and never "
        "again. One that was disabled is told again from then on.",
        scope=Scope.WEBHOOKS_WRITE,
        parameters=(ID,),
        body=Body(WebhookModel, {"What didn't arrive, and what did": WANTED}),
        answers=(
            Answer(
                201,
                "The webhook, made, with its secret.",
                answers.KeptWebhook,
                {"Made": MADE},
                links={
                    name: {"id": "$response.body#/id"}
                    for name in ("getWebhook", "rotateWebhook", "testWebhook", "deleteWebhook")
                },
            ),
            Answer(200, "The webhook, replaced.", answers.KeptWebhook, {"Replaced": CHANGED}),
        ),
        problems=("too_many_webhooks", "webhook_busy"),
    ),
    Operation(
        id="listWebhooks",
        method="GET",
        path="/v1/webhooks",
        tag=TAG,
        summary="List webhooks",
        description="All of the tenant, at most ten.",
        scope=Scope.WEBHOOKS_READ,
        answers=(
            Answer(
                200,
                "The webhooks.",
                answers.WebhookList,
                {"One": {"items": [WEBHOOK], "next_cursor": None}},
            ),
        ),
    ),
    Operation(
        id="getWebhook",
        method="GET",
        path="/v1/webhooks/{id}",
        tag=TAG,
        summary="Look at a webhook",
        description="Whether it takes what it is sent, and what became of the last test.",
        scope=Scope.WEBHOOKS_READ,
        parameters=(ID,),
        answers=(Answer(200, "The webhook.", answers.Webhook, {"Active": WEBHOOK}),),
        problems=NOT_THERE,
    ),
    Operation(
        id="rotateWebhook",
        method="POST",
        path="/v1/webhooks/{id}/rotate",
        tag=TAG,
        summary="Give a webhook a new secret",
        description="Until the overlap is over, requests are signed by the secrets before too, so "
        "that nothing is refused while you change over. Asked again, it makes another.",
        scope=Scope.WEBHOOKS_WRITE,
        parameters=(ID,),
        body=Body(WebhookRotationModel, {"Within two days": {"overlap": "P2D"}}, required=False),
        answers=(
            Answer(
                200,
                "The webhook, with its new secret.",
                answers.KeptWebhook,
                {"Rotated": ROTATED},
            ),
        ),
        problems=(*NOT_THERE, "too_many_secrets", "webhook_busy"),
    ),
    Operation(
        id="testWebhook",
        method="POST",
        path="/v1/webhooks/{id}/test",
        tag=TAG,
        summary="Send a webhook a test",
        description="An event of the type `webhook.test`, once, also to one that is disabled.",
        scope=Scope.WEBHOOKS_WRITE,
        parameters=(ID,),
        answers=(
            Answer(
                202,
                "It is on its way.",
                answers.WebhookTest,
                {"Queued": {"event_id": "evt_01kax3b2hv7fw2p8dz5r"}},
            ),
        ),
        problems=NOT_THERE,
    ),
    Operation(
        id="deleteWebhook",
        method="DELETE",
        path="/v1/webhooks/{id}",
        tag=TAG,
        summary="Remove a webhook",
        description="Within half a minute nothing is sent there any more, nor what was on its way.",
        scope=Scope.WEBHOOKS_WRITE,
        parameters=(ID,),
        answers=(Answer(200, "The webhook, as it was.", answers.Webhook, {"Removed": WEBHOOK}),),
        problems=NOT_THERE,
    ),
)


def refine_rotation(schema: Schema, _: dict[str, Schema]) -> Schema:
    """A duration, as far as a pattern says it."""
    shape(schema, "overlap", pattern=r"^P([0-6]D|7D|T[0-9]{1,2}H)$", format="duration")
    return schema


REFINEMENTS: Mapping[str, Refine] = {"WebhookRotationRequest": refine_rotation}
