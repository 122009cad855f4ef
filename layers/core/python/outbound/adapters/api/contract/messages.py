"""The operations on messages."""

from __future__ import annotations

from outbound.adapters.api.contract import answers
from outbound.adapters.api.contract.message_examples import ACCEPTED, DELIVERED, EXAMPLES
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
from outbound.adapters.api.identifiers import ContactId
from outbound.adapters.api.message_request import MessageModel
from outbound.domain.words import Scope

WORDS = {
    "MessageRequest": {
        "to": "Who it is for.",
        "channel": "How it reaches the person.",
        "purpose": "Why it is sent. It decides which rules apply, and the key must list it.",
        "topic": "What it is about, for the recipient's choice: offers, appointments.",
        "content": "What it says; or else `template`.",
        "template": "A stored template that says it; or else `content`.",
        "data": "The values of the template's variables: at most 32,000 characters as JSON.",
        "send_at": "When it shall leave, within 366 days; at once, if not given.",
        "expires_at": "Until when it is tried; a day, if not given.",
        "on_unconfirmed": "What to do when nobody can say whether the provider took it: try again, "
        "or leave it. If not given: `never` for marketing and healthcare, else `resend`. Say "
        "`never` for codes.",
    },
    "To": {
        "contact_id": "A contact.",
        "email": "An email address; ASCII before the @.",
        "phone": "A phone number in E.164 form.",
    },
    "Template": {"id": "The template.", "version": "The latest, if not given."},
    "Sms": {"text": "A template of at most 1,600 characters once rendered."},
    "Email": {
        "subject": "A template of one line.",
        "text": "A template; always sent.",
        "html": "A template; variables are escaped.",
    },
    "Voice": {
        "text": "A template of at most 3,000 characters once rendered; or else `ssml`.",
        "ssml": "A template that makes one `<speak>` element; variables are escaped.",
    },
}
MESSAGE_PATH = Parameter(
    "id", "path", "The message.", schema_of(MessageId), ACCEPTED["id"]
)
CONTACT = Parameter(
    "contact_id",
    "query",
    "The contact.",
    schema_of(ContactId),
    ACCEPTED["to"]["contact_id"],
    required=True,
)

OPERATIONS = (
    Operation(
        id="sendMessage",
        method="POST",
        path="/v1/messages",
        tag="Messages",
        summary="Send a message",
        description="Checks everything, writes the message and queues it. The answer has the "
        "decision as it is now; it is made again when the message leaves.",
        scope=Scope.MESSAGES_WRITE,
        parameters=(IDEMPOTENCY_KEY,),
        body=Body(MessageModel, EXAMPLES),
        answers=(
            Answer(
                202,
                "The message was accepted; or blocked by a rule, which it names.",
                answers.AcceptedMessage,
                ACCEPTED,
                {**LOCATION, **REPLAYED},
                {
                    "getMessage": {"id": "$response.body#/id"},
                    "listMessages": {"contact_id": "$response.body#/to/contact_id"},
                },
            ),
        ),
        problems=(
            "invalid_parameter",
            "purpose_not_allowed",
            "no_address_for_channel",
            "unknown_contact",
            "unknown_template",
            "wrong_purpose",
            "channel_without_content",
            "time_in_the_past",
            "time_too_far",
            "expires_before_send",
            "missing_variable",
            "invalid_template",
            "invalid_content",
            "template_bounds",
            "template_too_large",
        ),
    ),
    Operation(
        id="getMessage",
        method="GET",
        path="/v1/messages/{id}",
        tag="Messages",
        summary="Look at a message",
        description="The message as it is now, with its timeline.",
        scope=Scope.MESSAGES_READ,
        parameters=(MESSAGE_PATH,),
        answers=(Answer(200, "The message.", answers.Message, DELIVERED),),
        problems=("unknown_message",),
    ),
    Operation(
        id="listMessages",
        method="GET",
        path="/v1/messages",
        tag="Messages",
        summary="List the messages of a contact",
        description="Newest first, in the mode of the key: a test key sees test messages.",
        scope=Scope.MESSAGES_READ,
        parameters=(CONTACT, LIMIT, CURSOR),
        answers=(
            Answer(
                200,
                "A page of messages.",
                answers.MessageList,
                {"items": [DELIVERED], "next_cursor": None},
            ),
        ),
        problems=("invalid_request", *PAGING_PROBLEMS),
    ),
)
