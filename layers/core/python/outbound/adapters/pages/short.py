"""Short links lead to where a message says. Machines that look ahead leave no mark."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aws_lambda_powertools.event_handler import Response

from outbound.adapters.log import logger, place_of
from outbound.adapters.pages.showing import gone
from outbound.domain.machines import is_machine
from outbound.flow.following import follow, note_click

if TYPE_CHECKING:
    from aws_lambda_powertools.utilities.data_classes import APIGatewayProxyEventV2

    from outbound.domain.ids import MessageRef
    from outbound.flow.following import FollowPorts

_LOOKING_AHEAD = ("purpose", "sec-purpose", "x-purpose", "x-moz")


def short_link(token: str, event: APIGatewayProxyEventV2, ports: FollowPorts) -> Response[str]:
    """Lead on; the mark comes second, and is never what keeps somebody from getting there."""
    followed = follow(token, ports)
    if followed is None:
        return gone(event)
    if _is_person(event):
        _note(followed.ref, ports)
    headers: dict[str, str | list[str]] = {
        "Location": followed.url,
        "Cache-Control": "no-store",
        "Referrer-Policy": "no-referrer",
        "X-Robots-Tag": "noindex, nofollow",
    }
    return Response(302, "text/plain; charset=utf-8", "", headers=headers)


def _is_person(event: APIGatewayProxyEventV2) -> bool:
    headers = event.headers
    agent = headers.get("user-agent") or ""
    ahead = any(
        "prefetch" in (headers.get(name) or "") or "preview" in (headers.get(name) or "")
        for name in _LOOKING_AHEAD
    )
    return event.http_method == "GET" and not is_machine(agent) and not ahead


def _note(ref: MessageRef, ports: FollowPorts) -> None:
    try:
        note_click(ref, ports)
    except Exception as error:
        logger().error("a click was not noted", extra=place_of(error))
