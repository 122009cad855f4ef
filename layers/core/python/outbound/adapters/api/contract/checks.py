"""The operations on look-ups of numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outbound.adapters.api.check_requests import ChecksModel, ContactChecksModel
from outbound.adapters.api.contract import contact_answers as answers
from outbound.adapters.api.contract.check_answers import Checks
from outbound.adapters.api.contract.contact_examples import CONTACT
from outbound.adapters.api.contract.contacts import ETAG, ID, SEEN, TAG
from outbound.adapters.api.contract.operation import Answer, Body, Operation
from outbound.adapters.api.contract.schemas import ref, variant
from outbound.domain.address_rules import E164
from outbound.domain.words import Scope

if TYPE_CHECKING:
    from collections.abc import Mapping

    from outbound.adapters.api.contract.schemas import Refine, Schema

REASSIGNED = {
    "phone": "+14255550123",
    "kind": "reassigned",
    "answer": "no",
    "since": "2026-09-01",
    "source": "reassigned.us",
    "proof": "query 2026-11, line 8812",
}
LISTED = {"phone": "+14255550124", "kind": "do_not_call", "answer": "yes", "source": "FTC registry"}
REFUSED = {
    "index": 1,
    "problem": {
        "type": "/problems/unknown_contact",
        "title": "There is no such contact",
        "status": 422,
        "code": "unknown_contact",
        "detail": "No contact has this number.",
        "request_id": "c7f0b6a4-0d5e-4a7e-9b57-1a2f3c4d5e6f",
        "errors": [],
    },
}
WORDS = {
    "Check": {
        "phone": "The number, in E.164 form.",
        "kind": "Which register was asked: whether the number is on any list of those who want no "
        "offers, or whether it may have gone to somebody else.",
        "answer": "What it said: `yes` speaks against the number.",
        "since": "The day from which a register of reassigned numbers was asked: that of the "
        "consent, or earlier.",
        "at": "When it was asked; now, if not given. The last look-up counts.",
        "source": "Who asked, and where.",
        "proof": "Where that can be found; kept beside the ledger.",
    },
    "ContactChecksRequest": {"checks": "The look-ups."},
    "ChecksRequest": {"checks": "The look-ups, of any numbers."},
}

OPERATIONS = (
    Operation(
        id="lookUpNumber",
        method="POST",
        path="/v1/contacts/{id}/lookup",
        tag=TAG,
        summary="Ask the carrier about a contact's number",
        description="What kind of line the first number is, and whose, by End User Messaging's "
        "CarrierLookup: AWS charges for each. Within a day it is answered from what is known, and "
        "for a test key nothing is asked. A number that there isn't is suppressed. It does not "
        "tell that a number has gone to somebody else: see look-ups of kind `reassigned`.",
        scope=Scope.CONTACTS_WRITE,
        parameters=(ID,),
        answers=(Answer(200, "The contact.", answers.Contact, {"A mobile": CONTACT}, ETAG),),
        problems=(
            "invalid_request",
            "unknown_contact_id",
            "no_number",
            "lookup_failed",
            "contact_busy",
        ),
    ),
    Operation(
        id="putContactChecks",
        method="PUT",
        path="/v1/contacts/{id}/checks",
        tag=TAG,
        summary="Record look-ups of a contact's numbers",
        description="What a do-not-call list or a register of reassigned numbers answered, each "
        "with an entry in the ledger. Where the law asks for one, the gate lets nothing pass "
        "without it. Sending a look-up again changes nothing.",
        scope=Scope.CONTACTS_WRITE,
        parameters=(ID, SEEN[0]),
        body=Body(ContactChecksModel, {"It has the same owner still": {"checks": [REASSIGNED]}}),
        answers=(Answer(200, "The contact.", answers.Contact, {"A contact": CONTACT}, ETAG),),
        problems=(
            "invalid_precondition",
            "contact_changed",
            "contact_busy",
            "time_in_the_future",
            "unknown_contact_id",
            "unknown_number",
        ),
    ),
    Operation(
        id="putChecks",
        method="PUT",
        path="/v1/checks",
        tag=TAG,
        summary="Record up to 500 look-ups, by number",
        description="For whoever asks the registers for you: each look-up is kept with all "
        "contacts that have its number, or refused for itself. Counts as one request for each. "
        "Sending them again changes nothing.",
        scope=Scope.CONTACTS_WRITE,
        body=Body(ChecksModel, {"Two registers": {"checks": [REASSIGNED, LISTED]}}),
        answers=(
            Answer(
                200,
                "What became of each.",
                Checks,
                {"One is of nobody": {"items": [{"index": 0, "contacts": 1}, REFUSED]}},
            ),
        ),
        problems=("contact_busy", "time_in_the_future", "unknown_contact"),
    ),
)


def refine_check(schema: Schema, _: dict[str, Schema]) -> Schema:
    """A day is asked for of one kind alone, which alone may know nothing."""
    phone = {"type": "string", "pattern": f"^{E164.pattern}$", "format": "phone"}
    words = schema["required"]

    def kind(name: str, *answers: str) -> dict[str, Schema]:
        said = {"kind": {"type": "string", "const": name}}
        return {**said, "answer": {"type": "string", "enum": list(answers)}, "phone": phone}

    return {
        "description": schema["description"],
        "oneOf": [
            variant(schema, words, ["since"], **kind("do_not_call", "yes", "no")),
            variant(schema, [*words, "since"], **kind("reassigned", "yes", "no", "no_data")),
        ],
    }


def refine_checks(schema: Schema, _: dict[str, Schema]) -> Schema:
    """Each item is read for itself."""
    schema["properties"]["checks"]["items"] = ref("Check")
    return schema


REFINEMENTS: Mapping[str, Refine] = {
    "Check": refine_check,
    "ChecksRequest": refine_checks,
}
