"""The operations on testers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from outbound.adapters.api.contract.answers import Answered
from outbound.adapters.api.contract.operation import Answer, Body, Operation, Parameter
from outbound.adapters.api.contract.parameters import schema_of
from outbound.adapters.api.contract.pattern import Instant
from outbound.adapters.api.contract.permission import refine_address
from outbound.adapters.api.identifiers import TesterId
from outbound.adapters.api.tester_requests import CodeModel, TesterModel
from outbound.domain.tester import MOST_TESTERS
from outbound.domain.words import Scope

if TYPE_CHECKING:
    from collections.abc import Mapping

    from outbound.adapters.api.contract.schemas import Refine

TAG = "Testers"
INVITED = {
    "id": "ann",
    "masked": "+1425•••0150",
    "verified_at": None,
    "code_expires_at": "2026-11-23T17:10:00.123Z",
}
VERIFIED = {**INVITED, "verified_at": "2026-11-23T16:41:00.123Z", "code_expires_at": None}
WORDS = {
    "TesterRequest": {
        "email": "Where they get tests of emails.",
        "phone": "Where they get tests of texts and calls, in E.164 form.",
    },
    "CodeRequest": {"code": "The six digits of the newest message."},
}
ID = Parameter("id", "path", "The tester; you choose their id.", schema_of(TesterId), "ann")


class Tester(Answered):
    """Somebody who gets tests, once their address is verified."""

    id: TesterId
    """Names the tester."""
    masked: str
    """Their address, to recognise."""
    verified_at: Instant | None
    """When they showed that it is theirs; null until then."""
    code_expires_at: Instant | None
    """Until when the code that was sent is taken; null where none is needed."""


class TesterList(Answered):
    """All testers."""

    items: Annotated[list[Tester], Field(max_length=MOST_TESTERS)]
    """The testers, in the order of their ids."""
    next_cursor: None
    """There is one page only."""


OPERATIONS = (
    Operation(
        id="putTester",
        method="PUT",
        path="/v1/testers/{id}",
        tag=TAG,
        summary="Invite a tester",
        description="Sends a code to the address, and a new one when asked again a minute later. "
        "Another address takes the place of the first, and must be verified too.",
        scope=Scope.TESTERS_WRITE,
        parameters=(ID,),
        body=Body(TesterModel, {"By text": {"phone": "+14255550150"}}),
        answers=(
            Answer(
                201,
                "The tester, invited.",
                Tester,
                {"Invited": INVITED},
                links={"verifyTester": {"id": "$response.body#/id"}},
            ),
            Answer(200, "They were known already.", Tester, {"Verified": VERIFIED}),
        ),
        problems=(
            "purpose_not_allowed",
            "too_many_testers",
            "testers_busy",
            "address_blocked",
            "price_over_cap",
        ),
    ),
    Operation(
        id="verifyTester",
        method="POST",
        path="/v1/testers/{id}/verify",
        tag=TAG,
        summary="Verify a tester's address",
        description="Takes the code that the address was sent, for 30 minutes and five tries.",
        scope=Scope.TESTERS_WRITE,
        parameters=(ID,),
        body=Body(CodeModel, {"A code": {"code": "042137"}}),
        answers=(Answer(200, "The tester, verified.", Tester, {"Verified": VERIFIED}),),
        problems=("unknown_tester", "testers_busy", "code_expired", "wrong_code"),
    ),
    Operation(
        id="listTesters",
        method="GET",
        path="/v1/testers",
        tag=TAG,
        summary="List your testers",
        description=f"There are at most {MOST_TESTERS}.",
        scope=Scope.TESTERS_READ,
        answers=(
            Answer(
                200,
                "All of them.",
                TesterList,
                {"One": {"items": [VERIFIED], "next_cursor": None}},
            ),
        ),
    ),
    Operation(
        id="removeTester",
        method="DELETE",
        path="/v1/testers/{id}",
        tag=TAG,
        summary="Remove a tester",
        description="They get no more tests, and their address is forgotten here.",
        scope=Scope.TESTERS_WRITE,
        parameters=(ID,),
        answers=(Answer(200, "Who they were.", Tester, {"Verified": VERIFIED}),),
        problems=("invalid_request", "unknown_tester", "testers_busy"),
    ),
)
REFINEMENTS: Mapping[str, Refine] = {"TesterRequest": refine_address}
