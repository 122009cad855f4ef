"""Answers that everybody may keep: with an ETag, and a policy that lets a page load nothing."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from functools import cache
from typing import TYPE_CHECKING

from aws_lambda_powertools.event_handler import Response

from outbound.adapters.pages.reference import (
    DOCUMENT,
    STYLE,
    problem_page,
    reference_page,
)
from outbound.domain.errors import Refusal

if TYPE_CHECKING:
    from collections.abc import Mapping

HTML = "text/html; charset=utf-8"
KEPT = "public, max-age=300"


def openapi(headers: Mapping[str, str]) -> Response[str]:
    """The document."""
    return _cached(_document(), "application/json", headers)


def reference(headers: Mapping[str, str]) -> Response[str]:
    """The document as a page."""
    return _cached(_reference(), HTML, headers)


def problem(code: str, headers: Mapping[str, str]) -> Response[str]:
    """A problem explained.

    Raises:
        Refusal: there is no such problem.
    """
    page = problem_page(code)
    if page is None:
        raise Refusal("unknown_route", "There is no problem with this code.")
    return _cached(page, HTML, headers)


def _cached(body: str, kind: str, asked: Mapping[str, str]) -> Response[str]:
    # Weak, because a compressed answer has it too.
    tag = f'W/"{hashlib.sha256(body.encode()).hexdigest()[:24]}"'
    headers: dict[str, str | list[str]] = {
        "ETag": tag,
        "Cache-Control": KEPT,
        "Vary": "Accept-Encoding",
        "X-Content-Type-Options": "nosniff",
    }
    if tag in (each.strip() for each in asked.get("if-none-match", "").split(",")):
        return Response(304, headers=headers)
    if kind == HTML:
        headers |= {"Content-Security-Policy": policy(), "Referrer-Policy": "no-referrer"}
    return Response(200, kind, body, headers=headers)


@cache
def _document() -> str:
    return DOCUMENT.read_text()


@cache
def _reference() -> str:
    return reference_page()


@cache
def policy(*, forms: bool = False) -> str:
    """What a page may do: be styled, and send its forms back to where it came from."""
    digest = b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
    target = "'self'" if forms else "'none'"
    return (
        f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; "
        f"form-action {target}; frame-ancestors 'none'"
    )
