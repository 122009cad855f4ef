"""Short links lead to where a message says. Machines that look ahead leave no mark."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from aws_lambda_powertools.event_handler import Response

from outbound.adapters.log import logger, place_of
from outbound.adapters.pages.showing import gone
from outbound.flow.following import follow, note_click

if TYPE_CHECKING:
    from aws_lambda_powertools.utilities.data_classes import APIGatewayProxyEventV2

    from outbound.domain.ids import MessageRef
    from outbound.flow.following import FollowPorts

# Scanners of mail, previews of messengers, and programs: what they fetch nobody has seen.
_MACHINES = re.compile(
    r"bot\b|bot/|crawl|spider|slurp|preview|facebookexternalhit|whatsapp|telegram|slack|skype|discord"
    r"|linkexpand|proofpoint|barracuda|mimecast|safelinks|urldefense|trendmicro|symantec|scanner"
    r"|headless|curl/|wget/|python|java/|okhttp|go-http|libwww|node-fetch|axios",
    re.IGNORECASE,
)
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
    return event.http_method == "GET" and bool(agent) and not _MACHINES.search(agent) and not ahead


def _note(ref: MessageRef, ports: FollowPorts) -> None:
    try:
        note_click(ref, ports)
    except Exception as error:
        logger().error("a click was not noted", extra=place_of(error))
