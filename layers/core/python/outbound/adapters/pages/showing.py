"""Showing pages to people: in their language, never kept, with what was known of the request."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from aws_lambda_powertools.event_handler import Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from outbound.adapters.pages.public import HTML, policy
from outbound.adapters.pages.reference import HERE, STYLE
from outbound.adapters.pages.words import language_for, words

if TYPE_CHECKING:
    from aws_lambda_powertools.utilities.data_classes import APIGatewayProxyEventV2

LONGEST_AGENT = 300


def page(name: str, language: str, *, status: int = 200, **values: Any) -> Response[str]:
    """A page in a language."""
    template = environment().get_template(name)
    body = template.render(values, t=words(language), language=language, style=Markup(STYLE))
    headers: dict[str, str | list[str]] = {
        "Cache-Control": "no-store",
        "Content-Language": language,
        "Content-Security-Policy": policy(forms=True),
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
        "X-Robots-Tag": "noindex, nofollow",
    }
    return Response(status, HTML, body, headers=headers)


def said(name: str, language: str, status: int) -> Response[str]:
    """A page that says one thing."""
    texts = words(language)
    title, text = texts[f"{name}_title"], texts[f"{name}_text"]
    return page("said.html", language, status=status, title=title, text=text)


def gone(event: APIGatewayProxyEventV2) -> Response[str]:
    """That a link is none of ours, or no longer one."""
    return said("gone", language_for(None, accepted(event)), 404)


def accepted(event: APIGatewayProxyEventV2) -> str | None:
    """The languages that the browser asks for."""
    return event.headers.get("accept-language")


def network_of(event: APIGatewayProxyEventV2) -> str:
    """Where the request came from."""
    return str(event.request_context.http.source_ip or "")


def proof_of(event: APIGatewayProxyEventV2) -> dict[str, str]:
    """From where and with what it was said; the ledger keeps it until an erasure."""
    return {
        "network_address": network_of(event),
        "user_agent": (event.headers.get("user-agent") or "")[:LONGEST_AGENT],
    }


@cache
def environment() -> Environment:
    """The templates of the pages."""
    return Environment(
        loader=FileSystemLoader(HERE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
