"""The operations on suppressions, and decisions without messages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outbound.adapters.api.contract import permission_answers as answers
from outbound.adapters.api.contract.contact_examples import DECIDED, SUPPRESSION
from outbound.adapters.api.contract.operation import Answer, Body, Operation
from outbound.adapters.api.contract.parameters import ADDRESS, CURSOR, LIMIT, PAGING_PROBLEMS
from outbound.adapters.api.contract.schemas import variant
from outbound.adapters.api.permission_requests import LiftModel, QuestionModel, SuppressionModel
from outbound.domain.address_rules import E164
from outbound.domain.words import Scope

if TYPE_CHECKING:
    from collections.abc import Mapping

    from outbound.adapters.api.contract.schemas import Refine, Schema

TAG = "Permission"
LISTED = {"items": [SUPPRESSION], "next_cursor": None}
PAGE = {
    "items": [{"address_key": "5m2c9vd0t7wq1x8ehz4k5m2c9v", "reasons": [SUPPRESSION]}],
    "next_cursor": None,
}
ADDRESSES = {
    "email": "The address.",
    "phone": "The number, in E.164 form.",
}
WORDS = {
    "SuppressionRequest": {
        **ADDRESSES,
        "reason": "Why it must not be used.",
        "source": "Who says so.",
        "purposes": "For what it must not be used; for all but alerts, if not given.",
        "expires_at": "When it may be tried again; never, if not given.",
    },
    "LiftRequest": {
        **ADDRESSES,
        "reason": "The reason that no longer stands.",
        "proof": "How and when the address's owner took their word back: needed for complained "
        "and opted_out, kept in the ledger.",
    },
    "QuestionRequest": {
        "at": "When the messages would leave; now, if not given.",
        "channel": "How they would be sent.",
        "purpose": "Why.",
        "topic": "What they would be about.",
        "contact_ids": "To whom.",
    },
}
QUESTION = {
    "at": "2026-11-24T07:00:00Z",
    "channel": "sms",
    "purpose": "marketing",
    "topic": "offers",
    "contact_ids": ["ada"],
}

OPERATIONS = (
    Operation(
        id="decide",
        method="POST",
        path="/v1/decisions",
        tag=TAG,
        summary="Ask whether contacts may be written to",
        description="Answers as the gate would for a message with nothing but text, and why, with "
        "the rule and its source. Nothing is sent or stored. Counts as one request for each "
        "contact.",
        scope=Scope.CONTACTS_READ,
        body=Body(QuestionModel, {"An offer at night": QUESTION}),
        answers=(Answer(200, "The decisions.", answers.Decisions, {"Later": DECIDED}),),
    ),
    Operation(
        id="listSuppressions",
        method="GET",
        path="/v1/suppressions",
        tag=TAG,
        summary="Look at suppressed addresses",
        description="With an address, what stands against it; without one, all suppressed "
        "addresses by the digest that stands for each.",
        scope=Scope.SUPPRESSIONS_READ,
        parameters=(*ADDRESS, LIMIT, CURSOR),
        answers=(
            Answer(
                200,
                "What stands against an address, or a page of all.",
                answers.Suppressed,
                {"An address": LISTED, "A page": PAGE},
            ),
        ),
        problems=(*PAGING_PROBLEMS, "unknown_suppression"),
    ),
    Operation(
        id="putSuppression",
        method="PUT",
        path="/v1/suppressions",
        tag=TAG,
        summary="Stop the use of an address",
        description="At once, for what is scheduled too: the gate looks when a message leaves.",
        scope=Scope.SUPPRESSIONS_WRITE,
        body=Body(
            SuppressionModel,
            {"A call said so": {"phone": "+14255550123", "reason": "invalid", "source": "call"}},
        ),
        answers=(Answer(200, "All that stands.", answers.SuppressionList, {"One": LISTED}),),
        problems=("time_in_the_past",),
    ),
    Operation(
        id="liftSuppression",
        method="DELETE",
        path="/v1/suppressions",
        tag=TAG,
        summary="Take back one reason against an address",
        description="The others stay. What the address's owner has said is taken back only with a "
        "proof of their word.",
        scope=Scope.SUPPRESSIONS_WRITE,
        body=Body(LiftModel, {"It works again": {"phone": "+14255550123", "reason": "invalid"}}),
        answers=(Answer(200, "All that still stands.", answers.SuppressionList, {"One": LISTED}),),
        problems=("unknown_suppression", "proof_required"),
    ),
)


def refine_address(schema: Schema, _: dict[str, Schema]) -> Schema:
    """One of the two addresses."""
    email = {"type": "string", "format": "email", "maxLength": 254}
    phone = {"type": "string", "pattern": f"^{E164.pattern}$", "format": "phone"}
    return {
        "description": schema["description"],
        "oneOf": [
            variant(schema, [*schema.get("required", ()), "email"], ["phone"], email=email),
            variant(schema, [*schema.get("required", ()), "phone"], ["email"], phone=phone),
        ],
    }


REFINEMENTS: Mapping[str, Refine] = {
    "SuppressionRequest": refine_address,
    "LiftRequest": refine_address,
}
