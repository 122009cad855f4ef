"""The operations on coupon pools."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from outbound.adapters.api.contract.answers import Answered
from outbound.adapters.api.contract.operation import Answer, Body, Operation, Parameter
from outbound.adapters.api.contract.parameters import LOCATION, schema_of
from outbound.adapters.api.contract.pattern import Instant, MediaId
from outbound.adapters.api.coupon_requests import CodesModel, CouponImportModel, CouponPoolModel
from outbound.adapters.api.identifiers import PoolId
from outbound.domain.coupon import ImportState
from outbound.domain.words import Scope

TAG = "Coupons"
Count = Annotated[int, Field(ge=0)]
PATH = Parameter("id", "path", "The pool, of your choosing.", schema_of(PoolId), "spring")


class CodeCounts(Answered):
    """The codes of a pool."""

    added: Count
    """All that were ever added."""
    taken: Count
    """Those that messages have."""
    free: Count
    """Those that nobody has yet."""


class CouponImport(Answered):
    """How far a file of codes is read."""

    media_id: MediaId
    """The file."""
    state: ImportState
    """Whether it is being read."""
    reason: Literal["media_gone"] | None
    """Why it failed."""
    lines: Count
    """Lines that are done."""
    added: Count
    """Codes that were new."""
    duplicates: Count
    """Codes that the pool had."""
    invalid: Count
    """Lines without a code that can be one."""
    started_at: Instant
    """Since when."""


class CouponPool(Answered):
    """A pool as it is now."""

    id: PoolId
    """Names the pool."""
    created_at: Instant
    """When it was made."""
    expires_at: Instant | None
    """From when on it gives no codes; null for never."""
    codes: CodeCounts
    """How many there are."""
    imports: list[CouponImport]
    """Files of codes, the newest first."""


class AddedCodes(Answered):
    """What became of the codes."""

    added: Count
    """Codes that were new."""
    duplicates: Count
    """Codes that the pool had, given or not, or that stood twice in the request."""


FILE: dict[str, Any] = {"media_id": "med_01kax3b2hv7fw2p8dz5r"}
RUNNING: dict[str, Any] = {
    **FILE,
    "state": "running",
    "reason": None,
    "lines": 9000,
    "added": 8998,
    "duplicates": 1,
    "invalid": 1,
    "started_at": "2026-11-23T16:40:00.123Z",
}
POOL: dict[str, Any] = {
    "id": "spring",
    "created_at": "2026-11-23T16:30:00.123Z",
    "expires_at": "2027-04-01T00:00:00.000Z",
    "codes": {"added": 9001, "taken": 17, "free": 8984},
    "imports": [RUNNING],
}
WORDS = {
    "CouponPoolRequest": {"expires_at": "From when on it gives no codes; never, if not given."},
    "CodesRequest": {"codes": "Each of 1 to 64 letters, digits, dots, hyphens and underscores."},
    "CouponImportRequest": {
        "media_id": "Uploaded media, text/csv or text/plain: a code in the first column of a line."
    },
}
UNKNOWN = ("invalid_request", "unknown_coupon_pool_id")

OPERATIONS = (
    Operation(
        id="putCouponPool",
        method="PUT",
        path="/v1/coupon-pools/{id}",
        tag=TAG,
        summary="Make a pool of codes, or change its end",
        description="A message that names it as `coupon_pool` has one of its codes as "
        "`{{ coupon }}`. A code is given once, and a message has the same one however often it is "
        "tried. What a message took stays its own, even if it fails.",
        scope=Scope.COUPONS_WRITE,
        parameters=(PATH,),
        body=Body(CouponPoolModel, {"Until April": {"expires_at": "2027-04-01T00:00:00Z"}}),
        answers=(
            Answer(201, "The pool that was made.", CouponPool, {"Made": POOL}),
            Answer(200, "The pool that was there.", CouponPool, {"Changed": POOL}),
        ),
        problems=("time_in_the_past", "time_too_far"),
    ),
    Operation(
        id="getCouponPool",
        method="GET",
        path="/v1/coupon-pools/{id}",
        tag=TAG,
        summary="Look at a pool",
        description="How many codes it has, and how far files are read.",
        scope=Scope.COUPONS_READ,
        parameters=(PATH,),
        answers=(Answer(200, "The pool.", CouponPool, {"A pool": POOL}),),
        problems=UNKNOWN,
    ),
    Operation(
        id="addCodes",
        method="POST",
        path="/v1/coupon-pools/{id}/codes",
        tag=TAG,
        summary="Add up to 500 codes",
        description="A code that the pool has or had is left out, so the request may be repeated "
        "without an Idempotency-Key.",
        scope=Scope.COUPONS_WRITE,
        parameters=(PATH,),
        body=Body(CodesModel, {"Three codes": {"codes": ["SPRING-7F3K", "SPRING-9QX2", "S-1"]}}),
        answers=(
            Answer(
                200,
                "What became of them.",
                AddedCodes,
                {"One was there": {"added": 2, "duplicates": 1}},
            ),
        ),
        problems=UNKNOWN,
    ),
    Operation(
        id="importCodes",
        method="POST",
        path="/v1/coupon-pools/{id}/imports",
        tag=TAG,
        summary="Have a file of codes read",
        description="In the background; the pool says how far it is. The same file again goes on "
        "with the same import. Without an Idempotency-Key, for that reason.",
        scope=Scope.COUPONS_WRITE,
        parameters=(PATH,),
        body=Body(CouponImportModel, {"A file": FILE}),
        answers=(Answer(202, "How far it is.", CouponImport, {"Running": RUNNING}, {**LOCATION}),),
        problems=(*UNKNOWN, "media_not_found", "media_not_ready", "wrong_media_type"),
    ),
)
