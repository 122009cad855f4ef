"""What is open to everybody: this document, the page that shows it, the problems explained."""

from __future__ import annotations

from outbound.adapters.api.contract.operation import Answer, Operation, Parameter
from outbound.adapters.api.problems import PROBLEMS

CACHED = {
    "ETag": "Send it as If-None-Match to get a 304 while nothing has changed.",
    "Cache-Control": "How long the answer may be kept.",
}
HTML = "text/html; charset=utf-8"

OPERATIONS = (
    Operation(
        id="getOpenapi",
        method="GET",
        path="/v1/openapi.json",
        tag="Reference",
        summary="This document",
        description="OpenAPI 3.1.",
        answers=(
            Answer(200, "The document.", headers=CACHED, media_type="application/json"),
            Answer(304, "It is the one you have.", headers=CACHED, media_type=""),
        ),
    ),
    Operation(
        id="getDocs",
        method="GET",
        path="/v1/docs",
        tag="Reference",
        summary="This document as a page",
        description="Needs no JavaScript and asks for nothing else.",
        answers=(
            Answer(200, "The page.", headers=CACHED, media_type=HTML),
            Answer(304, "It is the one you have.", headers=CACHED, media_type=""),
        ),
    ),
    Operation(
        id="getProblem",
        method="GET",
        path="/problems/{code}",
        tag="Reference",
        summary="A problem explained",
        description="Where the `type` of a problem leads.",
        parameters=(
            Parameter(
                "code",
                "path",
                "The problem.",
                {"type": "string", "enum": sorted(PROBLEMS)},
                "missing_variable",
            ),
        ),
        answers=(
            Answer(200, "What it means and what to do.", headers=CACHED, media_type=HTML),
            Answer(304, "It is the one you have.", headers=CACHED, media_type=""),
        ),
    ),
)
