"""What is answered to a batch: each item, or why it was refused, in the order of the request."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from outbound.adapters.api.answers import accepted_body, answer, rehearsed_body, replayed_header
from outbound.adapters.api.problems import document
from outbound.adapters.api.route_answers import accepted_route_body, rehearsed_route_body
from outbound.domain.errors import Refusal
from outbound.flow.routing import AcceptedRoute, RehearsedRoute

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aws_lambda_powertools.event_handler import Response

    from outbound.flow.intake import Accepted, Rehearsed

LARGEST_CONTENT = 1_000_000
"""Characters: Lambda answers with 6 MB at most, and a character may take 4 bytes."""


def accepted_batch(
    results: Sequence[Accepted | AcceptedRoute | Refusal], request_id: str
) -> Response[str]:
    """The answer to a batch."""
    items: list[dict[str, Any]] = []
    for index, result in enumerate(results):
        if isinstance(result, Refusal):
            body = _refused(result, index, request_id)
        elif isinstance(result, AcceptedRoute):
            body = accepted_route_body(result.messages)
        else:
            body = accepted_body(result.message)
        items.append({"index": index, **body})
    replayed = all(not isinstance(each, Refusal) and each.replayed for each in results)
    return answer(200, {"items": items}, replayed_header(replayed))


def rehearsed_batch(
    results: Sequence[Rehearsed | RehearsedRoute | Refusal], request_id: str
) -> Response[str]:
    """The answer to the dry run of a batch.

    Raises:
        Refusal: Lambda doesn't carry an answer of this size.
    """
    items: list[dict[str, Any]] = []
    length = 0
    for index, result in enumerate(results):
        if isinstance(result, Refusal):
            body = _refused(result, index, request_id)
        elif isinstance(result, RehearsedRoute):
            body = rehearsed_route_body(result)
            length += sum(map(_length, result.each))
        else:
            body = rehearsed_body(result)
            length += _length(result)
        items.append({"index": index, **body})
        if length > LARGEST_CONTENT:
            detail = "The contents of this dry run are too large for one answer; try fewer at once."
            raise Refusal("answer_too_large", detail)
    return answer(200, {"items": items})


def _length(result: Rehearsed) -> int:
    return sum(map(len, result.bodies.values()))


def _refused(refusal: Refusal, index: int, request_id: str) -> dict[str, Any]:
    return {"problem": document(refusal, request_id, within=f"/messages/{index}")}
