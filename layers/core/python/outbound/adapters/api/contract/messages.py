"""The operations on messages."""

from __future__ import annotations

from outbound.adapters.api.contract import message_answers as answers
from outbound.adapters.api.contract import route_answers
from outbound.adapters.api.contract.message_examples import (
    ACCEPTED,
    BATCH,
    BATCH_ANSWER,
    CANCELLED,
    DELIVERED,
    EXAMPLES,
    REHEARSED,
    RESCHEDULED,
)
from outbound.adapters.api.contract.operation import Answer, Body, Operation, Parameter
from outbound.adapters.api.contract.parameters import (
    CURSOR,
    IDEMPOTENCY_KEY,
    LIMIT,
    LOCATION,
    PAGING_PROBLEMS,
    REPLAYED,
    schema_of,
)
from outbound.adapters.api.contract.pattern import MessageId
from outbound.adapters.api.contract.routes import ACCEPTED_ROUTE, REHEARSED_ROUTE
from outbound.adapters.api.identifiers import ContactId
from outbound.adapters.api.message_request import (
    BatchModel,
    MessageModel,
    ReschedulingModel,
)
from outbound.domain.message import Status
from outbound.domain.words import Scope

TAG = "Messages"
MESSAGE_PATH = Parameter("id", "path", "The message.", schema_of(MessageId), ACCEPTED["id"])
DRY_RUN = Parameter(
    "dry_run",
    "query",
    "With `true`, says what would happen, shows the rendered content, and stores nothing.",
    {"type": "boolean", "default": False},
)
CONTACT = Parameter(
    "contact_id",
    "query",
    "Whose messages; either this or `campaign_id`.",
    schema_of(ContactId),
    ACCEPTED["to"]["contact_id"],
)
CAMPAIGN = Parameter(
    "campaign_id", "query", "Which campaign's messages; there are none yet.", {"type": "string"}
)
STATUSES = Parameter(
    "status",
    "query",
    "Only messages that are there now; several with commas between them.",
    {"type": "array", "items": {"type": "string", "enum": list(Status)}, "minItems": 1},
)
REFUSED = (
    "purpose_not_allowed",
    "no_address_for_channel",
    "unknown_contact",
    "unknown_template",
    "wrong_purpose",
    "channel_without_content",
    "time_in_the_past",
    "time_too_far",
    "time_does_not_exist",
    "timezone_not_known",
    "expires_before_send",
    "invalid_variable",
    "missing_variable",
    "reserved_name",
    "invalid_template",
    "invalid_content",
    "template_bounds",
    "template_too_large",
    "price_over_cap",
    "media_not_found",
    "media_not_ready",
    "invalid_link",
    "coupon_pool_empty",
    "coupon_pool_expired",
    "unknown_coupon_pool",
    "media_expires_first",
    "message_too_large",
    "mms_not_available",
    "sender_not_allowed",
)
"""Why a message may be refused though its form is right."""

OPERATIONS = (
    Operation(
        id="sendMessage",
        method="POST",
        path="/v1/messages",
        tag=TAG,
        summary="Send a message",
        description="Checks everything, writes the message and queues it. The answer has the "
        "decision as it is now; it is made again when the message leaves. With a `route` it "
        "writes a message for each of its channels, and answers with all of them.",
        scope=Scope.MESSAGES_WRITE,
        parameters=(IDEMPOTENCY_KEY, DRY_RUN),
        body=Body(MessageModel, EXAMPLES),
        answers=(
            Answer(
                202,
                "The message was accepted; or blocked by a rule, which `decision` names.",
                route_answers.Accepted,
                {"Accepted": ACCEPTED, "A route": ACCEPTED_ROUTE},
                {**LOCATION, **REPLAYED},
                {
                    "getMessage": {"id": "$response.body#/id"},
                    "cancelMessage": {"id": "$response.body#/id"},
                    "listMessages": {"contact_id": "$response.body#/to/contact_id"},
                },
            ),
            Answer(
                200,
                "A dry run.",
                route_answers.Rehearsed,
                {"What would happen": REHEARSED, "To a route": REHEARSED_ROUTE},
            ),
        ),
        problems=("invalid_parameter", *REFUSED),
    ),
    Operation(
        id="sendMessages",
        method="POST",
        path="/v1/messages/batch",
        tag=TAG,
        summary="Send up to 500 messages",
        description="Each message is accepted or refused for itself, and answered in the order "
        "of the request. A batch counts as its messages in the key's limit. With an "
        "Idempotency-Key the whole batch is safe to repeat; a `client_token` does the same for "
        "one message, also between batches and single requests.",
        scope=Scope.MESSAGES_WRITE,
        parameters=(IDEMPOTENCY_KEY, DRY_RUN),
        body=Body(BatchModel, BATCH),
        answers=(
            Answer(
                200,
                "What became of each message.",
                route_answers.Batch,
                {"One accepted, one refused": BATCH_ANSWER},
                REPLAYED,
            ),
        ),
        problems=("invalid_parameter", "answer_too_large", "duplicate_token", *REFUSED),
    ),
    Operation(
        id="getMessage",
        method="GET",
        path="/v1/messages/{id}",
        tag=TAG,
        summary="Look at a message",
        description="The message as it is now, with its timeline.",
        scope=Scope.MESSAGES_READ,
        parameters=(MESSAGE_PATH,),
        answers=(Answer(200, "The message.", answers.Message, {"Delivered": DELIVERED}),),
        problems=("unknown_message",),
    ),
    Operation(
        id="listMessages",
        method="GET",
        path="/v1/messages",
        tag=TAG,
        summary="List messages",
        description="A contact's messages, newest first, in the mode of the key: a test key sees "
        "test messages.",
        scope=Scope.MESSAGES_READ,
        parameters=(CONTACT, CAMPAIGN, STATUSES, LIMIT, CURSOR),
        answers=(
            Answer(
                200,
                "A page of messages.",
                answers.MessageList,
                {"One message": {"items": [DELIVERED], "next_cursor": None}},
            ),
        ),
        problems=("invalid_request", "unknown_campaign", *PAGING_PROBLEMS),
    ),
    Operation(
        id="rescheduleMessage",
        method="PATCH",
        path="/v1/messages/{id}",
        tag=TAG,
        summary="Let a message leave at another time",
        description="As long as it is accepted, scheduled or deferred, and at most 50 times. "
        "`decision` is what the rules say of its new time.",
        scope=Scope.MESSAGES_WRITE,
        parameters=(MESSAGE_PATH,),
        body=Body(ReschedulingModel, {"A day later": {"send_at": "2027-01-12T09:00:00Z"}}),
        answers=(Answer(200, "The message.", answers.Message, {"Rescheduled": RESCHEDULED}),),
        problems=(
            "unknown_message",
            "not_reschedulable",
            "time_in_the_past",
            "time_too_far",
            "time_does_not_exist",
            "timezone_not_known",
            "expires_before_send",
        ),
    ),
    Operation(
        id="cancelMessage",
        method="POST",
        path="/v1/messages/{id}/cancel",
        tag=TAG,
        summary="Cancel a message",
        description="As long as it is accepted, scheduled or deferred. Once more changes nothing.",
        scope=Scope.MESSAGES_WRITE,
        parameters=(MESSAGE_PATH,),
        answers=(Answer(200, "The cancelled message.", answers.Message, {"Cancelled": CANCELLED}),),
        problems=("unknown_message", "not_cancellable"),
    ),
)
