"""What the API says of previews, tests and findings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from outbound.adapters.api.answers import price_body
from outbound.adapters.api.contents import nested
from outbound.adapters.api.findings import findings_body
from outbound.adapters.api.problems import document
from outbound.domain.errors import Refusal
from outbound.flow.intake import initial

if TYPE_CHECKING:
    from collections.abc import Iterable

    from outbound.flow.preview import Preview
    from outbound.flow.trial import Tried


def preview_body(preview: Preview) -> dict[str, Any]:
    """A template as somebody would get it."""
    template = preview.template
    body: dict[str, Any] = {
        "template": {"id": template.id, "version": template.version},
        "bodies": {each.request.channel: nested(each.bodies) for each in preview.ready},
        "price": {each.request.channel: price_body(each.measured.price) for each in preview.ready},
        "reading_ease": dict(preview.reading_ease),
        "findings": findings_body(preview.findings),
    }
    for each in preview.ready:
        if each.measured.sms is not None:
            encoding, parts = each.measured.sms
            body["sms"] = {"encoding": encoding, "parts": parts}
        if each.measured.voice is not None:
            voice, seconds = each.measured.voice
            body["voice"] = {"voice": voice, "seconds": seconds}
    return body


def trial_body(tried: Iterable[Tried], request_id: str) -> dict[str, Any]:
    """What became of each test."""
    return {"items": [_tried(each, request_id) for each in tried]}


def _tried(tried: Tried, request_id: str) -> dict[str, Any]:
    to = {"tester": tried.tester_id, "channel": tried.channel}
    result = tried.result
    if isinstance(result, Refusal):
        return {**to, "problem": document(result, request_id)}
    first = initial(result)
    return {
        **to,
        "id": result.id,
        "status": first["status"],
        "reason": first["decision"].reason,
    }
