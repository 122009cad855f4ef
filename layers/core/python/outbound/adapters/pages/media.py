"""The page of a file: it shows a picture, or plays a sound or film, without any script.

Files come from their bucket by addresses that are good for an hour, and the page may load exactly
these; captions come from here, since a browser takes them from nowhere else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from aws_lambda_powertools.event_handler import Response
from markupsafe import Markup, escape

from outbound.adapters.pages.public import policy
from outbound.adapters.pages.showing import accepted, gone, page
from outbound.adapters.pages.words import day, language_for
from outbound.domain.replies import LANGUAGES
from outbound.flow.media_page import captions, view

if TYPE_CHECKING:
    from aws_lambda_powertools.utilities.data_classes import APIGatewayProxyEventV2

    from outbound.flow.media_page import MediaPagePorts, View


def media_page(token: str, event: APIGatewayProxyEventV2, ports: MediaPagePorts) -> Response[str]:
    """Show what the link leads to."""
    link = ports.links.read_media(token)
    seen = view(link, ports) if link else None
    if seen is None:
        return gone(event)
    language = language_for(None, accepted(event))
    said = seen.media.page
    values: dict[str, Any] = {
        "title": said.title or seen.media.name,
        "file": seen.media.name,
        "organisation": seen.organisation,
        "shown": seen.shown,
        "url": seen.url,
        "poster": seen.poster,
        "captions": f"{token}/captions" if seen.captions else None,
        "transcript": [each for each in (said.transcript or "").splitlines() if each.strip()],
        "tongue": said.language or language,
        "in_language": _in_language(said.language, language),
        "until": day(seen.media.expires_at, language),
    }
    answer = page("media.html", language, **values)
    answer.headers["Content-Security-Policy"] = _policy(seen)
    return answer


def captions_of(token: str, event: APIGatewayProxyEventV2, ports: MediaPagePorts) -> Response[str]:
    """The captions of a film."""
    link = ports.links.read_media(token)
    found = captions(link, ports) if link else None
    if found is None:
        return gone(event)
    headers: dict[str, str | list[str]] = {
        "Cache-Control": "private, max-age=3600",
        "Content-Security-Policy": "default-src 'none'",
        "X-Content-Type-Options": "nosniff",
    }
    text = found.decode("utf-8-sig", errors="replace")
    return Response(200, "text/vtt; charset=utf-8", text, headers=headers)


def _in_language(language: str | None, around: str) -> Markup:
    """A `lang` where what is said is in another language than the page."""
    if language is None or (language in LANGUAGES and language == around):
        return Markup("")
    return Markup(' lang="{}"').format(escape(language))


def _policy(seen: View) -> str:
    """What the page may load: its file, the file that stands for it, and its captions."""
    file, poster = _place(seen.url), _place(seen.poster) if seen.poster else ""
    pictures = [poster, file if seen.shown == "picture" else ""]
    images = " ".join(["img-src data:", *filter(None, pictures)])
    allowed = policy().replace("img-src data:", images)
    if seen.shown in ("audio", "video"):
        allowed += f"; media-src {file}" + (" 'self'" if seen.captions else "")
    return allowed


def _place(url: str) -> str:
    """An address without its signature: a policy that names a path allows it alone."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}{parts.path}"
